package io.rankline.io;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Whatever Hadoop's FileSystem opens (file, hdfs, gs, s3a), for rooms that do not know Hadoop. Safe
 * for use by several threads.
 */
public final class Storage {

  private final Configuration configuration;

  private Storage(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Storage as the configuration files on the class path reach it. */
  public static Storage ofClassPath() {
    return new Storage(new Configuration());
  }

  /** Storage as that configuration reaches it. */
  public static Storage of(Configuration configuration) {
    return new Storage(configuration);
  }

  /**
   * A folder, which need not exist.
   *
   * @param path with or without scheme
   */
  public Folder folder(String path) {
    return new Folder(configuration, new Path(path));
  }

  /** Files of records. */
  public RecordFiles recordFiles() {
    return new RecordFiles(configuration);
  }
}
