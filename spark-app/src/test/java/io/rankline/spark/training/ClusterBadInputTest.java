package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.session.TrainingFailedException;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before workers take a step; on the two slots of one process. */
@Tag("spark")
class ClusterBadInputTest {

  @TempDir Path folder;
  private TrainingFiles files;

  @BeforeEach
  void start() throws IOException {
    LocalSpark.session();
    files = TrainingFiles.write(folder, 40, 2, 3);
  }

  @Test
  void moreWorkersThanSlots() {
    assertThatThrownBy(() -> train(hparams().strategyOption("num_workers", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "strategy_options.num_workers is 3, but the application has 2 slots (master local[2]);"
                + " ask for fewer workers, or for more executors or cores");
  }

  @Test
  void fewerListsThanWorkers() throws IOException {
    Path one = folder.resolve("one.txt");
    Files.writeString(one, "1 qid:1 1:0.5\n0 qid:1 1:0.25\n");

    assertThatThrownBy(
            () -> train(hparams(), files.dataset().trainInputPattern(one.toString()).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' holds 1 lists, fewer than the 2 workers; set strategy_options.num_workers to 1 or less"
                .formatted(one));
  }

  @Test
  void aBatchThatDoesNotReachForAllWorkers() {
    assertThatThrownBy(() -> train(hparams(), files.dataset().trainBatchSize(1).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "train_batch_size is that of all workers together and must be num_workers or more, got"
                + " 1 for 2 workers");
  }

  @Test
  void dynamicAllocation() {
    SparkConf conf = LocalSpark.session().sparkContext().conf();
    conf.set("spark.dynamicAllocation.enabled", "true");
    try {
      assertThatThrownBy(() -> train(hparams()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "workers train together in one barrier stage, which Spark refuses under dynamic"
                  + " allocation; set spark.dynamicAllocation.enabled=false and"
                  + " spark.executor.instances to a number");
    } finally {
      conf.remove("spark.dynamicAllocation.enabled");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MultiWorkerMirroredStrategy; threshold; gradient_sharing = threshold",
        "ParameterServerStrategy; ; ParameterServerStrategy"
      })
  void averagesOverStepsThatWorkersTakeApart(
      String strategy, @Nullable String sharing, String named) {
    PipelineHparamsBuilder hparams =
        hparams().strategy(strategy).optimizer("{name = adam, use_ema = true}");
    if (sharing != null) {
      hparams.strategyOption("gradient_sharing", sharing);
    }

    assertThatThrownBy(() -> train(hparams))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "use_ema, swa_start and gradient_accumulation_steps go with exact gradient_sharing of"
                + " MultiWorkerMirroredStrategy, not with "
                + named);
  }

  @Test
  void allUnknownAndWrongOptionsAtOnce() {
    assertThatThrownBy(
            () ->
                train(
                    hparams()
                        .strategyOption("num_worker", "2")
                        .strategyOption("port", "70000")
                        .strategyOption("silence_timeout", "soon")
                        .strategyOption("gradient_sharing", "some")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "strategy_options has an unknown key 'num_worker'; expected one of num_workers, ")
        .hasMessageContaining(
            "strategy_options.port must be a whole number of 0 or more, at most 65535, got 70000")
        .hasMessageContaining(
            "strategy_options.silence_timeout must be a whole number, got \"soon\"")
        .hasMessageContaining(
            "strategy_options.gradient_sharing must be one of exact, threshold, got 'some'");
  }

  @Test
  void aRangeOfPortsOfWhichNoneIsFree() throws Exception {
    String host = LocalSpark.session().sparkContext().env().blockManager().blockManagerId().host();
    AtomicInteger attempts = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted event) {
            String job = event.properties().getProperty("spark.job.description", "");
            attempts.addAndGet(job.startsWith("train steps") ? 1 : 0);
          }
        };
    LocalSpark.session().sparkContext().addSparkListener(counting);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () ->
                  train(
                      hparams()
                          .strategyOption("port", Integer.toString(port))
                          .strategyOption("port_count", "1")))
          .isInstanceOf(TrainingFailedException.class)
          .hasMessage(
              "executor driver on %s: no free port on %s in %d to %d; raise portCount (one port for each rank of a machine), move firstPort, or set portCount to 0 for any free port (strategy_options.port_count and strategy_options.port)"
                  .formatted(host, host, port, port));
    } finally {
      LocalSpark.session().sparkContext().removeSparkListener(counting);
    }
    assertThat(attempts).as("stages: nothing is tried again").hasValue(1);
  }

  @Test
  void dataThatComesFromNoFiles() throws IOException {
    SimpleDatasetBuilder ofFiles = builder(files.dataset().build());
    NullDatasetBuilder ofMemory =
        new NullDatasetBuilder(
            new InMemory(ofFiles.buildTrainDataset()),
            ofFiles.buildValidDataset(),
            ofFiles.recordSpec());

    assertThatThrownBy(() -> train(hparams(), ofMemory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "strategy MultiWorkerMirroredStrategy reads files on the executors, but the training"
                + " data of NullDatasetBuilder comes from no files; use a SimpleDatasetBuilder or"
                + " MultiLabelDatasetBuilder, or MirroredStrategy");
  }

  @Test
  void aDatasetBuilderThatCannotTravel() {
    assertThatThrownBy(() -> train(hparams(), new Rooted(files.dataset().build())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dataset builder %s is sent to the executors and must be serializable, but holds a java.lang.Thread; make that class Serializable, or the field transient"
                .formatted(Rooted.class.getName()));
  }

  @Test
  void aTrainingThatDivergesNamesStepReplicaAndFeature() {
    assertThatThrownBy(() -> train(hparams().optimizer("sgd").learningRate(1e30)))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageMatching(
            "(?s)step \\d+ failed on replica [01]: .*; its share of the batch holds 16 lists of"
                + " \\d+ items; the largest feature value, -?[0-9.]+ after transforms, is '[1-4]'"
                + " of list \\d+, item \\d+ of the batch\\. Lower the learning rate, .*");
  }

  private void train(PipelineHparamsBuilder hparams) throws IOException {
    train(hparams, files.dataset().build());
  }

  private void train(PipelineHparamsBuilder hparams, DatasetHparams dataset) throws IOException {
    train(hparams, builder(dataset));
  }

  private void train(PipelineHparamsBuilder hparams, AbstractDatasetBuilder builder)
      throws IOException {
    TrainingFiles.pipeline(
            builder,
            DNNScorer.builder().hiddenLayerDims(4).useBatchNorm(false).dropout(0).build(),
            hparams.build())
        .trainAndValidate();
  }

  private PipelineHparamsBuilder hparams() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("model").toString())
        .numEpochs(2)
        .loss("softmax_loss")
        .strategy("MultiWorkerMirroredStrategy")
        .strategyOption("slots_timeout", "2");
  }

  private static SimpleDatasetBuilder builder(DatasetHparams dataset) {
    return TrainingFiles.builder(dataset);
  }

  /** A data set that nobody but this process can open. */
  private record InMemory(RankingDataset data) implements RankingDataset {
    @Override
    public <B> BatchStream<B> open(
        UnaryOperator<RankingList> transform, BatchForm<B> form, long firstStep)
        throws IOException {
      return data.open(transform, form, firstStep);
    }

    @Override
    public long batchesPerPass() throws IOException {
      return data.batchesPerPass();
    }
  }

  /** Holds what belongs to this process. */
  private static final class Rooted extends SimpleDatasetBuilder {
    private final Thread owner = Thread.currentThread();

    Rooted(DatasetHparams dataset) {
      super(
          Map.of(),
          TrainingFiles.features(),
          "mask",
          LabelSpec.of("label", FixedLenFeature.float32(1).withDefault(-1f)),
          dataset);
    }

    @Override
    protected RankingList featuresAndLabels(RankingList list) {
      return owner.isInterrupted() ? list.truncated(new ListSize(1)) : list;
    }
  }
}
