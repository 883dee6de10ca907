package io.rankline.server.model;

import java.util.SortedSet;
import java.util.TreeSet;

/** Which versions of a model are served. */
public sealed interface VersionPolicy {

  /** Those to serve of the versions that there are. */
  SortedSet<Long> wanted(SortedSet<Long> found);

  /** The highest {@code count} versions. */
  record Latest(int count) implements VersionPolicy {

    /** Checks the count. */
    public Latest {
      if (count < 1) {
        throw new IllegalArgumentException("num_versions must be 1 or more, got " + count);
      }
    }

    @Override
    public SortedSet<Long> wanted(SortedSet<Long> found) {
      SortedSet<Long> wanted = new TreeSet<>(found);
      while (wanted.size() > count) {
        wanted.remove(wanted.first());
      }
      return wanted;
    }
  }

  /** Every version. */
  record All() implements VersionPolicy {
    @Override
    public SortedSet<Long> wanted(SortedSet<Long> found) {
      return found;
    }
  }

  /** Those versions, where they are there. */
  record Specific(SortedSet<Long> versions) implements VersionPolicy {

    /** Checks that there are some. */
    public Specific {
      if (versions.isEmpty()) {
        throw new IllegalArgumentException("specific must name a version, got none");
      }
    }

    @Override
    public SortedSet<Long> wanted(SortedSet<Long> found) {
      SortedSet<Long> wanted = new TreeSet<>(found);
      wanted.retainAll(versions);
      return wanted;
    }
  }
}
