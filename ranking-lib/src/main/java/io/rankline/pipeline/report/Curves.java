package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.LogName;
import io.rankline.pipeline.report.LineChart.Scale;
import io.rankline.pipeline.report.LineChart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * The charts of a training: one for each value and its validation, cut-offs of a metric together.
 */
final class Curves {

  private static final String RATE = LogName.LEARNING_RATE.text();

  /** The cut-off at the end of a metric's name. */
  private static final Pattern CUT_OFF = Pattern.compile("_\\d+$");

  /** A rate that changes by more than this is shown by its powers of ten. */
  private static final double WIDE = 20;

  private final List<EpochResult> epochs;
  private final OptionalInt best;
  private final double[] x;

  private Curves(List<EpochResult> epochs, OptionalInt best) {
    this.epochs = epochs;
    this.best = best;
    this.x = epochs.stream().mapToDouble(EpochResult::epoch).toArray();
  }

  static List<Block> of(List<EpochResult> epochs, OptionalInt best) {
    return new Curves(epochs, best).charts();
  }

  private List<Block> charts() {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.logs().keySet()));
    names.remove(RATE);
    Map<String, List<String>> families = new LinkedHashMap<>();
    for (String name : names) {
      families.computeIfAbsent(family(name), key -> new ArrayList<>()).add(name);
    }
    List<Block> charts = new ArrayList<>();
    families.forEach(
        (family, members) ->
            charts.add(
                chart(
                    title(family, members),
                    members.stream().map(name -> series(label(name, members), name)).toList(),
                    Scale.LINEAR)));
    if (epochs.stream().anyMatch(epoch -> epoch.value(RATE).isPresent())) {
      Series rate = series("learning rate", RATE);
      charts.add(chart("Learning rate", List.of(rate), scale(rate.y())));
    }
    charts.add(
        chart(
            "Lists trained on in a second",
            List.of(
                new Series(
                    "lists/s",
                    x,
                    epochs.stream().mapToDouble(EpochResult::listsPerSecond).toArray())),
            Scale.LINEAR));
    return charts;
  }

  private LineChart chart(String title, List<Series> series, Scale scale) {
    OptionalDouble marked =
        best.isPresent() ? OptionalDouble.of(best.getAsInt()) : OptionalDouble.empty();
    return new LineChart(title, "epoch", series, scale, marked, "best");
  }

  private Series series(String label, String name) {
    ToDoubleFunction<EpochResult> value = epoch -> epoch.value(name).orElse(Double.NaN);
    return new Series(label, x, epochs.stream().mapToDouble(value).toArray());
  }

  private static Scale scale(double[] rates) {
    double[] finite = Arrays.stream(rates).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(0);
    double most = Arrays.stream(finite).max().orElse(0);
    return least > 0 && most / least >= WIDE ? Scale.LOGARITHMIC : Scale.LINEAR;
  }

  private static String family(String name) {
    return CUT_OFF.matcher(LogName.parse(name).value()).replaceFirst("");
  }

  private static String title(String family, List<String> members) {
    String words = family.replace("metric/", "").replace('_', ' ');
    String title = words.equals("loss") ? "Loss" : words;
    return areOfValidation(members) ? title + ", validation" : title;
  }

  /** What distinguishes a curve from the others of its chart. */
  private static String label(String name, List<String> members) {
    LogName parsed = LogName.parse(name);
    String data = parsed.isOfValidation() ? "validation" : "training";
    if (members.stream().map(member -> LogName.parse(member).value()).distinct().count() == 1) {
      return data;
    }
    return areOfValidation(members) ? parsed.metric() : parsed.metric() + ", " + data;
  }

  private static boolean areOfValidation(List<String> names) {
    return names.stream().allMatch(name -> LogName.parse(name).isOfValidation());
  }
}
