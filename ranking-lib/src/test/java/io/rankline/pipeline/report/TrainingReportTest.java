package io.rankline.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.FakeRun;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.explanation.EarlierRun;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.explanation.TaskStudy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingReportTest {

  @Test
  void theVerdictNamesTheBestEpoch() {
    TrainingReport report = withNdcg(0.3, 0.42, 0.41).endedEarly("no progress").build();

    PageReader page = new PageReader(report.page());

    assertThat(report.bestEpoch()).hasValue(2);
    assertThat(page.texts("//p[@class='verdict']"))
        .containsExactly(
            "Best epoch: 2 of 3, with val_metric/ndcg_5 0.42. Training ended early: no progress.");
    assertThat(page.texts("//tr[@class='marked']/td[1]")).containsExactly("2", "2");
  }

  @Test
  void theHeaderHasTheFactsOfTheRun() {
    TrainingReport report =
        withNdcg(0.3, 0.42, 0.41)
            .run(Instant.parse("2026-03-01T10:15:30Z"), Duration.ofSeconds(75))
            .build();

    PageReader page = new PageReader(report.page());

    assertThat(page.texts("//h1")).containsExactly("web30k");
    assertThat(page.texts("//header/dl/div"))
        .containsExactly(
            "Started2026-03-01 10:15 UTC",
            "Run time1 min 15 s",
            "Epochs3",
            "Steps30",
            "Lists trained on300",
            "Speed50 lists/s",
            "Waited for input25.0 %");
  }

  @Test
  void eachEpochIsARow() {
    PageReader page = new PageReader(withNdcg(0.3, Double.NaN).build().page());

    assertThat(page.texts("//section[h2='Epochs']//th"))
        .containsExactly(
            "epoch",
            "loss",
            "val_metric/ndcg_5",
            "lr",
            "epoch",
            "step",
            "lists a second",
            "waiting for input",
            "training",
            "validation");
    assertThat(page.rows("Epochs"))
        .containsExactly(
            List.of("1", "1.0", "0.3", "0.001"),
            List.of("2", "0.5", "none", "0.001"),
            List.of("1", "10", "50", "25.0 %", "2.0 s", "0.3 s"),
            List.of("2", "20", "50", "25.0 %", "2.0 s", "0.3 s"));
  }

  @Test
  void cutOffsOfAMetricShareAChartAndLossesAreDrawnTogether() {
    Map<String, Double> logs = new LinkedHashMap<>();
    for (String name :
        List.of(
            "loss",
            "val_loss",
            "val_metric/ndcg_1",
            "val_metric/ndcg",
            "val_metric/mrr",
            "val_click_loss",
            "lr")) {
      logs.put(name, 0.5);
    }
    TrainingReport report =
        TrainingReport.builder("m").epochs(List.of(FakeRun.epoch(1, logs))).build();

    PageReader page = new PageReader(report.page());

    assertThat(page.texts("//section[h2='Curves']//figcaption"))
        .containsExactly(
            "Loss",
            "ndcg, validation",
            "mrr, validation",
            "click loss, validation",
            "Learning rate",
            "Lists trained on in a second");
    assertThat(page.texts("//figure[figcaption='Loss']/ul/li"))
        .containsExactly("training", "validation");
    assertThat(page.texts("//figure[starts-with(figcaption,'ndcg')]/ul/li"))
        .containsExactly("ndcg_1", "ndcg");
    assertThat(page.texts("//figure[starts-with(figcaption,'mrr')]/ul/li")).isEmpty();
  }

  @Test
  void theValuesOfAnEpochAreToldWhereTheMouseIs() {
    PageReader page = new PageReader(withNdcg(0.3, 0.42).build().page());

    assertThat(page.texts("//figure[starts-with(figcaption,'ndcg')]//*[@class='hover']/title"))
        .containsExactly("epoch 1\nvalidation 0.3", "epoch 2\nvalidation 0.42");
  }

  @Test
  void metricsStandBesideTheirIntervals() {
    TrainingReport report =
        TrainingReport.builder("m")
            .evaluation(
                new EvaluatedData(
                    "validation",
                    1200,
                    List.of(
                        new MetricEstimate(
                            "ndcg_5", 0.41234, new ConfidenceInterval(0.4, 0.425, 0.95)),
                        new MetricEstimate("mrr", 0.5, null))))
            .evaluation(
                new EvaluatedData(
                    "test", 7, List.of(new MetricEstimate("ndcg_5", Double.NaN, null))))
            .build();

    PageReader page = new PageReader(report.page());

    assertThat(page.texts("//section[h2='Metrics']//th"))
        .containsExactly(
            "Metric", "validation, 1,200 lists", "95 % interval", "test, 7 lists", "interval");
    assertThat(page.rows("Metrics"))
        .containsExactly(
            List.of("ndcg_5", "0.4123", "0.4000 to 0.4250", "none", ""),
            List.of("mrr", "0.5000", "", "", ""));
  }

  @Test
  void intervalsAreThoseOfTheBootstrap() {
    double[] values = {0.2, 0.9, 0.4, 1};
    MetricSample sample = new MetricSample(values, new double[] {1, 1, 1, 1});
    Bootstrap bootstrap = new Bootstrap(200, 0.9, 3);

    EvaluatedData data =
        EvaluatedData.of("test", RankingMetric.parseAll("ndcg@5"), List.of(sample), bootstrap);

    MetricEstimate estimate = data.metrics().get(0);
    assertThat(data.lists()).isEqualTo(4);
    assertThat(estimate.value()).isEqualTo((0.2 + 0.9 + 0.4 + 1) / 4);
    assertThat(estimate.interval())
        .isEqualTo(bootstrap.intervals(List.of(sample), EmptyLists.AS_ZERO).get(0).orElseThrow());
  }

  @Test
  void histogramsCountListsAndLabels() {
    DataProfile.Builder train = new DataProfile.Builder();
    train.add(2, new float[] {0, 1});
    train.add(2, new float[] {-1, 1});
    train.add(30, new float[] {2});
    TrainingReport report = TrainingReport.builder("m").data(train.build("train")).build();

    PageReader page = new PageReader(report.page());

    assertThat(page.rows("Data")).containsExactly(List.of("train", "3", "34", "11.3"));
    assertThat(page.texts("//figure[starts-with(figcaption,'Items')]//*[@class='bar s1']/title"))
        .containsExactly(
            "train, items 2–3: 2 lists (66.7 %)", "train, items 30–31: 1 lists (33.3 %)");
    assertThat(page.texts("//figure[starts-with(figcaption,'Labels')]//*[@class='bar s1']/title"))
        .containsExactly(
            "train, label 0: 1 items (25.0 %)",
            "train, label 1: 2 items (50.0 %)", "train, label 2: 1 items (25.0 %)");
  }

  @Test
  void continuousLabelsAreCountedInBins() {
    DataProfile.Builder train = new DataProfile.Builder();
    float[] labels = new float[1000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / 999f;
    }
    train.add(1000, labels);

    BarChart chart = ProfileCharts.labels(List.of(train.build("train")));

    assertThat(chart.categories()).hasSize(24);
    double sum = 0;
    for (double share : chart.series().get(0).heights()) {
      assertThat(share).isBetween(2.0, 6.0);
      sum += share;
    }
    assertThat(sum).isCloseTo(100, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void aModelThatWasNeverValidatedHasAReportToo() {
    TrainingReport report =
        TrainingReport.builder("m").epochs(List.of(FakeRun.epoch(1, Map.of("loss", 0.5)))).build();

    assertThat(new PageReader(report.page()).texts("//p[@class='verdict']"))
        .containsExactly("Epochs: 1, none with a finite val_loss.");
  }

  @ParameterizedTest(name = "{0} epochs, {1} metrics")
  @CsvSource({"1, 1", "1, 12", "2, 4", "20, 4", "200, 1", "200, 12"})
  void coordinatesStayInsideOfTheirCharts(int epochs, int metrics) {
    List<String> names =
        java.util.stream.IntStream.range(0, metrics).mapToObj(i -> "m" + i + "_5").toList();

    PageReader page = new PageReader(SampleReports.training(epochs, names).page());

    assertThat(page.texts("//figure")).hasSize(metrics + 5);
    for (String attribute : List.of("x", "x1", "x2", "cx")) {
      assertThat(page.texts("//figure/svg//@" + attribute))
          .allSatisfy(x -> assertThat(Double.parseDouble(x)).isBetween(0.0, Plot.WIDTH));
    }
    for (String attribute : List.of("y", "y1", "y2", "cy")) {
      assertThat(page.texts("//figure/svg//@" + attribute))
          .allSatisfy(y -> assertThat(Double.parseDouble(y)).isBetween(0.0, Plot.HEIGHT));
    }
    assertThat(page.texts("//section[h2='Epochs']//tbody/tr")).hasSize(2 * epochs);
  }

  @Test
  void theModelStandsFirstAmongOrdersWithoutOne() {
    PageReader page =
        new PageReader(TrainingReport.builder("m").study(SampleReports.study()).build().page());

    assertThat(page.rows("Metrics"))
        .containsExactly(
            List.of("this model", "0.9000", "0.5000"), List.of("random order", "0.2000", "none"));
    assertThat(page.texts("//section[h2='Metrics']//tr[@class='marked']/td[1]"))
        .containsExactly("this model");
  }

  @Test
  void importanceIsABarWithItsInterval() {
    PageReader page =
        new PageReader(TrainingReport.builder("m").study(SampleReports.study()).build().page());

    assertThat(page.texts("//section[h2='Importance']//*[@class='y-label']"))
        .containsExactly("price", "a_very_long_n…of_a_feature");
    assertThat(page.texts("//section[h2='Importance']//*[@class='hover']/title"))
        .containsExactly(
            "price: +0.0500 (+0.0400 to +0.0600), permuted among items of a list",
            "a_very_long_name_of_a_feature: -0.0010, permuted among lists");
    assertThat(page.texts("//section[h2='Importance']//*[@class='interval']")).hasSize(1);
    assertThat(page.texts("//section[h2='Importance']/p").get(0))
        .isEqualTo(
            "Chosen as the most important ones on the first 7 lists. Measured on the next 30 lists"
                + " of the validation data with 1,200 items, each feature permuted once, with 95 %"
                + " intervals over lists.");
  }

  @Test
  void queriesShowWhereTheModelFails() {
    PageReader page =
        new PageReader(TrainingReport.builder("m").study(SampleReports.study()).build().page());

    assertThat(page.rows("Queries"))
        .containsExactly(List.of("1,234", "12", "0.1000", "0 0 2 …", "3", "words: red shoes"));
    assertThat(page.texts("//section[h2='Queries']/p").get(0))
        .isEqualTo(
            "Against the best single feature (price), by ndcg@10: better in 2 lists, worse in 1,"
                + " equal in 1.");
    assertThat(
            page.texts(
                "//figure[starts-with(figcaption,'Lists by gain')]//*[@class='bar s1']/title"))
        .containsExactly(
            "about -0.2: 1 lists",
            "about 0: 1 lists",
            "about +0.1: 1 lists",
            "about +0.5: 1 lists");
    assertThat(page.texts("//figure[starts-with(figcaption,'Scores by label')]/ul/li"))
        .containsExactly("9 of 10 items below", "half of the items below", "1 of 10 items below");
  }

  @Test
  void featuresWithAnImportanceComeFirstAmongWhatFeaturesHold() {
    PageReader page =
        new PageReader(TrainingReport.builder("m").study(SampleReports.study()).build().page());

    assertThat(page.rows("Features"))
        .containsExactly(
            List.of("price", "+0.0500", "1", "12.5 %", "0", "1", "9.5", "80", "99"),
            List.of("words (query)", "", "2.5", "0.0 %", "", "", "", "", ""));
    assertThat(page.texts("//section[h2='What features add']//figcaption"))
        .containsExactly("price, spread 0.25");
  }

  @Test
  void anEarlierRunStandsBesideThisOne() {
    TrainingReport report =
        withNdcg(0.3, 0.42)
            .configuration("pipeline { learning_rate = 0.1, loss = softmax_loss }")
            .earlier(
                new EarlierRun(
                    "/models/old",
                    List.of(FakeRun.epoch(1, Map.of("val_metric/ndcg_5", 0.4))),
                    "pipeline { learning_rate = 0.2, loss = softmax_loss, seed = 3, model_dir = x"
                        + " }",
                    null))
            .build();

    PageReader page = new PageReader(report.page());

    assertThat(page.rows("Earlier run"))
        .containsExactly(
            List.of("val_metric/ndcg_5", "0.4200", "0.4000", "+0.0200"),
            List.of("pipeline.learning_rate", "0.1", "0.2"),
            List.of("pipeline.seed", "", "3"));
    assertThat(page.texts("//section[h2='Earlier run']//figure/ul/li"))
        .containsExactly("this run", "earlier run");
  }

  @Test
  void whatCannotBeComparedWithAnEarlierRunIsToldInWords() {
    List<EpochResult> others = List.of(FakeRun.epoch(1, Map.of("val_metric/mrr", 0.4)));

    assertThat(wordsOn(others, ""))
        .containsExactly(
            "Compared with the training in /models/old.",
            "Epochs are compared by val_metric/ndcg_5, which it did not measure; it has"
                + " val_metric/mrr.");
    assertThat(wordsOn(List.of(), "token feature 'words' is not in the data"))
        .containsExactly(
            "Compared with the training in /models/old.",
            "It has no history, so there are no values and curves to compare.",
            "Its model cannot score the validation data of this run: token feature 'words' is not"
                + " in the data.");
  }

  private static List<String> wordsOn(List<EpochResult> earlier, String fault) {
    TaskStudy task = SampleReports.study().tasks().get(0);
    TrainingReport report =
        withNdcg(0.3, 0.42)
            .earlier(new EarlierRun("/models/old", earlier, "", null))
            .study(
                new ModelStudy(
                    List.of(
                        new TaskStudy(
                            task.task(),
                            task.metric(),
                            task.model(),
                            List.of(),
                            Optional.empty(),
                            0,
                            List.of(),
                            List.of(),
                            List.of(),
                            fault)),
                    List.of(),
                    List.of()))
            .build();
    return new PageReader(report.page()).texts("//section[h2='Earlier run']/p");
  }

  @Test
  void aLongNameLosesItsMiddleAndWideLettersTakeTwoPlaces() {
    IntervalChart chart =
        new IntervalChart(
            "t",
            "x",
            Stream.of("warehouse_statistics_of_price_1", "店".repeat(20))
                .map(name -> new IntervalChart.Row(name, 1, Double.NaN, Double.NaN, name))
                .toList());

    PageReader page =
        new PageReader(
            new ReportPage("p", "", Map.of(), List.of(new Chapter("c", List.of(chart)))));

    assertThat(page.texts("//*[@class='y-label']"))
        .containsExactly("warehouse_sta…s_of_price_1", "店".repeat(6) + "…" + "店".repeat(6));
  }

  private static TrainingReport.Builder withNdcg(double... values) {
    List<EpochResult> epochs = new java.util.ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Map<String, Double> logs = new LinkedHashMap<>();
      logs.put("loss", 1.0 / (i + 1));
      logs.put("val_metric/ndcg_5", values[i]);
      logs.put("lr", 0.001);
      epochs.add(FakeRun.epoch(i + 1, logs));
    }
    return TrainingReport.builder("web30k").monitor(Monitor.of("ndcg_5")).epochs(epochs);
  }
}
