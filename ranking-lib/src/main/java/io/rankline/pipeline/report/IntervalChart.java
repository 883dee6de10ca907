package io.rankline.pipeline.report;

import java.util.List;

/**
 * Values with intervals, one below the other, each beside its name. As high as it has rows.
 *
 * @param title over the chart; says what the values are
 * @param xTitle what the horizontal axis is
 * @param rows from the top
 */
public record IntervalChart(String title, String xTitle, List<Row> rows) implements Block {

  /**
   * One value.
   *
   * @param name at its left
   * @param value the bar ends there; it begins at 0
   * @param low where its interval begins; NaN for none
   * @param high where it ends; NaN for none
   * @param note the text shown where the mouse is
   */
  public record Row(String name, double value, double low, double high, String note) {}

  public IntervalChart {
    rows = List.copyOf(rows);
  }
}
