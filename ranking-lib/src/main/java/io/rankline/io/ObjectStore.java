package io.rankline.io;

import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;

/**
 * Storages of objects, as clouds have them, behind Hadoop's FileSystem. They differ from disks and
 * from HDFS in three ways: a folder is renamed by copying its files, one by one and in any order; a
 * file is there, as a whole, when its stream is closed, and not before; and a folder is there as
 * soon as a file in it is.
 */
final class ObjectStore {

  /**
   * Schemes of the connectors. Those of Azure's hierarchical storage ({@code abfs}) and of Ozone
   * rename folders in one step.
   */
  private static final Set<String> SCHEMES =
      Set.of(
          "gs", "s3a", "s3", "s3n", "wasb", "wasbs", "oss", "cosn", "obs", "cos", "swift", "oci");

  private ObjectStore() {}

  static boolean is(FileSystem storage) {
    String scheme = storage.getUri().getScheme();
    return scheme != null && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
  }
}
