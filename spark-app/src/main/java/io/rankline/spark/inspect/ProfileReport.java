package io.rankline.spark.inspect;

import io.rankline.feature.DType;
import io.rankline.spark.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a {@link FilesProfile} for people. */
public final class ProfileReport {

  private static final int BAR = 40;
  private static final int BUCKETS = 10;

  private final FilesProfile profile;
  private final @Nullable String label;
  private final int width;

  /**
   * A report.
   *
   * @param label name of the label, or null for none
   * @param width of the terminal, in characters
   */
  public ProfileReport(FilesProfile profile, @Nullable String label, int width) {
    this.profile = profile;
    this.label = label;
    this.width = width;
  }

  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "lists %,d   items %,d   corrupt records %,d%s%n",
        profile.lists(),
        profile.items(),
        profile.corruptRecords(),
        profile.corruptRecords() == 0
            ? ""
            : String.format(
                Locale.ROOT, " (%.2f %% of the data is left out)", 100 * profile.lostShare()));
    profile.faults().forEach(fault -> out.println("  " + fault));
    if (profile.corruptRecords() > profile.faults().size()) {
      out.printf(
          Locale.ROOT, "  and %,d more%n", profile.corruptRecords() - profile.faults().size());
    }
    if (profile.lists() == 0) {
      return;
    }
    printListSizes(out);
    FeatureProfile labels = label == null ? null : profile.examples().get(label);
    if (labels != null) {
      out.printf("%nlabel %s%n", label);
      printBars(out, labelBars(labels));
      if (labels.below0() > 0) {
        out.printf(
            Locale.ROOT,
            "  %,d of %,d items have a label below 0: left out%n",
            labels.below0(),
            profile.items());
      }
    }
    printFeatures(out, "context features", profile.context(), profile.lists());
    printFeatures(out, "example features", profile.examples(), profile.items());
    out.flush();
  }

  private void printListSizes(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%nlist size: mean %.1f; min %d, 5 %% %d, 25 %% %d, 50 %% %d, 75 %% %d, 95 %% %d, max %d%n",
        (double) profile.items() / profile.lists(),
        profile.listSizes().firstKey(),
        profile.listSizeQuantile(0.05),
        profile.listSizeQuantile(0.25),
        profile.listSizeQuantile(0.5),
        profile.listSizeQuantile(0.75),
        profile.listSizeQuantile(0.95),
        profile.listSizes().lastKey());
    int min = profile.listSizes().firstKey();
    int max = profile.listSizes().lastKey();
    int step = Math.max(1, (max - min + BUCKETS) / BUCKETS);
    SortedMap<Integer, Long> buckets = new TreeMap<>();
    for (int from = min; from <= max; from += step) {
      buckets.put(from, 0L);
    }
    profile
        .listSizes()
        .forEach(
            (size, count) -> buckets.merge(min + (size - min) / step * step, count, Long::sum));
    List<Map.Entry<String, Long>> bars = new ArrayList<>();
    buckets.forEach(
        (from, count) -> {
          int to = Math.min(max, from + step - 1);
          bars.add(Map.entry(from == to ? "" + from : from + "-" + to, count));
        });
    printBars(out, bars);
  }

  private List<Map.Entry<String, Long>> labelBars(FeatureProfile labels) {
    List<Map.Entry<String, Long>> bars = new ArrayList<>();
    labels.histogram().forEach((value, count) -> bars.add(Map.entry(number(value), count)));
    long without = profile.items() - labels.present();
    if (without > 0) {
      bars.add(Map.entry("none", without));
    }
    return bars;
  }

  private static void printBars(PrintWriter out, List<Map.Entry<String, Long>> bars) {
    long largest = 1;
    long sum = 0;
    int name = 0;
    for (Map.Entry<String, Long> bar : bars) {
      largest = Math.max(largest, bar.getValue());
      sum += bar.getValue();
      name = Math.max(name, bar.getKey().length());
    }
    for (Map.Entry<String, Long> bar : bars) {
      int length = (int) Math.ceil((double) bar.getValue() * BAR / largest);
      out.printf(
          Locale.ROOT,
          "  %" + name + "s %,12d  %5.1f %%  %s%n",
          bar.getKey(),
          bar.getValue(),
          100.0 * bar.getValue() / Math.max(1, sum),
          "#".repeat(length));
    }
  }

  private void printFeatures(
      PrintWriter out, String title, SortedMap<String, FeatureProfile> features, long holders) {
    if (features.isEmpty()) {
      return;
    }
    out.printf("%n%s (quantiles are approximate)%n", title);
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column("feature", 0),
                new TextTable.Column("kind", 0),
                new TextTable.Column("in", 0),
                new TextTable.Column("values", 3),
                new TextTable.Column("min", 0),
                new TextTable.Column("25 %", 1),
                new TextTable.Column("median", 0),
                new TextTable.Column("75 %", 1),
                new TextTable.Column("max", 0),
                new TextTable.Column("mean", 0),
                new TextTable.Column("note", 0)));
    features.forEach((name, feature) -> table.add(row(name, feature, holders)));
    table.print(out, width);
  }

  private static List<String> row(String name, FeatureProfile feature, long holders) {
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(kind(feature));
    row.add(percent(feature.present(), holders));
    row.add(
        feature.minCount() == feature.maxCount()
            ? "" + feature.maxCount()
            : feature.minCount() + "-" + feature.maxCount());
    boolean numbers = feature.hasNumbers();
    row.add(numbers ? number(feature.min()) : "");
    row.add(numbers ? number(feature.quantile(0.25)) : "");
    row.add(numbers ? number(feature.quantile(0.5)) : "");
    row.add(numbers ? number(feature.quantile(0.75)) : "");
    row.add(numbers ? number(feature.max()) : "");
    row.add(numbers ? number(feature.mean()) : "");
    List<String> notes = new ArrayList<>();
    if (feature.notANumber() > 0) {
      notes.add(String.format(Locale.ROOT, "%,d NaN", feature.notANumber()));
    }
    if (feature.distinctStrings() > 0) {
      notes.add(String.format(Locale.ROOT, "about %,d distinct", feature.distinctStrings()));
    }
    row.add(String.join(", ", notes));
    return row;
  }

  /** The type where items agree, else how many items have which. */
  static String kind(FeatureProfile feature) {
    DType dtype = feature.dtype();
    if (dtype != null) {
      return dtype.wireName();
    }
    return feature.presentByType().entrySet().stream()
        .map(entry -> entry.getKey().wireName() + ":" + entry.getValue())
        .collect(Collectors.joining("|"));
  }

  /** {@code 100 %} only where all have it, and {@code 0 %} only where none has. */
  static String percent(long part, long whole) {
    double share = whole == 0 ? 0 : 100.0 * part / whole;
    if (part == whole || part == 0) {
      return String.format(Locale.ROOT, "%.0f %%", share);
    }
    return String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, Math.max(0.1, share)));
  }

  /** At most nine characters, four digits of them certain. */
  static String number(double value) {
    double magnitude = Math.abs(value);
    if (value == Math.rint(value) && magnitude < 1e7) {
      return String.format(Locale.ROOT, "%.0f", value + 0.0);
    }
    if (magnitude >= 1e5 || magnitude < 1e-3) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(magnitude)));
    return String.format(Locale.ROOT, "%." + Math.min(decimals, 4) + "f", value);
  }
}
