package io.rankline.pipeline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.io.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A page of its own: no other file and no network is needed to look at it. Light or dark as the
 * reader's system is; prints in black on white.
 *
 * @param title of the page
 * @param verdict what there is to know, in one line; none if empty
 * @param facts under the title, by name
 * @param chapters in order
 */
public record ReportPage(
    String title, String verdict, Map<String, String> facts, List<Chapter> chapters) {

  /** Tables of more columns have them closer together. */
  private static final int NARROW = 9;

  public ReportPage {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    chapters = List.copyOf(chapters);
  }

  /** Writes the page into a folder, in place of one of that name. */
  public void writeTo(Folder folder, String name) throws IOException {
    byte[] page = html().getBytes(UTF_8);
    folder.create();
    folder.write(name, out -> out.write(page));
  }

  /** The page as HTML. */
  public String html() {
    HtmlWriter html = new HtmlWriter();
    html.open("html", "lang", "en");
    html.open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .element("title", title)
        .element("style", stylesheet())
        .closeLine();
    html.open("body").open("header").element("h1", title);
    if (!verdict.isEmpty()) {
      html.element("p", verdict, "class", "verdict");
    }
    if (!facts.isEmpty()) {
      html.open("dl");
      facts.forEach(
          (name, value) -> html.open("div").element("dt", name).element("dd", value).close());
      html.close();
    }
    html.closeLine().open("main");
    for (Chapter chapter : chapters) {
      html.open("section").element("h2", chapter.title());
      write(chapter.blocks(), html);
      html.closeLine();
    }
    html.close().close().close();
    return html.html();
  }

  private static void write(List<Block> blocks, HtmlWriter html) {
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

  private static String stylesheet() {
    try (InputStream css =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
      return new String(css.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("report.css is missing from the jar", e);
    }
  }
}
