package io.rankline.pipeline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Blocks as HTML, and the style sheets that make them look right. */
final class BlockWriter {

  /** The class of the element that holds blocks: the style of blocks is for what is inside. */
  static final String SCOPE = "rankline";

  /** Tables of more columns have them closer together. */
  private static final int NARROW = 9;

  private BlockWriter() {}

  /** Writes blocks; charts that follow each other stand side by side. */
  static void write(List<Block> blocks, HtmlWriter html) {
    boolean amongCharts = false;
    for (Block block : blocks) {
      boolean isChart =
          block instanceof LineChart || block instanceof BarChart || block instanceof IntervalChart;
      if (isChart && !amongCharts) {
        html.open("div", "class", "charts");
      } else if (!isChart && amongCharts) {
        html.closeLine();
      }
      amongCharts = isChart;
      write(block, html);
    }
    if (amongCharts) {
      html.closeLine();
    }
  }

  private static void write(Block block, HtmlWriter html) {
    if (block instanceof Paragraph paragraph) {
      html.element("p", paragraph.text());
    } else if (block instanceof Listing listing) {
      html.element("pre", listing.text(), "tabindex", "0");
    } else if (block instanceof Table table) {
      write(table, html);
    } else if (block instanceof LineChart chart) {
      LinePlot.write(chart, html);
    } else if (block instanceof BarChart chart) {
      BarPlot.write(chart, html);
    } else if (block instanceof IntervalChart chart) {
      IntervalPlot.write(chart, html);
    }
  }

  private static void write(Table table, HtmlWriter html) {
    String size = table.columns().size() > NARROW ? "table wide" : "table";
    html.open("div", "class", size, "tabindex", "0").open("table").open("thead").open("tr");
    for (Table.Column column : table.columns()) {
      html.open("th", "class", cell(column)).breakable(column.name()).close();
    }
    html.close().close().open("tbody");
    for (int r = 0; r < table.rows().size(); r++) {
      if (table.marked().isPresent() && table.marked().getAsInt() == r) {
        html.open("tr", "class", "marked");
      } else {
        html.open("tr");
      }
      for (int c = 0; c < table.columns().size(); c++) {
        html.element("td", table.rows().get(r).get(c), "class", cell(table.columns().get(c)));
      }
      html.closeLine();
    }
    html.close().close().closeLine();
  }

  private static String cell(Table.Column column) {
    return column.kind() == Table.Kind.NUMBER ? "number" : "text";
  }

  /** A style sheet of this package. */
  static String style(String name) {
    try (InputStream css = Objects.requireNonNull(BlockWriter.class.getResourceAsStream(name))) {
      return new String(css.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
