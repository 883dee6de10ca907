package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListSize;
import io.rankline.metric.MetricKey;
import io.rankline.metric.RankingMetric;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EarlyStopping;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.callback.ReduceLrOnPlateau;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The value that says which epoch is best, when training ends, and when the rate falls. */
class MonitoredMetricTest {

  @TempDir Path folder;

  private final ModelLists lists = new ModelLists(4, 0, 3, "relevance");
  private final NullDatasetBuilder data =
      NullDatasetBuilder.ofLists(
          lists.lists(24, 6),
          lists.lists(12, 6),
          lists.spec(),
          DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(12).listSize(6).build());

  @ParameterizedTest
  @ValueSource(strings = {"ndcg_10", "ndcg@10", "map", "ordered_pair_accuracy", "loss"})
  void theEpochOfTheBestValueIsExportedWithoutAWordOnTheDirection(String metric)
      throws IOException {
    TrainingResult result = train(unsteady().bestExporterMetric(metric));

    String name = Monitor.of(metric).name();
    Comparator<EpochResult> byValue = Comparator.comparingDouble(epoch -> value(epoch, name));
    List<EpochResult> epochs = result.epochs();
    EpochResult highest = epochs.stream().max(byValue).orElseThrow();
    EpochResult lowest = epochs.stream().min(byValue).orElseThrow();
    assertThat(value(highest, name)).isGreaterThan(value(lowest, name));
    EpochResult best = metric.equals("loss") ? lowest : highest;
    assertThat(result.bestEpoch()).hasValue(best.epoch());
    assertThat(exported("best_model_by_metric")).containsEntry(name, value(best, name));
  }

  @Test
  void metricsThatLookFurtherDownThanListsAreCutAreNamed() {
    PipelineHparams hparams = unsteady().bestExporterMetric("map_20").build();
    List<RankingMetric> metrics =
        List.of(
            RankingMetric.parse("ndcg@5"),
            RankingMetric.parse("ndcg@10"),
            RankingMetric.parse("ndcg"));
    Measures measures = Measures.of(hparams, metrics, List.of());

    assertThat(measures.cutShort(new ListSize(5)))
        .hasValue(
            "validation cuts lists to 5 items, and ndcg@10, map@20 would see more;"
                + " set data.valid_list_size = 0 to measure whole lists");
    assertThat(measures.cutShort(new ListSize(20))).isEmpty();
    assertThat(measures.cutShort(ListSize.ALL)).isEmpty();
  }

  @Test
  void ofARankLessIsBetter() throws IOException {
    TrainingResult result = train(unsteady().bestExporterMetric("arp"));

    double least =
        result.epochs().stream()
            .mapToDouble(epoch -> value(epoch, "val_metric/arp"))
            .min()
            .orElseThrow();
    assertThat(exported("best_model_by_metric")).containsEntry("val_metric/arp", least);
  }

  @ParameterizedTest
  @EnumSource(MetricKey.class)
  void everyMetricIsMeasuredWhereItIsAskedFor(MetricKey key) {
    SimplePipeline pipeline = pipeline(hparams().bestExporterMetric(key.wireName()));

    assertThat(pipeline.measured()).contains(pipeline.monitor().name());
    assertThat(pipeline.monitor().name())
        .isEqualTo("val_metric/" + key.withDefaults().name().replace('@', '_'));
  }

  @Test
  void aMetricThatIsAskedForStandsInEveryEpochAndInTheReport() throws IOException {
    TrainingResult result =
        train(hparams().numEpochs(1).bestExporterMetric("alpha_dcg@3(alpha=0.3)"));

    assertThat(result.lastEpoch().logs()).containsKey("val_metric/alpha_dcg_3(alpha=0.3)");
    assertThat(folder.resolve("run/report.html")).content().contains("alpha_dcg@3(alpha=0.3)");
  }

  @Test
  void earlyStoppingAndPlateausLookAtTheMetricsThatAreNamed() {
    SimplePipeline pipeline =
        pipeline(
            hparams()
                .bestExporterMetric("map@5")
                .earlyStoppingPatience(2)
                .automaticReduceLr(true)
                .option("automatic_reduce_lr_metric", "weighted_metric/mrr"));

    assertThat(monitored(pipeline, EarlyStopping.class)).hasValue(Monitor.of("map@5"));
    assertThat(monitored(pipeline, ReduceLrOnPlateau.class))
        .hasValue(Monitor.of("weighted_metric/mrr"));
    assertThat(pipeline.measured()).contains("val_metric/map_5", "val_weighted_metric/mrr");
  }

