package io.rankline.metric.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against numbers that the tools themselves printed. */
class ToolConventionTest {

  /** Six digits; torchmetrics and TF-Ranking compute in float32. */
  private static final double SIX_DIGITS = 5e-7;

  private static final Map<String, List<ScoredList>> LISTS = lists();

  private static Map<String, List<ScoredList>> lists() {
    Map<String, List<double[]>> rows = new LinkedHashMap<>();
    for (String line : lines("/golden/peers/lists.csv").skip(2).toList()) {
      String[] cells = line.split(";", -1);
      rows.computeIfAbsent(cells[0] + ";" + cells[1], key -> new ArrayList<>())
          .add(new double[] {Double.parseDouble(cells[2]), Double.parseDouble(cells[3])});
    }
    Map<String, List<ScoredList>> lists = new LinkedHashMap<>();
    rows.forEach(
        (key, items) ->
            lists
                .computeIfAbsent(key.split(";", -1)[0], name -> new ArrayList<>())
                .add(
                    ScoredList.of(
                        items.stream().mapToDouble(item -> item[0]).toArray(),
                        items.stream().mapToDouble(item -> item[1]).toArray())));
    return lists;
  }

  private static Stream<String> lines(String resource) {
    return new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ToolConventionTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))
        .lines();
  }

  @ParameterizedTest(name = "{0}: {4} of {1}")
  @CsvFileSource(resources = "/golden/peers/metrics.csv", numLinesToSkip = 2, delimiter = ';')
  void printsTheNumberOfTheTool(
      String tool, String lists, String like, String emptyLists, String metric, double expected) {
    ToolConvention convention = like == null ? null : ToolConvention.ofWireName(like);
    RankingMetric parsed =
        convention == null
            ? RankingMetric.parse(metric)
            : RankingMetric.parse(metric, convention.metrics());
    EmptyLists empties =
        convention != null
            ? convention.emptyLists(List.of(parsed))
            : switch (emptyLists) {
              case "zero" -> EmptyLists.AS_ZERO;
              case "one" -> EmptyLists.AS_ONE;
              case "skip" -> EmptyLists.SKIP;
              default -> throw new AssertionError(emptyLists);
            };
    Evaluator evaluator =
        convention == null
            ? new Evaluator(List.of(parsed))
            : new Evaluator(List.of(parsed), convention.ties().order(0));
    Objects.requireNonNull(LISTS.get(lists)).forEach(evaluator::add);

    assertThat(evaluator.evaluation().mean(parsed.name()).value(empties).orElseThrow())
        .isCloseTo(expected, within(SIX_DIGITS));
  }

  @ParameterizedTest
  @EnumSource
  void everyToolHasNumbers(ToolConvention tool) throws IOException {
    List<String> metrics =
        lines("/golden/peers/metrics.csv")
            .map(line -> line.split(";", -1))
            .filter(cells -> cells.length > 4 && cells[2].equals(tool.wireName()))
            .map(cells -> cells[4].replaceAll("[@(].*", ""))
            .distinct()
            .toList();

    // What is TF-Ranking's alone has vectors of its own, see GoldenMetricTest.
    assertThat(metrics)
        .isSubsetOf(keys(tool))
        .hasSize(tool == ToolConvention.TF_RANKING ? 9 : keys(tool).size());
  }

  private static List<String> keys(ToolConvention tool) {
    return tool.metrics().fixed().keySet().stream().map(key -> key.wireName()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sklearn | ndcg@5 | ndcg@5(gain=identity,ties=average)",
        "sklearn | ndcg@5(gain=identity) | ndcg@5(gain=identity,ties=average)",
        "lightgbm | ndcg@5(gain=identity) | ndcg@5(gain=identity)",
        "lightgbm | map@3 | map@3(denominator=cut,relevant=>0.5)",
        "torchmetrics | map@3 | map@3(denominator=hits)",
        "ranklib | map | map(relevant=>0)",
        "tf-ranking | map@3 | map@3"
      })
  void whatIsFixedIsAddedToTheMetric(String tool, String metric, String name) {
    assertThat(RankingMetric.parse(metric, ToolConvention.ofWireName(tool).metrics()).name())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sklearn | ndcg@5(gain=exponential) |"
            + " metric 'ndcg@5(gain=exponential)': gain of ndcg is identity in sklearn, got"
            + " 'exponential'",
        "lightgbm | map@5(denominator=hits) | metric 'map@5(denominator=hits)': denominator of map"
            + " is cut in lightgbm, got 'hits'",
        "ranklib | map@2 | metric 'map@2': topn of map is all in ranklib, got '2'",
        "lightgbm | mrr | lightgbm has no mrr; it has map, ndcg"
      })
  void whatContradictsTheToolIsRefused(String tool, String metric, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankingMetric.parseAll(metric, ToolConvention.ofWireName(tool).metrics()))
        .withMessage(message);
  }

  @Test
  void metricsUnderWhichXgboostCountsEmptyListsDifferentlyDoNotGoTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ToolConvention.XGBOOST.emptyLists(RankingMetric.parseAll("ndcg@5,precision@5")))
        .withMessage(
            "xgboost counts lists without relevant items as 0 under precision, and as 1 under ndcg"
                + " and map; evaluate precision by itself");
  }

  @Test
  void anUnknownToolIsToldTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToolConvention.ofWireName("scikit-learn"))
        .withMessageStartingWith("unknown tool 'scikit-learn'; expected one of sklearn, ");
  }
}
