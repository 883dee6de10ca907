package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.testing.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evaluate --model} finds what training found on the same data. */
class EvaluateModelTest {

  @TempDir Path folder;

  /** What the last evaluation printed. */
  private String said = "";

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"eie", "seq", "libsvm"})
  void dataIsReadInTheFormatOfTheTraining(String format) throws IOException {
    assertThat(train().status()).isZero();
    for (String set : List.of("train", "valid")) {
      CommandRun converted =
          CommandRun.of(
              "convert",
              "--from",
              "elwc",
              "--to",
              format,
              "--input",
              folder.resolve("data/" + set),
              "--output",
              folder.resolve(format + "/" + set));
      assertThat(converted.status()).as(converted.err()).isZero();
    }
    CommandRun trained =
        train(
            format.equals("libsvm") ? "data.dataset_reader=libsvm" : "data.format=" + format,
            "data.train_input_pattern=" + folder.resolve(format + "/train"),
            "data.valid_input_pattern=" + folder.resolve(format + "/valid"),
            "pipeline.model_dir=" + folder.resolve("other"));
    assertThat(trained.status()).as(trained.err()).isZero();

    JsonNode found = evaluate("other", folder.resolve(format + "/valid"));
    JsonNode named = evaluate("model", folder.resolve(format + "/valid"), "--format", format);
    JsonNode prefixed = evaluate("model", format + ":" + folder.resolve(format + "/valid"));

    assertThat(value(prefixed, "ndcg@10")).isEqualTo(value(named, "ndcg@10"));
    assertThat(value(found, "ndcg@10"))
        .isCloseTo(trained("other", "val_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM));
    assertThat(value(named, "ndcg@10"))
        .isCloseTo(trained("model", "val_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void itemsOfAQueryThatLieInSeveralFilesAreOneListUnlessFilesAreKeptApart() throws IOException {
    assertThat(train().status()).isZero();
    CommandRun converted =
        CommandRun.of(
            "convert",
            "--from",
            "elwc",
            "--to",
            "libsvm",
            "--shards",
            1,
            "--input",
            folder.resolve("data/valid"),
            "--output",
            folder.resolve("whole"));
    assertThat(converted.status()).as(converted.err()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("whole/part-00000-of-00001.txt"));
    Files.createDirectories(folder.resolve("dealt"));
    for (int file = 0; file < 3; file++) {
      StringBuilder text = new StringBuilder();
      for (int line = file; line < lines.size(); line += 3) {
        text.append(lines.get(line)).append('\n');
      }
      Files.writeString(folder.resolve("dealt/part-%d.txt".formatted(file)), text);
    }

    JsonNode whole = evaluate("model", folder.resolve("whole"), "--format", "libsvm");
    JsonNode dealt = evaluate("model", folder.resolve("dealt"), "--format", "libsvm");
    JsonNode apart =
        evaluate(
            "model",
            folder.resolve("dealt"),
            "--format",
            "libsvm",
            "--queries-across-files",
            "apart");

    assertThat(value(dealt, "ndcg@10"))
        .isCloseTo(value(whole, "ndcg@10"), within(Tolerances.DOUBLE_SUM));
    assertThat(value(apart, "ndcg@10")).isNotEqualTo(value(whole, "ndcg@10"));
  }

  @Test
  void filesOfScikitLearnAndLightGbmAreEvaluatedAsTheyAre() throws IOException {
    assertThat(train().status()).isZero();
    CommandRun converted =
        CommandRun.of(
            "convert",
            "--from",
            "elwc",
            "--to",
            "libsvm",
            "--shards",
            1,
            "--input",
            folder.resolve("data/valid"),
            "--output",
            folder.resolve("whole"));
    assertThat(converted.status()).as(converted.err()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("whole/part-00000-of-00001.txt"));
    Map<String, Integer> counts = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      counts.merge(words[1], 1, Integer::sum);
      text.append(words[0]);
      for (int i = 2; i < words.length; i++) {
        String[] feature = words[i].split(":", 2);
        text.append(' ').append(Integer.parseInt(feature[0]) - 1).append(':').append(feature[1]);
      }
      text.append('\n');
    }
    Path theirs = Files.writeString(folder.resolve("rank.test"), text);
    Path queries =
        Files.write(
            folder.resolve("rank.test.query"),
            counts.values().stream().map(String::valueOf).toList());

    JsonNode ours = evaluate("model", folder.resolve("whole"), "--format", "libsvm");
    JsonNode read =
        evaluate(
            "model",
            theirs,
            "--format",
            "libsvm",
            "--zero-based",
            "--query-file",
            queries.toString());

    assertThat(read).isEqualTo(ours);
    CommandRun ofLists =
        CommandRun.of(
            "evaluate",
            "--model",
            folder.resolve("model/export/latest_model"),
            "--data",
            folder.resolve("data/valid"),
            "--queries-across-files",
            "apart");
    assertThat(ofLists.status()).isEqualTo(2);
    assertThat(ofLists.err())
        .startsWith(
            "rankline: --queries-across-files is for libsvm, and a record of elwc is a whole list");
  }

  @Test
  void everyTaskIsEvaluatedByItsLabel() throws IOException {
    CommandRun trained =
        train(
            "data.features.label=[{name = utility, dtype = int64, default = -1},"
                + " {name = custom_features_3, dtype = float32, default = 0}]",
            "data.tasks={useful = utility, third = custom_features_3}",
            "pipeline.loss={useful = softmax_loss, third = softmax_loss}",
            "pipeline.best_exporter_metric=useful_metric/ndcg_10");
    assertThat(trained.status()).as(trained.err()).isZero();

    JsonNode both = evaluate("model", folder.resolve("data/valid"));
    JsonNode one = evaluate("model", folder.resolve("data/valid"), "--task", "useful");

    for (String task : List.of("useful", "third")) {
      assertThat(value(both.get(task), "ndcg@10"))
          .isCloseTo(
              trained("model", "val_" + task + "_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM));
    }
    assertThat(value(both.get("useful"), "ndcg@10"))
        .isNotEqualTo(value(both.get("third"), "ndcg@10"));
    assertThat(one.get("useful")).isEqualTo(both.get("useful"));
    assertThat(one.has("third")).isFalse();
    CommandRun wrong =
        CommandRun.of(
            "evaluate",
            "--model",
            folder.resolve("model/export/latest_model"),
            "--data",
            folder.resolve("data/valid"),
            "--task",
            "utility");
    assertThat(wrong.err())
        .isEqualTo(
            """
            rankline: --task must be one of third, useful, got 'utility'
            run 'rankline help evaluate' for its options
            """);
  }

  @Test
  void weightsCountAsInTheWeightedMetricsOfTheTraining() throws IOException {
    CommandRun trained =
        train(
            "data.features.weight={name = custom_features_7, dtype = float32, default = 1}",
            "pipeline.use_weighted_metrics=true");
    assertThat(trained.status()).as(trained.err()).isZero();

    JsonNode found = evaluate("model", folder.resolve("data/valid"));

    assertThat(value(found, "ndcg@10"))
        .isCloseTo(trained("model", "val_weighted_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM))
        .isNotCloseTo(trained("model", "val_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void listsAndLabelsAreThoseOfTheValidation() throws IOException {
    // Training looks at three items, validation at five of up to eight.
    CommandRun trained =
        train("data.list_size=3", "data.valid_list_size=5", "data.convert_labels_to_binary=true");
    assertThat(trained.status()).as(trained.err()).isZero();

    JsonNode found = evaluate("model", folder.resolve("data/valid"));
    String told = said;
    JsonNode whole =
        evaluate(
            "model",
            folder.resolve("data/valid"),
            "--list-size",
            "0",
            "--no-convert-labels-to-binary");

    assertThat(value(found, "ndcg@10"))
        .isCloseTo(trained("model", "val_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM))
        .isNotCloseTo(value(whole, "ndcg@10"), within(Tolerances.DOUBLE_SUM));
    assertThat(told)
        .startsWith(
            "data: elwc (as in its validation); the first 5 items of a list (as in its"
                + " validation); labels above 0 as 1 (as in its validation)\n");
    assertThat(said)
        .startsWith(
            "data: elwc (as in its validation); all items of a list (--list-size); labels as they"
                + " are (--no-convert-labels-to-binary)\n");
  }

  @Test
  void theCommandLineStandsInForWhatTheModelWasValidatedWith() throws IOException {
    assertThat(train("model.scorer.use_batch_norm=false").status()).isZero();
    CommandRun other =
        train(
            "data.list_size=4",
            "data.convert_labels_to_binary=true",
            "pipeline.warm_start=" + folder.resolve("model"),
            "pipeline.model_dir=" + folder.resolve("other"),
            "pipeline.num_epochs=1",
            "pipeline.learning_rate=1e-30",
            "model.scorer.use_batch_norm=false");
    assertThat(other.status()).as(other.err()).isZero();

    JsonNode found =
        evaluate(
            "model", folder.resolve("data/valid"), "--list-size=4", "--convert-labels-to-binary");

    // The same network, validated as the options say.
    assertThat(value(found, "ndcg@10"))
        .isCloseTo(trained("other", "val_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void optionsOfAModelAreRefusedWithoutOne() {
    CommandRun run = CommandRun.of("evaluate", "--predictions", "x.tsv", "--list-size", "3");
    CommandRun negative =
        CommandRun.of("evaluate", "--model", "m", "--data", "d", "--list-size", "-1");

    assertThat(run.err())
        .isEqualTo(
            """
            rankline: --list-size goes with --model, and these are predictions
            run 'rankline help evaluate' for its options
            """);
    assertThat(negative.err())
        .isEqualTo(
            """
            rankline: --list-size must be 0 (all items) or more, got -1
            run 'rankline help evaluate' for its options
            """);
  }

  @Test
  void importanceStandsBesideTheMetrics() throws IOException {
    assertThat(train("pipeline.num_epochs=8").status()).isZero();

    JsonNode found =
        evaluate("model", folder.resolve("data/valid"), "--importance", "--importance-repeats=2");

    JsonNode importance = found.get("importance");
    assertThat(importance.get("metric").textValue()).isEqualTo("ndcg@10");
    assertThat(importance.get("value").doubleValue())
        .isCloseTo(value(found, "ndcg@10"), within(1e-6));
    assertThat(importance.get("queries").intValue()).isEqualTo(6);
    assertThat(importance.get("repeats").intValue()).isEqualTo(2);
    JsonNode features = importance.get("features");
    assertThat(features).hasSize(129);
    assertThat(features.get(0).get("lost").doubleValue()).isPositive();
    assertThat(features.get(0).get("interval")).hasSize(2);
    assertThat(said)
        .contains("importance for ndcg@10 (")
        .contains(": 6 lists, ")
        .contains("each feature permuted 2 times, seed 0")
        .contains("and 109 less important features (--json has all)");
    JsonNode again =
        evaluate("model", folder.resolve("data/valid"), "--importance", "--importance-repeats=2");
    assertThat(again).isEqualTo(found);
    JsonNode fewer =
        evaluate("model", folder.resolve("data/valid"), "--importance=mrr", "--importance-lists=4");
    assertThat(fewer.get("importance").get("queries").intValue()).isEqualTo(4);
    assertThat(fewer.get("importance").get("metric").textValue()).isEqualTo("mrr");
  }

  @Test
  void twoModelsAreComparedQueryByQuery() throws IOException {
    assertThat(train().status()).isZero();
    assertThat(train("pipeline.model_dir=" + folder.resolve("other"), "pipeline.seed=7").status())
        .isZero();
    Path table = folder.resolve("queries.csv");

    JsonNode found =
        evaluate(
            "model",
            folder.resolve("data/valid"),
            "--model",
            folder.resolve("other/export/latest_model").toString(),
            "--per-query",
            table.toString());

    assertThat(value(found, "ndcg@10"))
        .isCloseTo(trained("model", "val_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM));
    assertThat(value(found.get("ndcg@10"), "compared"))
        .isCloseTo(trained("other", "val_metric/ndcg_10"), within(Tolerances.DOUBLE_SUM));
    assertThat(said)
        .contains("A = " + folder.resolve("model/export/latest_model") + ": 6 queries")
        .contains("B = " + folder.resolve("other/export/latest_model") + ": 6 queries")
        .contains("B better");
    List<String> lines = Files.readAllLines(table);
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).isEqualTo("query,items,ndcg@10 A,ndcg@10 B,ndcg@10 B - A");
    assertThat(lines.get(1)).as("the query and its items").startsWith("13,5,");
  }

  private CommandRun train(String... overrides) throws IOException {
    Path file = SmallRun.write(folder);
    // The first features are for labels and weights.
    Files.writeString(file, Files.readString(file).replace("{1..136}", "{8..136}"));
    List<Object> arguments = new ArrayList<>(List.of("train", file));
    for (String override : overrides) {
      arguments.add("--set");
      arguments.add(override);
    }
    return CommandRun.of(arguments.toArray());
  }

  private JsonNode evaluate(String modelDir, Object data, String... options) throws IOException {
    Path json = folder.resolve("found.json");
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve(modelDir + "/export/latest_model"),
                "--data",
                data,
                "--metrics",
                "ndcg@10",
                "--json",
                json));
    arguments.addAll(List.of(options));
    CommandRun run = CommandRun.of(arguments.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    said = run.out();
    return new ObjectMapper().readTree(json.toFile());
  }

  private static double value(JsonNode metrics, String metric) {
    return metrics.path(metric).path("value").asDouble(Double.NaN);
  }

  private double trained(String modelDir, String metric) throws IOException {
    JsonNode epochs =
        new ObjectMapper()
            .readTree(Files.readString(folder.resolve(modelDir + "/history.json")))
            .path("epochs");
    return epochs.path(epochs.size() - 1).path("logs").path(metric).asDouble(Double.NaN);
  }
}
