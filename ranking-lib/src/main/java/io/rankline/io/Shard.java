package io.rankline.io;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of a data set, or several that have to be read together.
 *
 * @param path of the first, with scheme
 * @param bytes length of all of them as they are stored
 * @param more the other ones, in their order
 */
public record Shard(String path, long bytes, List<String> more) implements Serializable {

  public Shard {
    more = new ArrayList<>(more); // which travels
  }

  /** One file. */
  public Shard(String path, long bytes) {
    this(path, bytes, List.of());
  }

  /** Paths of all of them. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>(more);
    paths.add(0, path);
    return paths;
  }
}
