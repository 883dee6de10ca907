package io.rankline.spark.ml;

import io.rankline.io.RecordFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Writes a stage: its params, and what else it has. Refuses a path that it could not be read of.
 */
final class StageWriter extends MLWriter {

  /** What a stage has besides its params. */
  @FunctionalInterface
  interface Addition {
    void write(String path, SparkSession spark) throws IOException;
  }

  private final Params stage;
  private final Addition addition;

  /** A writer of params alone. */
  StageWriter(Params stage) {
    this(stage, (path, spark) -> {});
  }

  StageWriter(Params stage, Addition addition) {
    this.stage = stage;
    this.addition = addition;
  }

  @Override
  public void saveImpl(String path) {
    // Spark reads params with a pattern of paths, although it writes them to a path.
    if (RecordFiles.isPattern(path)) {
      throw new IllegalArgumentException(
          "cannot save to '%s': Spark would not find it again, since , [ ] { } * ? and \\ in a path make it a pattern; name another"
              .formatted(path));
    }
    DefaultParamsWriter.saveMetadata(stage, path, sc(), Option.empty(), Option.empty());
    try {
      addition.write(path, sparkSession());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
