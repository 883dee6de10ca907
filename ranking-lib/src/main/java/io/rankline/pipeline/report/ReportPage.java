package io.rankline.pipeline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.io.Folder;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  public ReportPage {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    chapters = List.copyOf(chapters);
  }

  /** Writes the page into a folder, in place of one of that name. */
  public void writeTo(Folder folder, String name) throws IOException {
    byte[] page = html().getBytes(UTF_8);
    folder.create();
    folder.later(page.length, () -> folder.write(name, out -> out.write(page)));
  }

  /** The page as HTML. */
  public String html() {
    HtmlWriter html = HtmlWriter.page();
    html.open("html", "lang", "en");
    html.open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .element("title", title)
        .element("style", BlockWriter.style("blocks.css") + BlockWriter.style("page.css"))
        .closeLine();
    html.open("body", "class", BlockWriter.SCOPE).open("header").element("h1", title);
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
      BlockWriter.write(chapter.blocks(), html);
      html.closeLine();
    }
    html.close().close().close();
    return html.html();
  }
}