  @Test
  void earlyStoppingWaitsForTheMetricToRise() throws IOException {
    // With a rate of nothing no epoch is better than the first, whichever way is up.
    TrainingResult result =
        train(
            hparams()
                .numEpochs(20)
                .optimizer("{name = sgd, learning_rate = 1e-12}")
                .bestExporterMetric("mrr")
                .earlyStoppingPatience(2));

    assertThat(result.stopReason()).startsWith("val_metric/mrr has not become better than");
    assertThat(result.bestEpoch()).hasValue(1);
  }

  @Test
  void aDirectionThatContradictsTheMetricIsRefused() {
    assertThatThrownBy(
            () ->
                pipeline(
                    hparams().bestExporterMetric("ndcg@5").bestExporterMetricHigherBetter(false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "best_exporter_metric_higher_better must be true or left out: the higher ndcg@5 is,"
                + " the better, got false");
    assertThatThrownBy(() -> pipeline(hparams().bestExporterMetricHigherBetter(true)))
        .hasMessage(
            "best_exporter_metric_higher_better must be false or left out: the lower loss is, the"
                + " better, got true");
    assertThat(
            pipeline(hparams().bestExporterMetric("arp").bestExporterMetricHigherBetter(false))
                .monitor())
        .isEqualTo(Monitor.of("arp"));
  }

  @Test
  void whatCannotBeMeasuredIsToldBeforeAnyStep() {
    assertThatThrownBy(() -> train(hparams().bestExporterMetric("ndgc_5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "best_exporter_metric must be loss, or a metric as ndcg_5: unknown metric 'ndgc';"
                + " expected one of ndcg, ");
    assertThatThrownBy(() -> train(hparams().option("automatic_reduce_lr_metric", "hits@0")))
        .hasMessageStartingWith("automatic_reduce_lr_metric must be loss, or a metric as ndcg_5: ");
    assertThatThrownBy(() -> train(hparams().bestExporterMetric("click_metric/ndcg_5")))
        .hasMessageStartingWith(
            "monitor 'val_click_metric/ndcg_5' is not among the values of an epoch; there are"
                + " val_metric/ndcg_5, ");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  @Test
  void aCallbackThatLooksAtWhatNoEpochHasIsRefusedBeforeAnyStep() {
    SimplePipeline pipeline =
        new SimplePipeline(model(), data, hparams().build()) {
          @Override
          protected List<Callback> buildCallbacks() {
            List<Callback> callbacks = new ArrayList<>(super.buildCallbacks());
            callbacks.add(new EarlyStopping(Monitor.of("bpref"), 0, 1));
            return callbacks;
          }
        };

    assertThatThrownBy(pipeline::trainAndValidate)
        .hasMessageStartingWith("monitor 'val_metric/bpref' is not among the values of an epoch");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  @Test
  void aMetricOfTheLibraryUnderBothSpellingsIsMeasuredOnce() {
    SimplePipeline pipeline = pipeline(hparams().bestExporterMetric("ndcg@10"));

    assertThat(pipeline.measured()).doesNotHaveDuplicates().contains("val_metric/ndcg_10");
    assertThat(RankingMetric.parse("ndcg_10")).isEqualTo(RankingMetric.parse("ndcg@10"));
  }

  private static double value(EpochResult epoch, String name) {
    return epoch.value(name).orElseThrow();
  }

  private Map<String, Double> exported(String name) throws IOException {
    return SavedRankingModel.load(folder.resolve("run/export/" + name).toString()).metrics();
  }

  private static Optional<Monitor> monitored(
      ModelFitPipeline pipeline, Class<? extends Callback> type) {
    return pipeline.buildCallbacks().stream()
        .filter(type::isInstance)
        .findFirst()
        .flatMap(Callback::monitored);
  }

  private TrainingResult train(PipelineHparamsBuilder hparams) throws IOException {
    return pipeline(hparams).trainAndValidate();
  }

  private SimplePipeline pipeline(PipelineHparamsBuilder hparams) {
    return new SimplePipeline(model(), data, hparams.build());
  }

  /** A rate so high that epochs go up and down. */
  private PipelineHparamsBuilder unsteady() {
    return hparams().numEpochs(6).optimizer("{name = adam, learning_rate = 0.2}");
  }

  private PipelineHparamsBuilder hparams() {
    return PipelineHparams.builder()
        .modelDir(folder.resolve("run").toString())
        .numEpochs(2)
        .loss("softmax_loss")
        .exportBestModel(true);
  }

  private ModelBuilder model() {
    return new ModelBuilder(
        lists.inputCreator(),
        PreprocessorWithSpec.builder().build(),
        DNNScorer.builder().hiddenLayerDims(4).useBatchNorm(false).dropout(0).build(),
        "__list_mask__",
        "test");
  }
}
