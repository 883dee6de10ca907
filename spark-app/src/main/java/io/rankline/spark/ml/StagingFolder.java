package io.rankline.spark.ml;

import io.rankline.io.Folder;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** A folder that driver and executors reach, which goes away when a fit ends. */
final class StagingFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StagingFolder.class);

  private final FileSystem storage;
  private final Path path;
  private final Folder folder;

  private StagingFolder(FileSystem storage, Path path, Folder folder) {
    this.storage = storage;
    this.path = path;
    this.folder = folder;
  }

  /**
   * A new folder.
   *
   * @param asked where; null to choose: Spark's folder of checkpoints, the user's folder on the
   *     default file system, and where all runs on one machine its temporary folder
   * @throws IOException if it cannot be made
   * @throws IllegalArgumentException if executors are elsewhere and no storage is known that they
   *     reach
   */
  static StagingFolder make(SparkSession spark, @Nullable String asked) throws IOException {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Path parent = asked == null ? chosen(spark.sparkContext(), hadoop) : new Path(asked);
    Path path = new Path(parent, "rankline-" + UUID.randomUUID());
    if (RecordFiles.isPattern(path.toString())) {
      throw new IllegalArgumentException(
          "lists cannot lie in '%s', since , [ ] { } * ? and \\ in a path make it a pattern; set stagingDir to another"
              .formatted(parent));
    }
    FileSystem storage = path.getFileSystem(hadoop);
    storage.setWriteChecksum(false);
    path = storage.makeQualified(path);
    Folder folder = Storage.of(hadoop).folder(path.toString());
    folder.create();
    storage.deleteOnExit(path);
    return new StagingFolder(storage, path, folder);
  }

  private static Path chosen(SparkContext spark, Configuration hadoop) throws IOException {
    Option<String> checkpoints = spark.getCheckpointDir();
    if (checkpoints.isDefined()) {
      return new Path(checkpoints.get());
    }
    FileSystem standard = FileSystem.get(hadoop);
    if (!standard.getScheme().equals("file")) {
      return new Path(standard.getHomeDirectory(), ".rankline");
    }
    if (spark.isLocal() || spark.master().startsWith("local-cluster")) {
      return new Path(Path.getPathWithoutSchemeAndAuthority(temporary()).toUri());
    }
    throw new IllegalArgumentException(
        "executors of master %s read lists of storage that the driver writes, and none is known; set stagingDir to a folder that all reach, or call sparkContext.setCheckpointDir"
            .formatted(spark.master()));
  }

  private static Path temporary() {
    return new Path(java.nio.file.Path.of(System.getProperty("java.io.tmpdir")).toUri());
  }

  /** The path of a folder in it. */
  String path(String name) {
    return folder.folder(name).path();
  }

  @Override
  public void close() {
    try {
      storage.delete(path, true);
      storage.cancelDeleteOnExit(path);
    } catch (IOException e) {
      LOG.warn("left behind {}: {}", path, e.getMessage());
    }
  }
}
