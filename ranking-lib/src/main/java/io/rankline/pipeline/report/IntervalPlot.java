package io.rankline.pipeline.report;

import io.rankline.pipeline.report.IntervalChart.Row;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws an {@link IntervalChart}. */
final class IntervalPlot {

  private static final double ROW = 22;
  private static final double BAR = 12;
  private static final double CAP = 4;

  /** Longer names lose their middle: what tells them apart stands at an end, as a rule. */
  private static final int LONGEST_NAME = 26;

  private final IntervalChart chart;
  private final HtmlWriter html;
  private final double low;
  private final double high;
  private final double names;

  private IntervalPlot(IntervalChart chart, HtmlWriter html) {
    this.chart = chart;
    this.html = html;
    double[] ends =
        chart.rows().stream()
            .flatMapToDouble(row -> DoubleStream.of(row.value(), row.low(), row.high(), 0))
            .filter(Double::isFinite)
            .toArray();
    double least = DoubleStream.of(ends).min().orElse(0);
    double most = DoubleStream.of(ends).max().orElse(0);
    double room = (most - least) * 0.03;
    this.low = least < 0 ? least - room : least;
    this.high = most + room;
    int longest = chart.rows().stream().mapToInt(row -> width(row.name())).max().orElse(0);
    this.names = 14 + Math.min(longest, LONGEST_NAME) * Plot.DIGIT;
  }

  static void write(IntervalChart chart, HtmlWriter html) {
    new IntervalPlot(chart, html).write();
  }

  private void write() {
    List<Row> rows = chart.rows();
    double bottom = Plot.TOP + ROW * rows.size();
    Plot.begin(html, chart.title(), List.of(), bottom + Plot.HEIGHT - Plot.BOTTOM);
    if (high > low) {
      Ticks ticks = Ticks.linear(low, high, 5);
      for (double place : ticks.places()) {
        vertical("grid", x(place), bottom);
        Plot.xLabel(html, x(place), bottom + 18, ticks.label(place));
      }
      vertical("axis", x(0), bottom);
      for (int r = 0; r < rows.size(); r++) {
        row(rows.get(r), Plot.TOP + ROW * (r + 0.5));
      }
      Plot.title(html, (names + Plot.RIGHT) / 2, bottom + 36, chart.xTitle());
    } else {
      Plot.nothing(html);
    }
    Plot.end(html);
  }

  private void row(Row row, double middle) {
    html.element(
        "text",
        shortened(row.name()),
        "class",
        "y-label",
        "x",
        Plot.number(names - 8),
        "y",
        Plot.number(middle + 4));
    html.open("g", "class", "row");
    if (Double.isFinite(row.value())) {
      double from = Math.min(x(0), x(row.value()));
      html.empty(
          "rect",
          "class",
          "bar s1",
          "x",
          Plot.number(from),
          "y",
          Plot.number(middle - BAR / 2),
          "width",
          Plot.number(Math.max(0.8, Math.abs(x(row.value()) - x(0)))),
          "height",
          Plot.number(BAR));
    }
    if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
      html.empty(
          "path",
          "class",
          "interval",
          "d",
          "M%1$s %3$sV%4$sM%1$s %5$sH%2$sM%2$s %3$sV%4$s"
              .formatted(
                  Plot.number(x(row.low())),
                  Plot.number(x(row.high())),
                  Plot.number(middle - CAP),
                  Plot.number(middle + CAP),
                  Plot.number(middle)));
    }
    html.open(
            "rect",
            "class",
            "hover",
            "x",
            "0",
            "y",
            Plot.number(middle - ROW / 2),
            "width",
            Plot.number(Plot.WIDTH),
            "height",
            Plot.number(ROW))
        .element("title", row.note())
        .close();
    html.close();
  }

  private static String shortened(String name) {
    int[] letters = name.codePoints().toArray();
    int from = letters.length / 2;
    int to = from;
    while (width(letters, 0, from) + width(letters, to, letters.length) > LONGEST_NAME - 1) {
      if (width(letters, 0, from) > width(letters, to, letters.length)) {
        from--;
      } else {
        to++;
      }
    }
    return from == to
        ? name
        : new String(letters, 0, from) + "…" + new String(letters, to, letters.length - to);
  }

  private static int width(String name) {
    return width(name.codePoints().toArray(), 0, name.codePointCount(0, name.length()));
  }

  /** Letters of CJK and emoji are twice as wide as others. */
  private static int width(int[] letters, int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) {
      width += letters[i] < 0x1100 ? 1 : 2;
    }
    return width;
  }

  private void vertical(String kind, double x, double bottom) {
    html.empty(
        "line",
        "class",
        kind,
        "x1",
        Plot.number(x),
        "x2",
        Plot.number(x),
        "y1",
        Plot.number(Plot.TOP),
        "y2",
        Plot.number(bottom));
  }

  private double x(double value) {
    return names + (value - low) / (high - low) * (Plot.RIGHT - names);
  }
}
