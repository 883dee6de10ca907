package io.rankline.pipeline.report;

import java.util.List;

/**
 * Bars side by side over categories: a histogram of one or several data sets.
 *
 * @param title over the chart; says what the vertical axis is
 * @param xTitle what the categories are
 * @param categories in order
 * @param series the bars of each category; a legend names them where there are several
 */
public record BarChart(String title, String xTitle, List<String> categories, List<Series> series)
    implements Block {

  /**
   * The bars of one data set.
   *
   * @param name in the legend
   * @param heights 0 or more, shape [categories]
   * @param notes the text shown where the mouse is on a bar, shape [categories]
   */
  public record Series(String name, double[] heights, List<String> notes) {

    public Series {
      notes = List.copyOf(notes);
    }
  }

  public BarChart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
    for (Series bars : series) {
      if (bars.heights().length != categories.size() || bars.notes().size() != categories.size()) {
        throw new IllegalArgumentException(
            "bars of '%s' must be %s, one a category, got %s heights and %s notes"
                .formatted(
                    bars.name(), categories.size(), bars.heights().length, bars.notes().size()));
      }
    }
  }
}
