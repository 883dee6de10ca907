package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.report.LineChart.Scale;
import io.rankline.pipeline.report.LineChart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws a {@link LineChart}. */
final class LinePlot {

  /** With more points than that, dots would hide the curve. */
  private static final int MOST_DOTS = 30;

  private final LineChart chart;
  private final HtmlWriter html;
  private final double lowX;
  private final double highX;
  private final double lowY;
  private final double highY;
  private final boolean flat;

  private LinePlot(LineChart chart, HtmlWriter html) {
    this.chart = chart;
    this.html = html;
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : chart.series()) {
      for (int i = 0; i < series.x().length; i++) {
        left = Math.min(left, series.x()[i]);
        right = Math.max(right, series.x()[i]);
        if (shown(series.y()[i])) {
          double height = height(series.y()[i]);
          low = Math.min(low, height);
          high = Math.max(high, height);
        }
      }
    }
    flat = low == high;
    if (flat) {
      // One value alone stands in the middle.
      double room = chart.scale() == Scale.LOGARITHMIC ? 0.5 : low == 0 ? 1 : Math.abs(low) * 0.1;
      low -= room;
      high += room;
    } else {
      double room = (high - low) * 0.06;
      low -= room;
      high += room;
    }
    lowX = left == right ? left - 0.5 : left;
    highX = left == right ? right + 0.5 : right;
    lowY = low;
    highY = high;
  }

  static void write(LineChart chart, HtmlWriter html) {
    new LinePlot(chart, html).write();
  }

  private void write() {
    Plot.begin(html, chart.title(), chart.series().stream().map(Series::name).toList());
    if (lowY < highY) {
      axes();
      for (int i = 0; i < chart.series().size(); i++) {
        curve(chart.series().get(i), i);
      }
      hovers();
    } else {
      Plot.nothing(html);
    }
    Plot.end(html);
  }

  private void axes() {
    Ticks heights = heights();
    heights.places().forEach(place -> Plot.yTick(html, y(place), heights.label(place)));
    Ticks places = isWhole() ? Ticks.whole(lowX, highX, 8) : Ticks.linear(lowX, highX, 8);
    places.places().forEach(place -> Plot.xTick(html, x(place), places.label(place)));
    Plot.xAxis(html, chart.xTitle());
    if (chart.marked().isPresent()) {
      double x = x(chart.marked().getAsDouble());
      html.empty(
          "line",
          "class",
          "mark",
          "x1",
          Plot.number(x),
          "x2",
          Plot.number(x),
          "y1",
          Plot.number(Plot.TOP),
          "y2",
          Plot.number(Plot.BOTTOM));
      boolean farRight = x > (Plot.LEFT + Plot.RIGHT) / 2;
      html.element(
          "text",
          chart.mark(),
          "class",
          farRight ? "mark-label before" : "mark-label",
          "x",
          Plot.number(farRight ? x - 4 : x + 4),
          "y",
          Plot.number(Plot.TOP + 2));
    }
  }

  /** Epochs and counts have no fractions between them. */
  private boolean isWhole() {
    return chart.series().stream()
        .flatMapToDouble(series -> Arrays.stream(series.x()))
        .allMatch(x -> x == Math.rint(x));
  }

  private Ticks heights() {
    boolean logarithmic = chart.scale() == Scale.LOGARITHMIC;
    if (flat) {
      double middle = (lowY + highY) / 2;
      return Ticks.at(logarithmic ? Math.pow(10, middle) : middle);
    }
    return logarithmic
        ? Ticks.logarithmic(Math.pow(10, lowY), Math.pow(10, highY))
        : Ticks.linear(lowY, highY, 5);
  }

  private void curve(Series series, int number) {
    StringBuilder path = new StringBuilder();
    List<Integer> dots = new ArrayList<>();
    int points = series.x().length;
    boolean broken = true;
    for (int i = 0; i < points; i++) {
      if (!shown(series.y()[i])) {
        broken = true;
        continue;
      }
      boolean endsHere = i + 1 == points || !shown(series.y()[i + 1]);
      if (points <= MOST_DOTS || (broken && endsHere)) {
        dots.add(i);
      }
      path.append(broken ? "M" : "L")
          .append(Plot.number(x(series.x()[i])))
          .append(' ')
          .append(Plot.number(y(series.y()[i])));
      broken = false;
    }
    if (!path.isEmpty()) {
      html.empty("path", "class", Plot.line(number), "d", path.toString());
    }
    for (int i : dots) {
      html.empty(
          "circle",
          "class",
          "dot " + Plot.colour(number),
          "cx",
          Plot.number(x(series.x()[i])),
          "cy",
          Plot.number(y(series.y()[i])),
          "r",
          points == 1 ? "4" : "2.5");
    }
  }

  /** A strip for each place on the horizontal axis, which shows all values there. */
  private void hovers() {
    Map<Double, StringBuilder> notes = new TreeMap<>();
    for (Series series : chart.series()) {
      for (int i = 0; i < series.x().length; i++) {
        double x = series.x()[i];
        notes
            .computeIfAbsent(
                x, place -> new StringBuilder(chart.xTitle() + " " + EpochLine.number(place)))
            .append('\n')
            .append(series.name())
            .append(' ')
            .append(EpochLine.number(series.y()[i]));
      }
    }
    double width = (Plot.RIGHT - Plot.LEFT) / Math.max(1, notes.size() - 1);
    notes.forEach(
        (place, note) -> {
          double from = Math.max(Plot.LEFT, x(place) - width / 2);
          double to = Math.min(Plot.RIGHT, x(place) + width / 2);
          html.open(
                  "rect",
                  "class",
                  "hover",
                  "x",
                  Plot.number(from),
                  "y",
                  Plot.number(Plot.TOP),
                  "width",
                  Plot.number(to - from),
                  "height",
                  Plot.number(Plot.BOTTOM - Plot.TOP))
              .element("title", note.toString())
              .close();
        });
  }

  private boolean shown(double value) {
    return Double.isFinite(value) && (chart.scale() == Scale.LINEAR || value > 0);
  }

  private double height(double value) {
    return chart.scale() == Scale.LINEAR ? value : Math.log10(value);
  }

  private double x(double place) {
    return Plot.LEFT + (place - lowX) / (highX - lowX) * (Plot.RIGHT - Plot.LEFT);
  }

  private double y(double value) {
    return Plot.BOTTOM - (height(value) - lowY) / (highY - lowY) * (Plot.BOTTOM - Plot.TOP);
  }
}
