package io.rankline.pipeline.report;

import java.util.List;
import java.util.Locale;

/**
 * The frame of a chart: size, margins, axes, legend, in units of its view box, which are about
 * pixels.
 */
final class Plot {

  static final double WIDTH = 520;
  static final double HEIGHT = 250;
  static final double LEFT = 68;
  static final double RIGHT = WIDTH - 14;
  static final double TOP = 14;
  static final double BOTTOM = HEIGHT - 44;

  /** Width of a digit in a label on narrow screens, where letters are largest. */
  static final double DIGIT = 9.2;

  /** Number of colours; curves beyond have them again, dashed. */
  private static final int COLOURS = 8;

  private Plot() {}

  /** Opens figure and image. */
  static void begin(HtmlWriter html, String title, List<String> names) {
    begin(html, title, names, HEIGHT);
  }

  /** Opens figure and image of another height. */
  static void begin(HtmlWriter html, String title, List<String> names, double height) {
    html.open("figure").element("figcaption", title);
    if (names.size() > 1) {
      html.open("ul", "class", "legend");
      for (int i = 0; i < names.size(); i++) {
        html.open("li")
            .open("svg", "viewBox", "0 0 22 8", "class", "swatch", "aria-hidden", "true")
            .empty("line", "x1", "0", "y1", "4", "x2", "22", "y2", "4", "class", line(i))
            .close()
            .text(names.get(i))
            .close();
      }
      html.close();
    }
    html.open(
        "svg",
        "class",
        "plot",
        "viewBox",
        "0 0 %s %s".formatted(number(WIDTH), number(height)),
        "role",
        "img",
        "aria-label",
        names.size() > 1 ? title + ": " + String.join(", ", names) : title);
  }

  static void end(HtmlWriter html) {
    html.close().closeLine();
  }

  /** Grid line and number at a height. */
  static void yTick(HtmlWriter html, double y, String label) {
    html.empty(
        "line",
        "class",
        "grid",
        "x1",
        number(LEFT),
        "x2",
        number(RIGHT),
        "y1",
        number(y),
        "y2",
        number(y));
    html.element("text", label, "class", "y-label", "x", number(LEFT - 8), "y", number(y + 4));
  }

  /** Stroke and number at a place of the horizontal axis. */
  static void xTick(HtmlWriter html, double x, String label) {
    html.empty(
        "line",
        "class",
        "axis",
        "x1",
        number(x),
        "x2",
        number(x),
        "y1",
        number(BOTTOM),
        "y2",
        number(BOTTOM + 4));
    xLabel(html, x, BOTTOM + 18, label);
  }

  /** A number below an axis, moved as far as it must not to be cut off at the edge. */
  static void xLabel(HtmlWriter html, double x, double y, String label) {
    double half = label.length() * DIGIT / 2;
    double seen = Math.max(half, Math.min(WIDTH - half, x));
    html.element("text", label, "class", "x-label", "x", number(seen), "y", number(y));
  }

  static void xAxis(HtmlWriter html, String title) {
    html.empty(
        "line",
        "class",
        "axis",
        "x1",
        number(LEFT),
        "x2",
        number(RIGHT),
        "y1",
        number(BOTTOM),
        "y2",
        number(BOTTOM));
    title(html, (LEFT + RIGHT) / 2, HEIGHT - 8, title);
  }

  /** What an axis is. */
  static void title(HtmlWriter html, double x, double y, String title) {
    html.element("text", title, "class", "x-label title", "x", number(x), "y", number(y));
  }

  /** The text in place of a chart that has nothing to show. */
  static void nothing(HtmlWriter html) {
    html.element(
        "text",
        "no finite values",
        "class",
        "x-label",
        "x",
        number((LEFT + RIGHT) / 2),
        "y",
        number((TOP + BOTTOM) / 2));
  }

  /** Classes of a curve. */
  static String line(int series) {
    return "line " + colour(series) + (series < COLOURS ? "" : " dashed");
  }

  static String colour(int series) {
    return "s" + (series % COLOURS + 1);
  }

  /** A coordinate: a tenth of a unit is finer than the eye. */
  static String number(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%.1f", rounded);
  }
}
