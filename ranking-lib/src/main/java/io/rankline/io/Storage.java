package io.rankline.io;

import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Whatever Hadoop's FileSystem opens (file, hdfs, gs, s3a), for rooms that do not know Hadoop. Safe
 * for use by several threads.
 */
public final class Storage {

  /** As the last class loader found them. */
  private static volatile Configuration files = new Configuration();

  private final Configuration configuration;

  private Storage(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Storage as the configuration files on the class path reach it, and whatever {@link
   * StorageSettings} stand on it.
   */
  public static Storage ofClassPath() {
    Configuration configuration = ofFiles();
    for (StorageSettings settings : ServiceLoader.load(StorageSettings.class)) {
      settings.addTo(configuration);
    }
    return new Storage(configuration);
  }

  /**
   * What the files on the class path say, in a copy. They are read once for a class loader, as
   * Hadoop's own defaults alone are 3,000 lines of XML.
   */
  private static Configuration ofFiles() {
    Configuration read = files;
    if (read.getClassLoader() != new Configuration(false).getClassLoader()) {
      read = new Configuration();
      files = read;
    }
    // Reads them now, also where Hadoop has forgotten them because a library added defaults.
    read.size();
    return new Configuration(read);
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

  /** How it is reached, for rooms that do know Hadoop. */
  public Configuration configuration() {
    return configuration;
  }

  /** Files of records. */
  public RecordFiles recordFiles() {
    return new RecordFiles(configuration);
  }

  /**
   * The files that a pattern names, sorted by path; see {@link RecordFiles#list}.
   *
   * @throws java.io.FileNotFoundException where it names no file
   */
  public List<Shard> shards(String pattern) throws IOException {
    return recordFiles().list(pattern).stream()
        .map(file -> new Shard(file.getPath().toString(), file.getLen()))
        .toList();
  }

  /**
   * What can be told of the files that a pattern names without reading them.
   *
   * @throws java.io.FileNotFoundException where it names no file
   */
  public FileFacts facts(String pattern) throws IOException {
    return FileFacts.of(recordFiles().list(pattern));
  }

  /** The bytes of a file, unpacked; see {@link RecordFiles#open}. */
  public RecordInput open(Shard shard) throws IOException {
    return recordFiles().open(new Path(shard.path()));
  }
}
