package io.rankline.pipeline.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.LogName;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.explanation.EarlierRun;
import io.rankline.pipeline.explanation.TaskStudy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A training beside an earlier one: values of the best epochs, curves, keys that differ. */
final class EarlierBlocks {

  /** Keys that differ between any two runs, and say nothing of the model. */
  private static final Set<String> PLACES = Set.of("pipeline.model_dir", "pipeline.compare_with");

  private EarlierBlocks() {}

  static List<Block> of(TrainingReport report, EarlierRun earlier) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph("Compared with the training in " + earlier.folder() + "."));
    Monitor monitor = report.monitor();
    Optional<EpochResult> ours = monitor.bestOf(report.epochs());
    Optional<EpochResult> theirs = monitor.bestOf(earlier.epochs());
    if (theirs.isEmpty()) {
      blocks.add(new Paragraph(unmeasured(monitor, earlier)));
    } else if (ours.isPresent()) {
      blocks.add(values(ours.get(), theirs.get()));
      Set<String> shown = new LinkedHashSet<>(List.of(monitor.name(), "val_loss", "loss"));
      for (String name : shown) {
        if (ours.get().value(name).isPresent() && theirs.get().value(name).isPresent()) {
          blocks.add(
              new LineChart(
                  name,
                  "epoch",
                  List.of(
                      curve("this run", name, report.epochs()),
                      curve("earlier run", name, earlier.epochs()))));
        }
      }
    }
    for (TaskStudy task : report.study().tasks()) {
      if (!task.earlierFault().isEmpty()) {
        blocks.add(
            new Paragraph(
                "Its model cannot score the validation data of this run: %s."
                    .formatted(task.earlierFault())));
      }
    }
    keys(report.configuration(), earlier.configuration()).ifPresent(blocks::add);
    return blocks;
  }

  private static String unmeasured(Monitor monitor, EarlierRun earlier) {
    Set<String> names = new LinkedHashSet<>();
    earlier.epochs().forEach(epoch -> names.addAll(epoch.logs().keySet()));
    return names.isEmpty()
        ? "It has no history, so there are no values and curves to compare."
        : "Epochs are compared by %s, which it did not measure; it has %s."
            .formatted(monitor.name(), String.join(", ", names));
  }

  private static Table values(EpochResult ours, EpochResult theirs) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : ours.logs().keySet()) {
      if (LogName.parse(name).isOfValidation() && theirs.value(name).isPresent()) {
        double our = ours.value(name).orElse(Double.NaN);
        double their = theirs.value(name).orElse(Double.NaN);
        rows.add(
            List.of(
                name, number(our), number(their), (our > their ? "+" : "") + number(our - their)));
      }
    }
    return new Table(
        List.of(
            Table.Column.text("best epoch"),
            Table.Column.number("this run, epoch " + ours.epoch()),
            Table.Column.number("earlier run, epoch " + theirs.epoch()),
            Table.Column.number("difference")),
        rows);
  }

  private static String number(double value) {
    return Math.abs(value) < 1
        ? String.format(Locale.ROOT, "%.4f", value)
        : EpochLine.number(value);
  }

  private static LineChart.Series curve(String label, String name, List<EpochResult> epochs) {
    return new LineChart.Series(
        label,
        epochs.stream().mapToDouble(EpochResult::epoch).toArray(),
        epochs.stream().mapToDouble(epoch -> epoch.value(name).orElse(Double.NaN)).toArray());
  }

  /** Keys with another value; nothing where a configuration is not known. */
  private static Optional<Block> keys(String ours, String theirs) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return Optional.empty();
    }
    try {
      SortedMap<String, String> our = flat(ours);
      SortedMap<String, String> their = flat(theirs);
      Set<String> names = new TreeSet<>(our.keySet());
      names.addAll(their.keySet());
      List<List<String>> rows = new ArrayList<>();
      for (String name : names) {
        String value = our.getOrDefault(name, "");
        String before = their.getOrDefault(name, "");
        if (!value.equals(before) && !PLACES.contains(name)) {
          rows.add(List.of(name, value, before));
        }
      }
      return Optional.of(
          rows.isEmpty()
              ? new Paragraph("Both have the same configuration.")
              : new Table(
                  List.of(
                      Table.Column.text("key"),
                      Table.Column.text("this run"),
                      Table.Column.text("earlier run")),
                  rows));
    } catch (ConfigException e) {
      // Programs may describe themselves in any words.
      return Optional.empty();
    }
  }

  private static SortedMap<String, String> flat(String text) {
    SortedMap<String, String> flat = new TreeMap<>();
    Config config = ConfigFactory.parseString(text);
    config
        .entrySet()
        .forEach(
            entry ->
                flat.put(
                    entry.getKey(),
                    entry.getValue().unwrapped() instanceof String words
                        ? words
                        : entry.getValue().render(ConfigRenderOptions.concise())));
    return flat;
  }
}
