package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.explanation.EarlierRun;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.text.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a page reports of one training; {@link #page} makes the page.
 *
 * @param model name of the model
 * @param started when the run began
 * @param runTime wall time of the run
 * @param monitor the value by which epochs are compared
 * @param end why training ended before its last epoch; empty if it did not
 * @param epochs the history, earlier runs included
 * @param evaluations of the final model, such as on validation and test data
 * @param study what the final model makes of the validation data
 * @param earlier a training that is compared with; null for none
 * @param data counts and histograms of the data sets
 * @param configuration resolved, as text
 * @param environment what it ran on
 */
public record TrainingReport(
    String model,
    Instant started,
    Duration runTime,
    Monitor monitor,
    String end,
    List<EpochResult> epochs,
    List<EvaluatedData> evaluations,
    ModelStudy study,
    @Nullable EarlierRun earlier,
    List<DataProfile> data,
    String configuration,
    Environment environment) {

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public TrainingReport {
    epochs = List.copyOf(epochs);
    evaluations = List.copyOf(evaluations);
    data = List.copyOf(data);
  }

  /** Collects a report; what is not given is left out of the page. */
  public static Builder builder(String model) {
    return new Builder(model);
  }

  /** The best epoch, as {@code BestModel} decides; empty where no epoch has a number. */
  public OptionalInt bestEpoch() {
    return monitor.bestOf(epochs).map(e -> OptionalInt.of(e.epoch())).orElse(OptionalInt.empty());
  }

  /** The page. */
  public ReportPage page() {
    OptionalInt best = bestEpoch();
    List<Chapter> chapters = new ArrayList<>();
    List<Block> metrics = new ArrayList<>(BaselineTable.of(study));
    if (!evaluations.isEmpty()) {
      metrics.addAll(MetricTable.of(evaluations));
    }
    add(chapters, "Metrics", metrics);
    if (!epochs.isEmpty()) {
      chapters.add(new Chapter("Curves", Curves.of(epochs, best)));
    }
    if (earlier != null) {
      add(chapters, "Earlier run", EarlierBlocks.of(this, earlier));
    }
    add(chapters, "Importance", FeatureBlocks.importance(study));
    add(chapters, "What features add", FeatureBlocks.curves(study));
    add(chapters, "Queries", QueryBlocks.of(study));
    if (!data.isEmpty()) {
      chapters.add(new Chapter("Data", dataBlocks()));
    }
    add(chapters, "Features", FeatureBlocks.table(study));
    if (!epochs.isEmpty()) {
      chapters.add(new Chapter("Epochs", EpochTable.of(epochs, best)));
    }
    if (!configuration.isEmpty()) {
      chapters.add(new Chapter("Configuration", List.of(new Listing(configuration))));
    }
    if (!environment.facts().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      environment.facts().forEach((name, value) -> rows.add(List.of(name, value)));
      Table table = new Table(List.of(Table.Column.text("What"), Table.Column.text("Which")), rows);
      chapters.add(new Chapter("Environment", List.of(table)));
    }
    return new ReportPage(model, verdict(best), facts(), chapters);
  }

  private static void add(List<Chapter> chapters, String title, List<Block> blocks) {
    if (!blocks.isEmpty()) {
      chapters.add(new Chapter(title, blocks));
    }
  }

  private String verdict(OptionalInt best) {
    String early = end.isEmpty() ? "" : " Training ended early: " + end + ".";
    if (epochs.isEmpty()) {
      return "No epoch was finished." + early;
    }
    if (best.isEmpty()) {
      return "Epochs: %s, none with a finite %s.".formatted(epochs.size(), monitor.name()) + early;
    }
    EpochResult epoch = monitor.bestOf(epochs).orElseThrow();
    return "Best epoch: %s of %s, with %s %s."
            .formatted(
                best.getAsInt(),
                epochs.get(epochs.size() - 1).epoch(),
                monitor.name(),
                EpochLine.number(monitor.of(epoch)))
        + early;
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    if (!started.equals(Instant.EPOCH)) {
      facts.put("Started", MINUTES.format(started));
    }
    facts.put("Run time", EpochLine.duration(runTime));
    if (!epochs.isEmpty()) {
      EpochResult last = epochs.get(epochs.size() - 1);
      long lists = epochs.stream().mapToLong(EpochResult::lists).sum();
      double seconds = epochs.stream().mapToDouble(e -> e.training().toNanos() / 1e9).sum();
      double waiting = epochs.stream().mapToDouble(e -> e.waiting().toNanos() / 1e9).sum();
      facts.put("Epochs", Integer.toString(last.epoch()));
      facts.put("Steps", whole(last.step()));
      facts.put("Lists trained on", whole(lists));
      if (seconds > 0) {
        facts.put("Speed", EpochLine.rate(lists / seconds));
        facts.put(
            "Waited for input", String.format(Locale.ROOT, "%.1f %%", 100 * waiting / seconds));
      }
    }
    return facts;
  }

  private List<Block> dataBlocks() {
    List<List<String>> rows = new ArrayList<>();
    for (DataProfile set : data) {
      rows.add(
          List.of(
              set.name(),
              whole(set.lists()),
              whole(set.items()),
              set.lists() == 0
                  ? ""
                  : String.format(Locale.ROOT, "%.1f", (double) set.items() / set.lists())));
    }
    Table table =
        new Table(
            List.of(
                Table.Column.text("Data"),
                Table.Column.number("Lists"),
                Table.Column.number("Items"),
                Table.Column.number("Items in a list")),
            rows);
    List<Block> blocks = new ArrayList<>(List.of(table));
    for (DataProfile set : data) {
      if (set.unlabelled() > 0) {
        blocks.add(new Paragraph(set.name() + ": " + set.leftOut() + "."));
      }
    }
    blocks.add(ProfileCharts.sizes(data));
    blocks.add(ProfileCharts.labels(data));
    return blocks;
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Collects what is reported. */
  public static final class Builder extends RecordBuilder<TrainingReport, Builder> {

    private final List<EvaluatedData> evaluations = new ArrayList<>();
    private final List<DataProfile> data = new ArrayList<>();

    private Builder(String model) {
      super(TrainingReport.class);
      set("model", model);
      set("started", Instant.EPOCH);
      set("runTime", Duration.ZERO);
      set("monitor", Monitor.VALIDATION_LOSS);
      set("evaluations", evaluations);
      set("study", ModelStudy.NONE);
      set("data", data);
      set("environment", new Environment(Map.of()));
    }

    /** When the run began, and how long it took. */
    public Builder run(Instant started, Duration runTime) {
      return set("started", started).set("runTime", runTime);
    }

    /** The value by which epochs are compared; default the validation loss. */
    public Builder monitor(Monitor monitor) {
      return set("monitor", monitor);
    }

    /** Why training ended before its last epoch. */
    public Builder endedEarly(String reason) {
      return set("end", reason);
    }

    /** The history. */
    public Builder epochs(List<EpochResult> epochs) {
      return set("epochs", epochs);
    }

    /** Adds a column to the table of metrics. */
    public Builder evaluation(EvaluatedData evaluation) {
      evaluations.add(evaluation);
      return this;
    }

    /** What the final model makes of the validation data. */
    public Builder study(ModelStudy study) {
      return set("study", study);
    }

    /** A training that is compared with. */
    public Builder earlier(EarlierRun run) {
      return set("earlier", run);
    }

    /** Adds a data set to the histograms. */
    public Builder data(DataProfile profile) {
      data.add(profile);
      return this;
    }

    /** The resolved configuration. */
    public Builder configuration(String text) {
      return set("configuration", text);
    }

    /** What it ran on. */
    public Builder environment(Environment environment) {
      return set("environment", environment);
    }
  }
}
