package io.rankline.pipeline.report;

import io.rankline.io.Storage;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.MetricMean;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.explanation.Baseline;
import io.rankline.pipeline.explanation.Contest;
import io.rankline.pipeline.explanation.FeatureImportance;
import io.rankline.pipeline.explanation.FeatureImportance.Permuted;
import io.rankline.pipeline.explanation.FeatureSummary;
import io.rankline.pipeline.explanation.GamCurve;
import io.rankline.pipeline.explanation.GradeScores;
import io.rankline.pipeline.explanation.HardList;
import io.rankline.pipeline.explanation.Importances;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.explanation.TaskStudy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Reports of trainings that never were. {@code main} writes them into a folder, to be looked at in
 * a browser, at several widths, dark, and printed.
 */
final class SampleReports {

  private static final List<String> FEW = List.of("ndcg_1", "ndcg_5", "ndcg_10", "ndcg");
  private static final List<String> MANY =
      List.of(
          "ndcg_1",
          "ndcg_5",
          "ndcg_10",
          "ndcg",
          "mrr_10",
          "mrr",
          "map",
          "arp",
          "precision_5",
          "recall_10",
          "opa",
          "dcg_10");

  private SampleReports() {}

  public static void main(String[] args) throws IOException {
    var folder = Storage.ofClassPath().folder(args[0]);
    training(20, FEW).page().writeTo(folder, "report-20-epochs.html");
    training(200, MANY).page().writeTo(folder, "report-200-epochs.html");
    training(1, List.of("ndcg_5")).page().writeTo(folder, "report-1-epoch.html");
    sweep().writeTo(folder, "report-sweep.html");
  }

  /** Values wander as those of trainings do; the best epoch is somewhere before the last. */
  static TrainingReport training(int epochs, List<String> metrics) {
    Random random = new Random(7);
    List<EpochResult> history = new ArrayList<>();
    double rate = 1e-3;
    for (int e = 1; e <= epochs; e++) {
      double progress = 1 - Math.exp(-e / 6.0);
      Map<String, Double> logs = new LinkedHashMap<>();
      logs.put("loss", 2.4 - 0.9 * progress - 0.002 * e + 0.01 * random.nextGaussian());
      logs.put("val_loss", 2.45 - 0.7 * progress + 0.002 * e + 0.02 * random.nextGaussian());
      for (int m = 0; m < metrics.size(); m++) {
        double scale = List.of("arp", "dcg_10").contains(metrics.get(m)) ? 7 : 1;
        logs.put(
            "val_metric/" + metrics.get(m),
            scale * (0.3 + 0.04 * (m % 4) + 0.2 * progress + 0.006 * random.nextGaussian()));
      }
      if (e % 40 == 30) {
        rate /= 10;
      }
      logs.put("lr", rate);
      long lists = 12_800;
      history.add(
          new EpochResult(
              e,
              100L * e,
              logs,
              lists,
              lists * 118,
              Duration.ofMillis(9_000 + random.nextInt(900)),
              Duration.ofMillis(random.nextInt(120)),
              Duration.ofMillis(2_100)));
    }
    TrainingReport.Builder report =
        TrainingReport.builder("web30k_dnn_model")
            .run(Instant.parse("2026-03-01T10:15:30Z"), Duration.ofSeconds(11L * epochs + 4))
            .monitor(new Monitor("val_metric/" + metrics.get(0), Better.HIGHER))
            .epochs(history)
            .data(profile("train", 18_919, random))
            .data(profile("validation", 6_306, random))
            .configuration(
                """
                model {
                  name = web30k_dnn_model
                  scorer { type = dnn, hidden_layer_dims = [1024, 512, 256], dropout = 0.4 }
                }
                pipeline {
                  loss = softmax_loss
                  learning_rate = 1e-4
                }
                """)
            .environment(Environment.current());
    for (String data : List.of("validation", "test")) {
      List<MetricEstimate> estimates = new ArrayList<>();
      for (String metric : metrics) {
        double value = 0.4 + 0.1 * random.nextDouble();
        estimates.add(
            new MetricEstimate(
                metric, value, new ConfidenceInterval(value - 0.011, value + 0.012, 0.95)));
      }
      report.evaluation(new EvaluatedData(data, 6_306, estimates));
    }
    return report.build();
  }

