package io.rankline.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Storage;
import io.rankline.pipeline.report.LineChart.Scale;
import io.rankline.pipeline.report.LineChart.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {

  private static final String HOSTILE = "</style><script>alert('1')</script> \" & ]]> \u0000 é 漢";
  private static final String READ_BACK = "</style><script>alert('1')</script> \" & ]]> \uFFFD é 漢";

  @Test
  void whateverGoesInComesOutAsText() {
    ReportPage page =
        new ReportPage(
            HOSTILE,
            HOSTILE,
            Map.of(HOSTILE, HOSTILE),
            List.of(
                new Chapter(
                    HOSTILE,
                    List.of(
                        new Paragraph(HOSTILE),
                        new Listing(HOSTILE),
                        new Table(List.of(Table.Column.text(HOSTILE)), List.of(List.of(HOSTILE))),
                        chart(HOSTILE, 1, 2),
                        new BarChart(
                            HOSTILE,
                            HOSTILE,
                            List.of(HOSTILE),
                            List.of(
                                new BarChart.Series(
                                    HOSTILE, new double[] {1}, List.of(HOSTILE))))))));

    PageReader read = new PageReader(page);

    assertThat(read.texts("//script")).isEmpty();
    for (String path :
        List.of(
            "//head/title",
            "//h1",
            "//header/p",
            "//dt",
            "//dd",
            "//h2",
            "//section/p",
            "//pre",
            "//th",
            "//td",
            "//*[@class='bar s1']/title")) {
      assertThat(read.texts(path)).as(path).containsExactly(READ_BACK);
    }
    assertThat(read.texts("//figcaption")).containsExactly(READ_BACK, READ_BACK);
    assertThat(read.texts("//svg/@aria-label")).containsExactly(READ_BACK, READ_BACK);
  }

  @Test
  void nothingIsFetchedFromAnywhere() {
    String html = SampleReports.training(3, List.of("ndcg_5")).page().html();

    assertThat(html)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .doesNotContain("http:", "https:", "src=", "href=", "url(", "@import", "<script");
  }

  @Test
  void theStylesheetNeedsNoEscapes() {
    // Browsers take what stands in a style element as it is.
    String html = SampleReports.sweep().html();
    String style = html.substring(html.indexOf("<style>"), html.indexOf("</style>"));

    assertThat(style).contains("--paper").doesNotContain("&");
  }

  @Test
  void ticksAreRoundNumbers() {
    PageReader page = new PageReader(page(chart("loss", 0.512, 0.7, 0.91)));

    assertThat(page.texts("//text[@class='y-label']"))
        .containsExactly("0.5", "0.6", "0.7", "0.8", "0.9");
    assertThat(page.texts("//text[@class='x-label']")).containsExactly("1", "2", "3");
  }

  @Test
  void aSinglePointIsADotInTheMiddle() {
    PageReader page = new PageReader(page(chart("loss", 0.5)));

    double middle = (Plot.LEFT + Plot.RIGHT) / 2;
    assertThat(page.texts("//circle/@cx")).containsExactly(Plot.number(middle));
    assertThat(page.texts("//circle/@cy"))
        .containsExactly(Plot.number((Plot.TOP + Plot.BOTTOM) / 2));
    assertThat(page.texts("//text[@class='x-label']")).containsExactly("1");
  }

  @Test
  void aCurveHasAGapWhereThereIsNoNumber() {
    PageReader page =
        new PageReader(page(chart("loss", 1, 2, Double.NaN, 3, 4, Double.POSITIVE_INFINITY, 2)));

    assertThat(page.texts("//figure//path/@d"))
        .singleElement()
        .asString()
        .matches("M[\\d. ]+L[\\d. ]+M[\\d. ]+L[\\d. ]+M[\\d. ]+");
    assertThat(page.texts("//*[@class='hover']/title")).contains("epoch 3\nloss NaN");
  }

  @Test
  void aChartWithoutNumbersSaysSo() {
    PageReader page = new PageReader(page(chart("loss", Double.NaN, Double.NaN)));

    assertThat(page.texts("//figure/svg/text")).containsExactly("no finite values");
  }

  @Test
  void aLogarithmicAxisHasPowersOfTen() {
    LineChart rates =
        new LineChart(
            "rate",
            "epoch",
            List.of(new Series("rate", new double[] {1, 2, 3}, new double[] {1e-2, 1e-4, 1e-6})),
            Scale.LOGARITHMIC,
            OptionalDouble.of(2),
            "best");

    PageReader page = new PageReader(page(rates));

    assertThat(page.texts("//text[@class='y-label']"))
        .containsExactly("1e-6", "1e-5", "1e-4", "0.001", "0.01");
    assertThat(page.texts("//text[starts-with(@class,'mark-label')]")).containsExactly("best");
  }

  @Test
  void manyCurvesShareColoursBehindDashes() {
    PageReader page = new PageReader(SampleReports.sweep());

    assertThat(page.texts("//figure/svg/path[contains(@class,'dashed')]/@class"))
        .containsExactly("line s1 dashed", "line s2 dashed");
    assertThat(page.texts("//figure/ul/li")).hasSize(10);
  }

  @Test
  void aTableIsRectangular() {
    assertThatThrownBy(() -> new Table(List.of(Table.Column.text("a")), List.of(List.of("1", "2"))))
        .hasMessage("row 0 of a table must have 1 texts, got 2");
    assertThatThrownBy(
            () ->
                new Table(
                    List.of(Table.Column.text("a")), List.of(List.of("1")), OptionalInt.of(1)))
        .hasMessage("the marked row must be in [0, 1), got 1");
  }

  @Test
  void aPageIsAFile(@TempDir Path folder) throws IOException {
    ReportPage page = SampleReports.sweep();

    page.writeTo(Storage.ofClassPath().folder(folder + "/new"), "report.html");

    assertThat(folder.resolve("new/report.html")).hasContent(page.html());
  }

  private static LineChart chart(String name, double... values) {
    double[] x = new double[values.length];
    java.util.Arrays.setAll(x, i -> i + 1);
    return new LineChart(name, "epoch", List.of(new Series(name, x, values)));
  }

  private static ReportPage page(Block block) {
    return new ReportPage("t", "", Map.of(), List.of(new Chapter("s", List.of(block))));
  }
}
