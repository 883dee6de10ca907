package io.rankline.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.pipeline.explanation.ModelStudy;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReportFragmentTest {

  private static final Table TABLE =
      new Table(
          List.of(Table.Column.text("loss"), Table.Column.number("ndcg_10")),
          List.of(List.of("softmax_loss", "0.81")));

  @Test
  void aFragmentIsOneElementWithItsBlocks() {
    LineChart chart =
        new LineChart(
            "Loss",
            "epoch",
            List.of(new LineChart.Series("loss", new double[] {1, 2}, new double[] {3, 4})));

    PageReader read = new PageReader(ReportFragment.of(TABLE, chart));

    assertThat(read.texts("/div/@class")).containsExactly("rankline");
    assertThat(read.texts("/div/div/table/tbody/tr/td")).containsExactly("softmax_loss", "0.81");
    assertThat(read.texts("/div/div[@class='charts']/figure/figcaption")).containsExactly("Loss");
  }

  @Test
  void itsStyleTouchesNothingOutsideOfIt() {
    String style = new PageReader(ReportFragment.of(TABLE)).texts("/div/style").get(0);
    String rules =
        style
            .replaceAll("/\\*.*?\\*/", "")
            .replaceAll("@media [^{]*\\{", "")
            .replaceAll("\\{[^{}]*}", "\n");

    assertThat(
            Pattern.compile("[,\\n}]+")
                .splitAsStream(rules)
                .map(String::strip)
                .filter(selector -> !selector.isEmpty())
                .collect(Collectors.toSet()))
        .hasSizeGreaterThan(20)
        .allSatisfy(selector -> assertThat(selector).matches("\\.rankline( .+)?"));
    // Lengths follow the page's text, whatever its root element has.
    assertThat(style.replaceAll("@media [^{]*", "")).doesNotContain("rem");
  }

  @Test
  void whatThereIsNothingToSayOfIsEmpty() {
    assertThat(
            List.of(
                ReportFragment.curves(List.of()),
                ReportFragment.metrics(ModelStudy.NONE),
                ReportFragment.importance(ModelStudy.NONE),
                ReportFragment.subScores(ModelStudy.NONE),
                ReportFragment.queries(ModelStudy.NONE),
                ReportFragment.features(ModelStudy.NONE)))
        .containsOnly("");
  }

  @Test
  void partsAreThoseOfTheReport() {
    TrainingReport report = SampleReports.training(3, List.of("ndcg_5"));
    PageReader page = new PageReader(report.page());

    PageReader curves = new PageReader(ReportFragment.curves(report.epochs()));

    assertThat(curves.texts("//figcaption"))
        .isEqualTo(page.texts("//section[h2='Curves']//figcaption"));
    assertThat(curves.texts("//path/@d")).isEqualTo(page.texts("//section[h2='Curves']//path/@d"));
    Map<String, String> parts =
        Map.of(
            "Importance", ReportFragment.importance(report.study()),
            "What features add", ReportFragment.subScores(report.study()),
            "Queries", ReportFragment.queries(report.study()),
            "Features", ReportFragment.features(report.study()));
    parts.forEach(
        (title, html) ->
            assertThat(html.isEmpty() ? List.of() : new PageReader(html).texts("/div/p"))
                .as(title)
                .isEqualTo(page.texts("//section[h2='%s']/p".formatted(title))));
  }
}
