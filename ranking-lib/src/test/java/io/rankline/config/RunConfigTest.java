package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rankline.data.ListSize;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.loss.Reduction;
import io.rankline.model.optimizer.rate.CosineDecay;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.MultiTaskPipeline;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigTest {

  private static final String DATA =
      """
      data {
        train_input_pattern = "/data/train-*"
        valid_input_pattern = "/data/vali-*"
        train_batch_size = 8
        valid_batch_size = 4
        features {
          example { "f_{1..3}" { dtype = float32, default = 0 } }
          label { name = utility, dtype = int64, default = -1 }
        }
      }
      """;
  private static final String MODEL = "model { scorer { type = dnn, hidden_layer_dims = [4] } }\n";
  private static final String PIPELINE =
      """
      pipeline {
        model_dir = /models/a
        num_epochs = 2
        loss = softmax_loss
      }
      """;
  private static final String MINIMAL = DATA + MODEL + PIPELINE;

  @TempDir Path folder;

  @Test
  void aSmallFileHasTheDefaultsOfTheBuilders() throws IOException {
    RunConfig run = load(MINIMAL);

    DatasetHparams data =
        DatasetHparams.builder()
            .trainInputPattern("/data/train-*")
            .validInputPattern("/data/vali-*")
            .trainBatchSize(8)
            .validBatchSize(4)
            .build();
    PipelineHparams pipeline =
        PipelineHparams.builder().modelDir("/models/a").numEpochs(2).loss("softmax_loss").build();
    assertThat(run.datasetHparams()).isEqualTo(data);
    assertThat(run.hparams()).isEqualTo(pipeline);
    assertThat(run.synthetic()).isEmpty();
    assertThat(run.pipeline()).isInstanceOf(SimplePipeline.class);
  }

  @Test
  void everyKeyOfDataIsRead() throws IOException {
    RunConfig run =
        load(
            MINIMAL,
            "data.test_input_pattern=/data/test-*",
            "data.list_size=7",
            "data.valid_list_size=9",
            "data.dataset_reader=libsvm",
            "data.convert_labels_to_binary=true",
            "data.shuffle_buffer_size=11",
            "data.shuffle_examples=true",
            "data.seed=13",
            "data.on_corrupt_record=skip",
            "data.cache_memory=3M",
            "data.prefetch_batches=5",
            "data.reader_threads=1");

    DatasetHparams data = run.datasetHparams();
    assertThat(data.testInputPattern()).isEqualTo("/data/test-*");
    assertThat(data.listSize()).isEqualTo(new ListSize(7));
    assertThat(data.effectiveValidListSize()).isEqualTo(new ListSize(9));
    assertThat(data.datasetReader().wireName()).isEqualTo("libsvm");
    assertThat(load(MINIMAL, "data.format=seq").datasetHparams().format().shortName())
        .isEqualTo("seq");
    assertThat(data.convertLabelsToBinary()).isTrue();
    assertThat(data.shuffleBufferSize()).isEqualTo(11);
    assertThat(data.shuffleExamples()).isTrue();
    assertThat(data.seed()).isEqualTo(13);
    assertThat(data.onCorruptRecord()).isEqualTo(CorruptRecordPolicy.SKIP);
    assertThat(data.cacheMemory()).isEqualTo(3L << 20);
    assertThat(data.prefetchBatches()).isEqualTo(5);
    assertThat(data.readerThreads()).isEqualTo(1);
  }

  @Test
  void everyKeyOfThePipelineIsRead() throws IOException {
    RunConfig run =
        load(
            MINIMAL,
            "data.features.weight={name = w, dtype = float32, default = 1}",
            "pipeline.num_train_steps=40",
            "pipeline.num_valid_steps=3",
            "pipeline.loss={name=approx_ndcg_loss, temperature=0.5}",
            "pipeline.loss_reduction=mean",
            "pipeline.loss_weights=0.25",
            "pipeline.optimizer={name=sgd, momentum=0.9}",
            "pipeline.learning_rate=0.5",
            "pipeline.gradient_clip_norm=2",
            "pipeline.l1=0.1",
            "pipeline.l2=0.2",
            "pipeline.steps_per_execution=4",
            "pipeline.automatic_reduce_lr=true",
            "pipeline.automatic_reduce_lr_metric=mrr",
            "pipeline.early_stopping_patience=6",
            "pipeline.early_stopping_min_delta=0.3",
            "pipeline.use_weighted_metrics=true",
            "pipeline.export_best_model=true",
            "pipeline.best_exporter_metric=ndcg_5",
            "pipeline.best_exporter_metric_higher_better=true",
            "pipeline.strategy=MirroredStrategy",
            "pipeline.strategy_options.replicas=2",
            "pipeline.checkpoint_steps=8",
            "pipeline.seed=9");

    PipelineHparams expected =
        PipelineHparams.builder()
            .modelDir("/models/a")
            .numEpochs(2)
            .numTrainSteps(40)
            .numValidSteps(3)
            .loss("{\"name\":\"approx_ndcg_loss\",\"temperature\":0.5}")
            .lossReduction(Reduction.MEAN)
            .lossWeights(0.25)
            .optimizer("{name = sgd, momentum = 0.9}")
            .learningRate(0.5)
            .gradientClipNorm(2)
            .l1(0.1)
            .l2(0.2)
            .stepsPerExecution(4)
            .automaticReduceLr(true)
            .option("automatic_reduce_lr_metric", "mrr")
            .earlyStoppingPatience(6)
            .earlyStoppingMinDelta(0.3)
            .useWeightedMetrics(true)
            .exportBestModel(true)
            .bestExporterMetric("ndcg_5")
            .bestExporterMetricHigherBetter(true)
            .strategy("MirroredStrategy")
            .strategyOption("replicas", "2")
            .checkpointSteps(8)
            .seed(9)
            .build();
    assertThat(run.hparams()).isEqualTo(expected);
  }

  @Test
  void keysThatOthersMakeIdleAreFaults() throws IOException {
    assertThatThrownBy(
            () ->
                load(
                    MINIMAL,
                    "data.dataset_reader=libsvm",
                    "data.format=eie",
                    "data.max_corrupt_share=0.5",
                    "data.group_column=q",
                    "data.input_options={sep=\";\"}",
                    "pipeline.early_stopping_min_delta=0.1",
                    "pipeline.automatic_reduce_lr_metric=mrr",
                    "pipeline.use_weighted_metrics=true",
                    "pipeline.strategy_options.replicas=2",
                    "pipeline.warm_start=/models/a",
                    "pipeline.compare_with=/models/a"))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            fault ->
                assertThat(fault.problems())
                    .extracting(line -> line.replaceFirst("^.*: (?=data|pipeline)", ""))
                    .containsExactlyInAnyOrder(
                        "data.format must be left out with dataset_reader = libsvm, which has none",
                        "data.max_corrupt_share goes with on_corrupt_record = skip",
                        "data.group_column goes with train_input",
                        "data.input_options goes with train_input",
                        "pipeline.early_stopping_min_delta goes with early_stopping_patience",
                        "pipeline.automatic_reduce_lr_metric goes with automatic_reduce_lr = true",
                        "pipeline.use_weighted_metrics needs a weight in data.features",
                        "pipeline.strategy_options goes with strategy",
                        "pipeline.warm_start must be another folder than model_dir, whose"
                            + " checkpoints go on by themselves",
                        "pipeline.compare_with must be another folder than model_dir"));
    assertThatThrownBy(() -> load(MINIMAL, "data.queries_across_files=apart"))
        .hasMessageContaining("data.queries_across_files goes with dataset_reader = libsvm");
  }

  @Test
  void aDirectionThatContradictsTheMetricIsToldWithItsPlace() throws IOException {
    assertThat(
            faults(
                MINIMAL,
                "pipeline.best_exporter_metric=ndcg@5",
                "pipeline.best_exporter_metric_higher_better=false"))
        .hasMessage(
            "--set pipeline.best_exporter_metric_higher_better: 1:"
                + " pipeline.best_exporter_metric_higher_better must be true or left out: the"
                + " higher ndcg@5 is, the better, got false");
  }

  @Test
  void aMetricWithAnAtSignNeedsQuotesInAFile() throws IOException {
    String file = MINIMAL.replace("num_epochs", "best_exporter_metric = ndcg@5, num_epochs");

    assertThat(faults(file).getMessage())
        .startsWith(folder.resolve("run.conf") + ": 14: ")
        .contains("Reserved character '@' is not allowed outside quotes")
        .endsWith("; a metric is ndcg_5 or \"ndcg@5\" in a file");
    assertThat(load(file.replace("ndcg@5", "\"ndcg@5\"")).pipeline().monitor())
        .isEqualTo(Monitor.of("ndcg_5"));
  }

  @Test
  void aMetricOfNobodyIsRefusedByThePipelineOfTheLibraryAlone() throws IOException {
    RunConfig run = load(MINIMAL, "pipeline.best_exporter_metric=best_on_top_3");

    assertThat(run.hparams().bestExporterMetric()).isEqualTo("best_on_top_3");
    assertThatThrownBy(run::pipeline)
        .hasMessageStartingWith(
            "best_exporter_metric must be loss, or a metric as ndcg_5: unknown metric");
  }

  @Test
  void aScheduleStandsBeforeAConstantRate() throws IOException {
    RunConfig run =
        load(
            MINIMAL,
            "pipeline.learning_rate=0.5",
            "pipeline.lr_schedule={name=cosine_decay, initial_learning_rate=0.1, decay_steps=10}");

    LearningRate rate = run.hparams().optimizer().learningRate();
    assertThat(rate).isInstanceOf(CosineDecay.class);
    assertThat(rate.at(0)).isEqualTo(0.1);
  }

  @Test
  void lossesByTaskMakeAMultiTaskPipeline() throws IOException {
    String text =
        MINIMAL.replace(
            "label { name = utility, dtype = int64, default = -1 }",
            """
            label = [
              { name = utility, dtype = int64, default = -1 }
              { name = click, dtype = int64, default = -1 }
            ]
            """);
    RunConfig run =
        load(
            text,
            "data.tasks={a=utility, b=click}",
            "pipeline.loss={a=softmax_loss, b=mean_squared_loss}",
            "pipeline.loss_weights={b=0.5}");

    assertThat(run.pipeline()).isInstanceOf(MultiTaskPipeline.class);
    assertThat(run.datasetBuilder().labelsByTask()).isEqualTo(Map.of("a", "utility", "b", "click"));
    assertThat(run.hparams().lossWeight("b")).isEqualTo(0.5);
    assertThat(run.hparams().lossWeight("a")).isEqualTo(1);
  }

  @Test
  void includedFeaturesAndSubstitutionsAreResolved() throws IOException {
    Files.writeString(
        folder.resolve("shared_features.conf"),
        """
        features {
          example { price { dtype = float32 } }
          label { name = utility, dtype = int64 }
        }
        """);
    String text =
        """
        include required("shared_features.conf")
        root = /models
        root = ${?RANKLINE_NO_SUCH_VARIABLE}
        """
            + MINIMAL.replaceFirst("(?s)features \\{.*?\\n  }", "features = \\${features}");
    RunConfig run = load(text, "pipeline.model_dir=${root}/b");

    RecordSpec records = run.datasetBuilder().recordSpec();
    assertThat(records.examples().keySet()).containsExactly("price");
    assertThat(run.hparams().modelDir()).isEqualTo("/models/b");
    assertThat(run.text()).contains("model_dir=\"/models/b\"").doesNotContain("${");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"shred.conf\"", "\"shred\"", "file(\"shred.conf\")"})
  void anIncludeThatNamesNothingIsAnError(String misspelt) throws IOException {
    Files.writeString(folder.resolve("shared.conf"), "seed = 3");

    assertThatThrownBy(() -> load("include %s\n%s".formatted(misspelt, MINIMAL)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(
            ".*run.conf: there is no file 'shred(.conf)?' to include, beside this one or as a"
                + " path");
  }

  @Test
  void aFileWithoutFolderFindsWhatStandsBesideIt() throws IOException {
    Path included = Path.of("included-by-a-test.conf");
    Path file = Path.of("named-by-a-test.conf");
    try {
      Files.writeString(included, MINIMAL);
      Files.writeString(file, "include \"included-by-a-test.conf\"\npipeline.num_epochs = 7");

      assertThat(RunConfig.load(file, List.of()).hparams().numEpochs()).isEqualTo(7);
      assertThatThrownBy(() -> RunConfig.load(file, List.of("pipeline.num_epoch=7")))
          .hasMessageContaining("num_epoch");
    } finally {
      Files.deleteIfExists(included);
      Files.deleteIfExists(file);
    }
  }

  @Test
  void oneSeedStandsForThoseOfDataAndPipeline() throws IOException {
    RunConfig run = load("seed = 7\n" + MINIMAL);

    assertThat(run.datasetHparams().seed()).isEqualTo(7);
    assertThat(run.hparams().seed()).isEqualTo(7);
    assertThat(run.text()).contains("seed=7");
  }

  @Test
  void aSectionsOwnSeedCountsBeforeTheOneBesideIt() throws IOException {
    RunConfig run = load("seed = 7\n" + MINIMAL + "\ndata.seed = 3");

    assertThat(run.datasetHparams().seed()).isEqualTo(3);
    assertThat(run.hparams().seed()).isEqualTo(7);
  }

  @Test
  void anOverridingSeedCountsBeforeTheFileAndAfterOverridesOfSections() throws IOException {
    RunConfig run =
        load(
            "seed = 7\n" + MINIMAL + "\ndata.seed = 3\npipeline.seed = 4",
            "pipeline.seed=9",
            "seed=8");

    assertThat(run.datasetHparams().seed()).isEqualTo(8);
    assertThat(run.hparams().seed()).isEqualTo(9);
  }

  @Test
  void aSeedThatIsTakenAwayLeavesThoseOfTheSections() throws IOException {
    RunConfig run = load("seed = 7\n" + MINIMAL + "\ndata.seed = 3", "seed=null");

    assertThat(run.datasetHparams().seed()).isEqualTo(3);
    assertThat(run.hparams().seed()).isEqualTo(42);
  }

  @Test
  void theLastOfSeveralOverridesWins() throws IOException {
    RunConfig run = load(MINIMAL, "pipeline.num_epochs=3", "pipeline.num_epochs=4");

    assertThat(run.hparams().numEpochs()).isEqualTo(4);
  }

  @Test
  void allFaultsAreToldAtOnceWithTheirLines() throws IOException {
    Path file = folder.resolve("run.conf");
    String text =
        """
        data {
          train_input_pattern = "/data/train-*"
          valid_input_patern = "/data/vali-*"
          train_batch_size = 0
          valid_batch_size = many
          features {
            example { price { dtype = float33 } }
            label { name = utility, dtype = int64 }
          }
        }
        model {
          preprocess { transforms { price = log2p } }
          scorer { type = dnn, hidden_layer_dims = [4], dropout = 1 }
        }
        pipeline {
          model_dir = /models/a
          num_epochs = 0
          loss = softmax
          optimizer = adan
        }
        pipelin { }
        """;

    ConfigurationException faults = faults(text);

    String place = file + ": ";
    assertThat(faults.problems())
        .contains(
            place + "4: data.train_batch_size must be 1 or more, got 0",
            place + "5: data.valid_batch_size must be a whole number, got \"many\"",
            place + "13: model.scorer.dropout must be in [0, 1), got 1.0",
            place + "17: pipeline.num_epochs must be 1 or more, got 0");
    assertThat(faults.problems())
        .anyMatch(
            line ->
                line.startsWith(
                    place
                        + "3: unknown key data.valid_input_patern; did you mean"
                        + " valid_input_pattern? Others are "))
        .anyMatch(line -> line.startsWith(place + "7: example.price.dtype: "))
        .anyMatch(line -> line.startsWith(place + "12: price: unknown transform 'log2p'"))
        .anyMatch(
            line -> line.startsWith(place + "18: pipeline.loss is wrong: unknown loss 'softmax'"))
        .anyMatch(
            line ->
                line.startsWith(
                    place + "19: pipeline.optimizer is wrong: unknown optimizer 'adan'"))
        .anyMatch(
            line ->
                line.startsWith(
                    place + "21: unknown key pipelin; did you mean pipeline? Others are "));
    assertThat(faults).hasMessage(String.join("\n", faults.problems()));
  }

  @Test
  void everyFaultOfAScorerHasItsPlaceAndItsKey() throws IOException {
    ConfigurationException faults =
        faults(MINIMAL, "model.scorer.dropout=1.5", "model.scorer.batch_norm_moment=2");

    assertThat(faults.problems())
        .containsExactly(
            "--set model.scorer.batch_norm_moment: 1: model.scorer.batch_norm_moment must be in"
                + " (0, 1), got 2.0",
            "--set model.scorer.dropout: 1: model.scorer.dropout must be in [0, 1), got 1.5");
  }

  @Test
  void faultsOfAnOptimizerHaveTheirFullKey() throws IOException {
    ConfigurationException faults =
        faults(MINIMAL, "pipeline.optimizer={name=adam, beta_1=1, rate=2}");

    assertThat(faults.problems())
        .containsExactly(
            "--set pipeline.optimizer: 1: pipeline.optimizer.beta_1 must lie in [0, 1), got 1.0",
            "--set pipeline.optimizer: 1: unknown key pipeline.optimizer.rate; expected one of"
                + " name, beta_1, beta_2, amsgrad, learning_rate, clipvalue, use_ema, swa_start,"
                + " epsilon, weight_decay, clipnorm, ema_momentum, global_clipnorm,"
                + " gradient_accumulation_steps");
  }

  @Test
  void memoryOfTheCacheMayBeAPartOfTheHeap() throws IOException {
    assertThat(load(MINIMAL, "data.cache_memory=50%").datasetHparams().cacheMemory())
        .isEqualTo(Runtime.getRuntime().maxMemory() / 2);
  }

  @Test
  void missingSectionsAreNamed() throws IOException {
    ConfigurationException faults = faults("synthetic { dir = /tmp/a }\n");

    assertThat(faults.problems())
        .contains(
            folder.resolve("run.conf")
                + ": 1: synthetic.train_lists is missing; it must be 1 or more",
            folder.resolve("run.conf")
                + ": 1: synthetic.valid_lists is missing; it must be 1 or more")
        .anyMatch(line -> line.endsWith("data { ... } is missing"))
        .anyMatch(line -> line.endsWith("model { ... } is missing"))
        .anyMatch(line -> line.endsWith("pipeline { ... } is missing"));
  }

  @Test
  void lossesMustBeThoseOfTheTasks() throws IOException {
    ConfigurationException faults =
        faults(MINIMAL.replace("loss = softmax_loss", "loss { a = softmax_loss }"));

    assertThat(faults)
        .hasMessage(
            folder.resolve("run.conf")
                + ": 15: pipeline.loss must be one loss: the data has one label, and no tasks, got"
                + " losses for [a]");
  }

  @Test
  void aTaskMustNameALabel() throws IOException {
    ConfigurationException faults = faults(MINIMAL, "data.tasks={a=utilty}");

    assertThat(faults)
        .hasMessage(
            "--set data.tasks: 1: data.tasks.a must name a label of features, one of utility, got"
                + " 'utilty'");
  }

  @Test
  void listSizesBelowZeroAreRefusedWithTheirPlaces() throws IOException {
    ConfigurationException faults = faults(MINIMAL, "data.list_size=-5", "data.valid_list_size=-1");

    assertThat(faults)
        .hasMessage(
            """
            --set data.list_size: 1: data.list_size must be 0 (all items) or more, got -5
            --set data.valid_list_size: 1: data.valid_list_size must be 0 (all items) or more, got\
             -1\
            """);
  }

  @Test
  void aStrategyThatIsNotThereIsAFaultOfTheFile() throws IOException {
    ConfigurationException faults = faults(MINIMAL, "pipeline.strategy=TPUStrategy");

    assertThat(faults)
        .hasMessage(
            "--set pipeline.strategy: 1: pipeline.strategy TPUStrategy needs a TPU backend, which"
                + " ND4J does not have; use MirroredStrategy on a GPU, or"
                + " MultiWorkerMirroredStrategy on a cluster");
  }

  @Test
  void treesAreReadAndRefuseWhatOnlyNetworksDo() throws IOException {
    String trees = MINIMAL.replace("type = dnn, hidden_layer_dims = [4]", "type = lambdamart");

    assertThat(load(trees, "model.scorer.num_trees=50").scorer())
        .isEqualTo(LambdaMartScorer.builder().numRound(50).build());
    assertThat(load(trees, "pipeline.strategy=MirroredStrategy").hparams().strategy())
        .isEqualTo("MirroredStrategy");
    assertThat(
            faults(
                trees,
                "pipeline.strategy=MirroredStrategy",
                "pipeline.strategy_options.replicas=2"))
        .hasMessageStartingWith("--set pipeline.strategy_options.replicas: 1 and ")
        .hasMessageEndingWith(
            ": pipeline: strategy_options.replicas shares out the steps of a network, and scorer"
                + " lambdamart grows trees on all processors of this machine; leave replicas out");
    assertThat(faults(trees, "model.scorer.max_depth=13"))
        .hasMessage(
            "--set model.scorer.max_depth: 1: model.scorer.max_depth must be 1 or"
                + " more, at most 12, got 13");
  }

  @Test
  void treesThatNobodyCanGrowAreToldBeforeTheTrainingBegins() throws IOException {
    RunConfig run =
        load(MINIMAL.replace("type = dnn, hidden_layer_dims = [4]", "type = lambdamart"));

    assertThatThrownBy(run::pipeline)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "scorer lambdamart is trained by XGBoost, which is not on the class path: set"
                + " RANKLINE_TREES=true for deploy/local/rankline, or put rankline's ranking-trees"
                + " jar and ml.dmlc:xgboost4j_2.12 there (spark-submit --jars). Models that are"
                + " trained need neither");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.conf");

    ConfigurationException faults =
        catchThrowableOfType(
            ConfigurationException.class, () -> RunConfig.load(missing, List.of()));

    assertThat(faults)
        .hasMessage("there is no configuration file '%s'; see conf/ for some".formatted(missing));
  }

  @Test
  void aKeyIsTakenAwayFromAFileThatTheEnvironmentHasASayIn() throws IOException {
    String file =
        "rate = 0.5\nrate = ${?RANKLINE_NOT_THERE}\n" + MINIMAL + "pipeline.l2 = ${rate}\n";

    assertThat(load(file).hparams().l2()).isEqualTo(0.5);
    assertThat(load(file, "pipeline.l2=null").hparams().l2()).isZero();
  }

  @Test
  void anOverrideOfNullTakesAKeyOfTheFileAway() throws IOException {
    String file = MINIMAL.replace("pipeline {", "rate = 0.5, pipeline { learning_rate = ${rate},");
    RunConfig run =
        load(
            MINIMAL.replace("scorer {", "scorer { hidden_layer_dims = [5],"),
            "model.scorer={type = gam, example_hidden_layer_dims = [3]}",
            "model.scorer.hidden_layer_dims=null");

    assertThat(run.text()).contains("type=gam");
    assertThat(load(file, "pipeline.learning_rate=null").hparams().optimizer())
        .isEqualTo(load(MINIMAL).hparams().optimizer());
    assertThat(faults(MINIMAL, "pipeline.learning_rat=null"))
        .hasMessageContaining("pipeline.learning_rat");
  }

  @Test
  void anOverrideNeedsAnEqualsSign() throws IOException {
    assertThat(faults(MINIMAL, "pipeline.seed"))
        .hasMessage(
            "an override has the form key=value, as pipeline.num_epochs=3, got 'pipeline.seed'");
  }

  @Test
  void brokenTextIsToldWithItsLine() throws IOException {
    assertThat(faults(MINIMAL + "}").getMessage())
        .startsWith(folder.resolve("run.conf") + ": 17: ");
  }

  private RunConfig load(String text, String... overrides) throws IOException {
    Path file = folder.resolve("run.conf");
    Files.writeString(file, text);
    return RunConfig.load(file, List.of(overrides));
  }

  private ConfigurationException faults(String text, String... overrides) throws IOException {
    Path file = folder.resolve("run.conf");
    Files.writeString(file, text);
    return catchThrowableOfType(
        ConfigurationException.class, () -> RunConfig.load(file, List.of(overrides)));
  }
}
