package io.rankline.spark.convert;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** Features of records that are not read, as {@code --drop-columns} asks. */
final class LeftOut implements Serializable {

  private static final long serialVersionUID = 1;

  private final HashSet<String> names;
  private final Rejects rejects;

  LeftOut(Set<String> names, Rejects rejects) {
    this.names = new HashSet<>(names);
    this.rejects = rejects;
  }

  /** Whether some are. */
  boolean isAny() {
    return !names.isEmpty();
  }

  /** Whether a feature is; it is counted as there. */
  boolean isLeftOut(String name) {
    if (names.isEmpty() || !names.contains(name)) {
      return false;
    }
    rejects.leaveOut(name);
    return true;
  }
}
