package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.spark.testing.ExecutorSpark;
import io.rankline.spark.training.watch.TrainingGauges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;

/** What the driver tells Spark's sinks, by strategy. */
@Tag("executors")
class GaugesTest {

  @TempDir static Path folder;
  private static TrainingFiles files;
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    ExecutorSpark.start(2, 1, Map.of());
    files = TrainingFiles.write(folder, 96, 1, 11);
    Files.writeString(
        folder.resolve("train-0.txt"), "1 qid:900 no:number\n", StandardOpenOption.APPEND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MultiWorkerMirroredStrategy", "ParameterServerStrategy"})
  void strategiesOfExecutorsTellWhereTheTimeOfWorkersGoes(String strategy) throws IOException {
    Told told = train(hparams().strategy(strategy).strategyOption("num_workers", "2").build());

    assertThat(told.training()).containsEntry("skipped_records", 1.0);
    Map<String, Double> workers = told.workers();
    assertThat(workers)
        .containsOnlyKeys("workers", "all_reduce_share", "waiting_share", "input_share")
        .containsEntry("workers", 2.0);
    assertThat(workers.get("all_reduce_share")).isBetween(0.001, 1.0);
    assertThat(workers.get("waiting_share")).isBetween(0.0, 1.0);
    assertThat(workers.get("input_share")).isBetween(0.0, 1.0);
    double shares =
        workers.entrySet().stream()
            .filter(gauge -> gauge.getKey().endsWith("_share"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    assertThat(shares).isLessThanOrEqualTo(1.0);
  }

  @Test
  void oneMachineTellsOfItsDataAndOfNoWorkers() throws IOException {
    // As a driver that has trained on executors before.
    train(hparams().strategy("MultiWorkerMirroredStrategy").build());

    Told told = train(hparams().strategy("MirroredStrategy").build());

    assertThat(told.training()).containsEntry("epoch", 2.0).containsEntry("skipped_records", 1.0);
    assertThat(told.workers()).isEmpty();
  }

  /** At the end of a training. */
  private record Told(Map<String, Double> training, Map<String, Double> workers) {}

  private static Told train(PipelineHparams hparams) throws IOException {
    AtomicReference<Told> told = new AtomicReference<>();
    Callback last =
        new Callback() {
          @Override
          public void onTrainEnd(TrainingRun run) {
            told.set(new Told(gauges("rankline_training"), gauges("rankline_workers")));
          }
        };
    files
        .pipeline(
            files
                .dataset()
                .onCorruptRecord(CorruptRecordPolicy.SKIP)
                .option("max_corrupt_share", "0.5")
                .build(),
            DNNScorer.builder().hiddenLayerDims(4).build(),
            hparams)
        .withCallback(new TrainingGauges())
        .withCallback(last)
        .trainAndValidate();
    return Objects.requireNonNull(told.get());
  }

  private static PipelineHparamsBuilder hparams() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run-" + runs++).toString())
        .numEpochs(2)
        .loss("softmax_loss")
        .optimizer("adam");
  }

  private static Map<String, Double> gauges(String name) {
    Map<String, Double> values = new TreeMap<>();
    JavaConverters.seqAsJavaList(SparkEnv.get().metricsSystem().getSourcesByName(name))
        .forEach(
            source ->
                source
                    .metricRegistry()
                    .getGauges()
                    .forEach((metric, gauge) -> values.put(metric, value(gauge))));
    return values;
  }

  private static double value(Gauge<?> gauge) {
    return ((Number) gauge.getValue()).doubleValue();
  }
}
