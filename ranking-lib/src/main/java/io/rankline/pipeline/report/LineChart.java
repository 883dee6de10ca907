package io.rankline.pipeline.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Curves over a common horizontal axis.
 *
 * @param title over the chart; says what the vertical axis is
 * @param xTitle what the horizontal axis is, such as "epoch"
 * @param series the curves; a legend names them where there are several
 * @param scale of the vertical axis
 * @param marked a place on the horizontal axis that is marked
 * @param mark the text shown there
 */
public record LineChart(
    String title,
    String xTitle,
    List<Series> series,
    Scale scale,
    OptionalDouble marked,
    String mark)
    implements Block {

  /** How values become heights. */
  public enum Scale {
    LINEAR,
    /** For values above 0 that span several powers of ten; others are left out. */
    LOGARITHMIC
  }

  /**
   * One curve, with a gap wherever y is NaN or infinite.
   *
   * @param name in the legend
   * @param x ascending, shape [points]
   * @param y shape [points]
   */
  public record Series(String name, double[] x, double[] y) {

    public Series {
      if (x.length != y.length) {
        throw new IllegalArgumentException(
            "y of '%s' must have the shape of x, [%s], got [%s]"
                .formatted(name, x.length, y.length));
      }
    }
  }

  public LineChart {
    series = List.copyOf(series);
  }

  /** A chart with a linear axis, and nothing marked. */
  public LineChart(String title, String xTitle, List<Series> series) {
    this(title, xTitle, series, Scale.LINEAR, OptionalDouble.empty(), "");
  }
}
