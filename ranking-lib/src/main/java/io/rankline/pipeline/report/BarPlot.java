package io.rankline.pipeline.report;

import io.rankline.pipeline.report.BarChart.Series;
import java.util.Arrays;

/** Draws a {@link BarChart}. */
final class BarPlot {

  private BarPlot() {}

  static void write(BarChart chart, HtmlWriter html) {
    Plot.begin(html, chart.title(), chart.series().stream().map(Series::name).toList());
    double highest =
        chart.series().stream()
            .flatMapToDouble(bars -> Arrays.stream(bars.heights()))
            .max()
            .orElse(0);
    if (highest > 0) {
      bars(chart, highest * 1.04, html);
    } else {
      Plot.nothing(html);
    }
    Plot.end(html);
  }

  private static void bars(BarChart chart, double top, HtmlWriter html) {
    Ticks ticks = Ticks.linear(0, top, 5);
    double unit = (Plot.BOTTOM - Plot.TOP) / top;
    ticks
        .places()
        .forEach(place -> Plot.yTick(html, Plot.BOTTOM - place * unit, ticks.label(place)));
    int categories = chart.categories().size();
    double slot = (Plot.RIGHT - Plot.LEFT) / categories;
    int each = labelled(chart, slot);
    // Where there is a 0, it is among those with a label.
    int first = Math.max(0, chart.categories().indexOf("0")) % each;
    int count = chart.series().size();
    // A lone data set's bars nearly touch, as those of histograms do; groups need room between.
    double group = Math.min(slot * (count == 1 ? 0.92 : 0.8), 60.0 * count);
    double width = group / count;
    for (int c = 0; c < categories; c++) {
      double middle = Plot.LEFT + (c + 0.5) * slot;
      if (c % each == first) {
        Plot.xTick(html, middle, chart.categories().get(c));
      }
      for (int s = 0; s < count; s++) {
        double height = chart.series().get(s).heights()[c] * unit;
        if (height > 0) {
          // A bar that is not empty stays visible.
          double seen = Math.max(height, 0.8);
          html.open(
                  "rect",
                  "class",
                  "bar " + Plot.colour(s),
                  "x",
                  Plot.number(middle - group / 2 + s * width),
                  "y",
                  Plot.number(Plot.BOTTOM - seen),
                  "width",
                  Plot.number(width),
                  "height",
                  Plot.number(seen))
              .element("title", chart.series().get(s).notes().get(c))
              .close();
        }
      }
    }
    Plot.xAxis(html, chart.xTitle());
  }

  /** Every how many categories there is room for a label. */
  private static int labelled(BarChart chart, double slot) {
    int longest = chart.categories().stream().mapToInt(String::length).max().orElse(1);
    return (int) Math.max(1, Math.ceil((longest + 1.5) * Plot.DIGIT / slot));
  }
}
