package io.rankline.spark.training;

import io.rankline.config.ConfigurationKeys;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.transform.TransformText;
import io.rankline.loss.LossKey;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.metric.MetricKey;
import io.rankline.model.input.PreprocessorText;
import io.rankline.model.optimizer.GradientClipping;
import io.rankline.model.optimizer.StepAverages;
import io.rankline.model.optimizer.rate.LearningRateText;
import io.rankline.model.optimizer.rule.OptimizerKey;
import io.rankline.spark.source.schema.SourceOptions;
import io.rankline.spark.training.option.AveragingOptions;
import io.rankline.spark.training.option.MultiWorkerOptions;
import io.rankline.spark.training.option.ThresholdOptions;
import io.rankline.text.Family;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    page.line(
        "of one element may be written without brackets. `--set KEY=null` takes a key of the file"
            + " away.");
    page.line(
        "`include \"other.conf\"` takes in a file that stands beside; one that is not there is an"
            + " error.");
    page.line("");
    page.line(
        "`seed = 7` beside the sections stands for `data.seed` and `pipeline.seed`. Each of these"
            + " counts before it;");
    page.line(
        "`--set seed=7` counts before all that the file says, and one of theirs with `--set` before"
            + " that. Made-up");
    page.line("data keeps a seed of its own, since that says what data it is.");
    page.data();
    page.model();
    page.pipeline();
    page.losses();
    page.strategies();
    page.source();
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
    title("pipeline.ensemble");
    line("Of several trainings one model: their folders are `members/1` and so on in `model_dir`.");
    table(ConfigurationKeys.ofEnsemble());
    title("pipeline.teacher");
    line("Whose scores a model of one task is trained on in place of labels.");
    table(ConfigurationKeys.ofTeacher());
    title("pipeline.base");
    line("The model whose scores the network of one task is trained to add to.");
    table(ConfigurationKeys.ofBase());
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
    member("Averages", "over steps", RecordCodec.of(StepAverages.class).options());
    title("pipeline.lr_schedule");
    line("An object with the `name` of a schedule and its options; `warm_up_steps` goes with all.");
    members("Schedule", LearningRateText.SCHEDULES);
  }

  private void losses() {
    title("pipeline.loss");
    line("A name, `name:weight,name:weight`, or an object with a `name` and parameters, or with");
    line("`losses`, a list of such objects that may have a `weight`. See losses-and-metrics.md.");
    line("");
    Map<String, List<OptionSpec>> losses = new TreeMap<>();
    Stream.of(LossKey.values()).forEach(key -> losses.put(key.wireName(), key.options()));
    shared("losses", losses);
    line("");
    line("Kinds of `lambda_weight`:");
    shared("kinds", options(LambdaWeightForm.kinds()));
    title("Metrics");
    line("`name`, `name@k` for a cut-off (`topn`), `name(parameter=value)`.");
    Map<String, List<OptionSpec>> metrics = new TreeMap<>();
    Stream.of(MetricKey.values()).forEach(key -> metrics.put(key.wireName(), key.options()));
    shared("metrics", metrics);
  }

  private void strategies() {
    title("pipeline.strategy_options");
    line("Numbers and names, by strategy; operations.md says when to use which.");
    member("Strategy", MultiWorkerOptions.STRATEGY, options(MultiWorkerOptions.class));
    member("Besides, with", "gradient_sharing=threshold", options(ThresholdOptions.class));
    member("Strategy", AveragingOptions.STRATEGY, options(AveragingOptions.class));
  }

  private void source() {
    title("Options of the elwc data source");
    line("Of `spark.read().format(\"elwc\")` and of writes; names are matched in any case.");
    table(options(SourceOptions.class));
  }

  private static List<OptionSpec> options(Class<? extends Record> type) {
    return RecordCodec.of(type).options();
  }

  private static Map<String, List<OptionSpec>> options(Family<?> family) {
    Map<String, List<OptionSpec>> options = new TreeMap<>();
    family.names().forEach(name -> options.put(name, family.codec(name).options()));
    return options;
  }

  /** One row for options that several members have alike. */
  private void shared(String kind, Map<String, List<OptionSpec>> members) {
    SortedMap<String, List<String>> named = new TreeMap<>();
    List<String> without = new ArrayList<>();
    members.forEach(
        (name, options) -> {
          options.forEach(
              option -> named.computeIfAbsent(row(option), row -> new ArrayList<>()).add(name));
          if (options.isEmpty()) {
            without.add(name);
          }
        });
    line("");
    line("| key | type | default | rule | meaning | %s |".formatted(kind));
    line("|---|---|---|---|---|---|");
    named.forEach((row, names) -> line("%s %s |".formatted(row, quoted(names))));
    if (!without.isEmpty()) {
      line("| – | | | | nothing to set | %s |".formatted(quoted(without)));
    }
  }

  private static String quoted(List<String> names) {
    return names.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
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
    options.forEach(option -> line(row(option)));
  }

  private static String row(OptionSpec option) {
    String fallback = option.shownFallback();
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            option.key(),
            option.typeWords(),
            fallback == null ? "required" : fallback.isEmpty() ? "–" : "`" + fallback + "`",
            option.ruleWords(),
            option.meaning());
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}
