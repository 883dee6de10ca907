package io.rankline.spark.training;

import io.rankline.config.ConfigurationKeys;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.transform.TransformText;
import io.rankline.loss.LossKey;
import io.rankline.metric.MetricKey;
import io.rankline.model.input.PreprocessorText;
import io.rankline.model.optimizer.GradientClipping;
import io.rankline.model.optimizer.LearningRate;
import io.rankline.model.optimizer.OptimizerKey;
import io.rankline.text.Family;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes {@code docs/configuration.md} of the options of records: {@link
 * ConfigurationPageTest#COMMAND}.
 */
final class ConfigurationPage {

  static final Path FILE = Path.of("..", "docs", "configuration.md");

  private final StringBuilder page = new StringBuilder();

  private ConfigurationPage() {}

  /** Writes the page, seen from the folder of this module. */
  public static void main(String[] args) throws IOException {
    Files.writeString(FILE, text());
  }

  static String text() {
    ConfigurationPage page = new ConfigurationPage();
    page.line("# Keys of configuration files");
    page.line("");
    page.line("Made from the options of records by `ConfigurationPage`; do not edit. To renew it:");
    page.line("");
    page.line("```");
    page.line(ConfigurationPageTest.COMMAND);
    page.line("```");
    page.line("");
    page.line(
        "A file is HOCON. An override, `--set pipeline.num_epochs=3`, counts before the file, and"
            + " the");
    page.line(
        "file before defaults. An unknown key is an error that names the nearest known one. A"
            + " list");
    page.line("of one element may be written without brackets.");
    page.data();
    page.model();
    page.pipeline();
    page.losses();
    page.strategies();
    return page.page.toString();
  }

  private void data() {
    title("data");
    line(
        "Besides these: `features`, what records hold (below), and `tasks`, an object with the"
            + " label");
    line("of each task; by default every label is a task of its own where there are several.");
    table(ConfigurationKeys.ofData());
    title("data.features");
    line("`context` and `example` are objects of features by name; `x_{1..136}` stands for one a");
    line(
        "number. `label` is a feature with a `name`, or a list of them; `weight` is one with a"
            + " `name`");
    line("and a `scope`, `item` (the default) or `list`.");
    table(RecordSpecText.options());
    title("synthetic");
    line("Made-up data that a run makes for itself.");
    table(ConfigurationKeys.ofSyntheticData());
  }

  private void model() {
    title("model");
    line("Besides these: `preprocess` and `scorer`, below.");
    table(ConfigurationKeys.ofModel());
    title("model.preprocess");
    line("`transforms` has a transform or a list of them for a feature, `all_examples` and");
    line(
        "`all_context` for all numbers that are not named. `default_values` has a number for what"
            + " is");
    line(
        "missing, `widths` a number of columns for features of varying length. Names may be"
            + " ranges.");
    TransformText.options().forEach((name, options) -> member("Transform", name, options));
    PreprocessorText.options()
        .forEach(
            (name, options) ->
                member("embeddings", name.isEmpty() ? "of a feature" : name, options));
    title("model.scorer");
    line("`type` says which.");
    members("Scorer", ConfigurationKeys.scorers());
  }

  private void pipeline() {
    title("pipeline");
    table(ConfigurationKeys.ofPipeline());
    line("");
    line("Other ways to write some of them:");
    table(ConfigurationKeys.shortcuts());
    title("pipeline.optimizer");
    line("The name alone, or an object with `name`, `learning_rate` (a number or a schedule),");
    line("`weight_decay`, the options of the optimizer and at most one limit on gradients.");
    for (OptimizerKey key : OptimizerKey.values()) {
      line("");
      line(
          "**%s**: learning rate %s, weight decay %s."
              .formatted(key.wireName(), key.learningRate(), key.weightDecay()));
      table(key.options().options());
    }
    member("Limits", "on gradients", RecordCodec.of(GradientClipping.class).options());
    title("pipeline.lr_schedule");
    line("An object with the `name` of a schedule and its options; `warm_up_steps` goes with all.");
    members("Schedule", LearningRate.schedules());
  }

  private void losses() {
    title("pipeline.loss");
    line("A name, `name:weight,name:weight`, or an object with a `name` and parameters, or with");
    line("`losses`, a list of such objects that may have a `weight`. See losses-and-metrics.md.");
    line("");
    line("| loss | parameters and their defaults |");
    line("|---|---|");
    for (LossKey key : LossKey.values()) {
      String parameters =
          key.parameters().entrySet().stream()
              .map(entry -> "`%s` %s".formatted(entry.getKey().wireName(), entry.getValue()))
              .collect(Collectors.joining(", "));
      line("| `%s` | %s |".formatted(key.wireName(), parameters));
    }
    title("Metrics");
    line("`name`, `name@k` for a cut-off, `name(parameter=value)`.");
    line("");
    line("| metric | cut-off | parameters |");
    line("|---|---|---|");
    for (MetricKey key : MetricKey.values()) {
      line(
          "| `%s` | %s | %s |"
              .formatted(
                  key.wireName(),
                  key.hasTopn() ? "yes" : "no",
                  String.join(", ", key.parameters())));
    }
  }

  private void strategies() {
    title("pipeline.strategy_options");
    line("See operations.md.");
  }

  private void members(String kind, Family<?> family) {
    for (String name : family.names()) {
      member(kind, name, family.codec(name).options());
    }
  }

  private void member(String kind, String name, List<OptionSpec> options) {
    line("");
    line("**%s %s**".formatted(kind, name));
    table(options);
  }

  private void title(String title) {
    line("");
    line("## " + title);
    line("");
  }

  private void table(List<OptionSpec> options) {
    line("");
    line("| key | type | default | rule | meaning |");
    line("|---|---|---|---|---|");
    for (OptionSpec option : options) {
      if (!option.isInText()) {
        continue;
      }
      String fallback = option.shownFallback();
      line(
          "| `%s` | %s | %s | %s | %s |"
              .formatted(
                  option.key(),
                  option.typeWords(),
                  fallback == null ? "required" : fallback.isEmpty() ? "–" : "`" + fallback + "`",
                  option.ruleWords(),
                  option.meaning()));
    }
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}