  /** A study with one of everything. */
  static ModelStudy study() {
    Importances importances =
        new Importances(
            "ndcg@10",
            0.9,
            30,
            1200,
            1,
            List.of(
                new FeatureImportance(
                    "price", Permuted.ITEMS, 0.05, new ConfidenceInterval(0.04, 0.06, 0.95)),
                new FeatureImportance(
                    "a_very_long_name_of_a_feature", Permuted.LISTS, -0.001, null)));
    TaskStudy task =
        new TaskStudy(
            "score",
            "ndcg@10",
            new Baseline("this model", evaluation(0.9, 0.5), List.of()),
            List.of(new Baseline("random order", evaluation(0.2, Double.NaN), List.of())),
            Optional.of(importances),
            7,
            List.of(
                new Contest(
                    "ndcg@10", "best single feature (price)", new double[] {0.1, -0.2, 0, 0.5})),
            List.of(new HardList(1234, 12, 0.1, List.of(0f, 0f, 2f), 3, "words: red shoes")),
            List.of(new GradeScores(0, 10, -2, -1, 0), new GradeScores(1, 5, 0, 1, 2)),
            "");
    return new ModelStudy(
        List.of(task),
        List.of(new GamCurve("price", new double[] {0, 5, 9}, new double[] {-1, 0, 1}, 0.25)),
        List.of(
            new FeatureSummary("words", "query", 2.5, 0, Optional.empty()),
            new FeatureSummary(
                "price",
                "item",
                1,
                0.125,
                Optional.of(new FeatureSummary.Range(0, 1, 9.5, 80, 99)))));
  }

  private static Evaluation evaluation(double ndcg, double mrr) {
    Map<String, MetricMean> means = new LinkedHashMap<>();
    means.put("ndcg@10", MetricMean.EMPTY.plus(ndcg, 1));
    means.put("mrr", Double.isNaN(mrr) ? MetricMean.EMPTY : MetricMean.EMPTY.plus(mrr, 1));
    return new Evaluation(means);
  }

  static DataProfile profile(String name, int lists, Random random) {
    DataProfile.Builder profile = new DataProfile.Builder();
    for (int i = 0; i < lists; i++) {
      float[] labels =
          new float[1 + (int) Math.min(600, Math.exp(4.5 + 0.6 * random.nextGaussian()))];
      for (int j = 0; j < labels.length; j++) {
        labels[j] = (int) (5 * Math.pow(random.nextDouble(), 3));
      }
      profile.add(labels.length, labels);
    }
    return profile.build(name);
  }

  /** A ranked table and a chart, as a sweep has them. */
  static ReportPage sweep() {
    List<List<String>> rows = new ArrayList<>();
    List<LineChart.Series> curves = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(
          List.of(
              "" + (i + 1), "1e-" + (i % 4 + 2), "" + 64 * (i % 3 + 1), "0." + (4999 - 37 * i)));
      double[] x = new double[15];
      double[] y = new double[15];
      for (int e = 0; e < x.length; e++) {
        x[e] = e + 1;
        y[e] = 0.5 - 0.0037 * i - 0.2 * Math.exp(-e / (2.0 + i));
      }
      curves.add(new LineChart.Series("run " + (i + 1), x, y));
    }
    Table ranked =
        new Table(
            List.of(
                Table.Column.number("rank"),
                Table.Column.number("pipeline.learning_rate"),
                Table.Column.number("scorer.width"),
                Table.Column.number("val_metric/ndcg_5")),
            rows,
            java.util.OptionalInt.of(0));
    return new ReportPage(
        "Sweep of web30k_dnn_model",
        "Best of 10 runs: 0.4999.",
        Map.of("Runs", "10"),
        List.of(
            new Chapter("Runs", List.of(ranked)),
            new Chapter("Curves", List.of(new LineChart("ndcg 5, validation", "epoch", curves)))));
  }
}
