package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import java.io.Serializable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricKeyTest {

  @ParameterizedTest
  @EnumSource
  void everyWireNameIsReadBack(MetricKey key) {
    assertThat(MetricKey.ofWireName(key.wireName())).isEqualTo(key);
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyLeadsToAMetricOfThatName(MetricKey key) {
    assertThat(key.withDefaults().name()).startsWith(key.wireName());
    assertThat(RankingMetric.parse(key.wireName())).isEqualTo(key.withDefaults());
  }

  @Test
  void anUnknownKeyIsToldTheKnownOnesNearestFirst() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankingMetric.parse("ndgc@5"))
        .withMessage(
            "unknown metric 'ndgc'; expected one of ndcg, dcg, mrr, hits, arp, map, pwa, recall,"
                + " bpref, alpha_dcg, precision, precision_ia, ordered_pair_accuracy");
  }

  @ParameterizedTest
  @CsvSource({
    "NDCG@5, ndcg",
    "Map, map",
    "pre@5, precision",
    "P@10, precision",
    "RR, mrr",
    "hit_rate@3, hits",
    "average_precision, map",
    "opa, ordered_pair_accuracy"
  })
  void theNameThatAnotherToolHasForAMetricLeadsToIt(String text, String meant) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankingMetric.parse(text))
        .withMessageMatching("unknown metric '.*'; expected one of " + meant + ", .*");
  }

  @Test
  void aCutOffIsReadInBothSpellings() {
    assertThat(RankingMetric.parse("ndcg@10")).isEqualTo(new NdcgMetric(10));
    assertThat(RankingMetric.parse("ndcg_10")).isEqualTo(new NdcgMetric(10));
    assertThat(RankingMetric.parse(" ndcg ")).isEqualTo(new NdcgMetric(RankingMetric.WHOLE_LIST));
    assertThat(RankingMetric.parse("precision_ia_3")).isEqualTo(new PrecisionIaMetric(3));
    assertThat(RankingMetric.parse("pwa@all")).isEqualTo(new PwaMetric(RankingMetric.WHOLE_LIST));
  }

  @Test
  void parametersAreRead() {
    assertThat(RankingMetric.parse("alpha_dcg@10(alpha=0.3)"))
        .isEqualTo(new AlphaDcgMetric(10, 0.3, RankDiscount.INVERSE_LOG2));
    assertThat(RankingMetric.parse("ndcg@5(gain=identity, discount=ln)"))
        .isEqualTo(new NdcgMetric(5, Gain.IDENTITY, RankDiscount.INVERSE_LN));
    assertThat(RankingMetric.parse("dcg(discount=reciprocal)"))
        .isEqualTo(
            new DcgMetric(RankingMetric.WHOLE_LIST, Gain.EXPONENTIAL, RankDiscount.RECIPROCAL));
    assertThat(RankingMetric.parse("bpref(version=original)"))
        .isEqualTo(
            new BprefMetric(
                RankingMetric.WHOLE_LIST, BprefMetric.Version.ORIGINAL, Relevance.FROM_ONE));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'ndcg@5(discount=inverse_log2)', ndcg@5",
    "'ndcg@5(discount=log2)', ndcg@5",
    "'dcg(discount=inverse_ln)', dcg(discount=ln)",
    "'alpha_dcg(discount=inverse_ln)', alpha_dcg(discount=ln)"
  })
  void aDiscountIsReadByTheNameThatLambdaWeightsGiveItToo(String text, String name) {
    assertThat(RankingMetric.parse(text).name()).isEqualTo(name);
    assertThat(RankingMetric.parse(name)).isEqualTo(RankingMetric.parse(text));
  }

  record Flat() implements RankDiscount {
    @Override
    public double of(double rank) {
      return 0.5;
    }
  }

  @Test
  void aDiscountOfAUserIsReadByItsClass() {
    assertThat(RankingMetric.parse("dcg@3(discount=" + Flat.class.getName() + ")"))
        .isEqualTo(new DcgMetric(3, Gain.EXPONENTIAL, new Flat()));
  }

  @Test
  void severalMetricsStandBetweenCommasAndEachCountsOnce() {
    assertThat(RankingMetric.parseAll("ndcg@5(gain=identity,discount=ln), map,map,mrr"))
        .extracting(RankingMetric::name)
        .containsExactly("ndcg@5(gain=identity,discount=ln)", "map", "mrr");
  }

  @Test
  void defaultsAreThoseOfKeras() {
    assertThat(RankingMetric.defaults())
        .extracting(RankingMetric::name)
        .containsExactly(
            "ndcg@1",
            "ndcg@3",
            "ndcg@5",
            "ndcg@10",
            "arp",
            "ordered_pair_accuracy",
            "mrr",
            "precision",
            "map",
            "dcg",
            "ndcg");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ndcg@0| metric 'ndcg@0': topn must be a whole number, 1 or more, or 'all', got '0'",
        "ndcg@-1| metric 'ndcg@-1': topn must be a whole number, 1 or more, or 'all', got '-1'",
        "ndcg@five|"
            + " metric 'ndcg@five': topn must be a whole number, 1 or more, or 'all', got 'five'",
        "ndcg@99999999999|"
            + " metric 'ndcg@99999999999': topn must be a whole number, 1 or more, or 'all', got"
            + " '99999999999'",
        "arp@5| metric 'arp@5': arp has no cut-off",
        "mrr(gain=identity)| metric 'mrr(gain=identity)': mrr has no parameter 'gain'; it has"
            + " relevant, ties",
        "ndcg(gian=ln)|"
            + " metric 'ndcg(gian=ln)': ndcg has no parameter 'gian'; it has gain, discount, ties",
        "ndcg(gain)| metric 'ndcg(gain)': parameter 'gain' has no value, write gain=VALUE",
        "ndcg(gain=square)|"
            + " metric 'ndcg(gain=square)': unknown gain 'square'; expected one of exponential,"
            + " identity",
        "alpha_dcg(alpha=x)| metric 'alpha_dcg(alpha=x)': alpha must be a number, got 'x'",
        "alpha_dcg(alpha=2)| alpha must be in [0, 1], got 2.0",
        "ndcg(| metric 'ndcg(' is not of the form key, key@topn or key@topn(name=value,...)"
      })
  void aFaultyMetricIsToldWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankingMetric.parse(text))
        .withMessage(message);
  }

  @Test
  void allFaultsOfMetricsAreToldAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RankingMetric.parseAll(
                    "ndcg@0(gain=square,discount=steep,alpha=1),map,bpref(version=new),arp@3"))
        .withMessage(
            """
            metric 'ndcg@0(gain=square,discount=steep,alpha=1)': ndcg has no parameter 'alpha'; it has gain, discount, ties
            metric 'ndcg@0(gain=square,discount=steep,alpha=1)': topn must be a whole number, 1 or more, or 'all', got '0'
            metric 'ndcg@0(gain=square,discount=steep,alpha=1)': unknown gain 'square'; expected one of exponential, identity
            metric 'ndcg@0(gain=square,discount=steep,alpha=1)': unknown discount 'steep'; expected one of ln, log2, reciprocal
            metric 'bpref(version=new)': version must be one of trec, original, got 'new'
            metric 'arp@3': arp has no cut-off\
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlphaDcgMetric(0, -1, RankDiscount.INVERSE_LN))
        .withMessage("topn must be 1 or more, got 0\nalpha must be in [0, 1], got -1.0");
  }

  @ParameterizedTest
  @EnumSource
  void aCutOffBelowOneIsRefused(MetricKey key) {
    if (key.hasTopn()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.withTopn(0))
          .withMessage("topn must be 1 or more, got 0");
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.withTopn(5))
          .withMessage(key.wireName() + " has no cut-off, got topn 5");
    }
  }

  @Test
  void everyMetricIsASerializableRecord() {
    assertThat(RankingMetric.class.getPermittedSubclasses())
        .filteredOn(type -> type != CustomMetric.class && type != TiesAveraged.class)
        .hasSameSizeAs(MetricKey.values())
        .allMatch(Class::isRecord)
        .allMatch(Serializable.class::isAssignableFrom);
  }

  @Test
  void parametersOfAKeyAreThoseItReads() {
    Stream.of(MetricKey.values())
        .filter(key -> key.parameters().contains("gain"))
        .forEach(
            key ->
                assertThat(RankingMetric.parse(key.wireName() + "(gain=identity)").name())
                    .isEqualTo(key.wireName() + "(gain=identity)"));
  }
}
