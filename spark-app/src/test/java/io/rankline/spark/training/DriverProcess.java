package io.rankline.spark.training;

import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * A driver in a process of its own: trains on the files of a folder, writes the executors' process
 * numbers to {@code executors.txt} before and the digest of the model to a file after it.
 */
final class DriverProcess {

  private DriverProcess() {}

  /** Takes the folder of the files, the model_dir, and the file for the digest. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession spark = ExecutorSpark.start(2, 1, Map.of());
    SortedMap<String, ProcessHandle> executors = ExecutorSpark.processes(spark, 2);
    Files.writeString(
        folder.resolve("executors.txt"),
        executors.values().stream()
            .map(process -> Long.toString(process.pid()))
            .collect(Collectors.joining("\n")));
    String digest =
        ModelState.of(
                TrainingFiles.of(folder)
                    .pipeline(hparams(arguments[1]).build())
                    .trainAndValidate()
                    .model()
                    .graph())
            .digest();
    Files.writeString(Path.of(arguments[2]), digest, StandardCharsets.UTF_8);
    spark.stop();
    // Barrier stages of Spark 3.5.5 leave timers behind that keep a JVM alive.
    Runtime.getRuntime().exit(0);
  }

  /** Of a training of 40 steps, written down in a folder beside {@code modelDir}. */
  static PipelineHparamsBuilder hparams(String modelDir) {
    return PipelineHparams.builder()
        .modelDir(modelDir)
        .numEpochs(2)
        .stepsPerEpoch(20)
        .checkpointSteps(10)
        .loss("softmax_loss")
        .optimizer("adam")
        .learningRate(1e-3)
        .strategy(WatchedStrategies.NAME)
        .strategyOption(WatchedStrategies.MILLIS, "40")
        .strategyOption(WatchedStrategies.STEPS, modelDir + "-steps")
        .strategyOption("num_workers", "2");
  }
}
