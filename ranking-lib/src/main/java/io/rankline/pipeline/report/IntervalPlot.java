package io.rankline.pipeline.report;

import io.rankline.pipeline.report.IntervalChart.Row;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws an {@link IntervalChart}. */
final class IntervalPlot {

  private static final double ROW = 22;
  private static final double BAR = 12;
  private static final double CAP = 4;

  /** Room for a name, of which the rest is cut off. */
  private static final double NAMES = 190;

  private static final int LONGEST_NAME = 22;

  private final IntervalChart chart;
  private final HtmlWriter html;
  private final double low;
  private final double high;

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
      Plot.title(html, (NAMES + Plot.RIGHT) / 2, bottom + 36, chart.xTitle());
    } else {
      Plot.nothing(html);
    }
    Plot.end(html);
  }

  private void row(Row row, double middle) {
    String name = row.name();
    html.element(
        "text",
        name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…",
        "class",
        "y-label",
        "x",
        Plot.number(NAMES - 8),
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
    return NAMES + (value - low) / (high - low) * (Plot.RIGHT - NAMES);
  }
}
