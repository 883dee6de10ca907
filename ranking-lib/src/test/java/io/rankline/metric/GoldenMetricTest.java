package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.metric.evaluation.BatchResult;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.testing.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number of TF-Ranking's metrics that we have, each a test of its own. */
class GoldenMetricTest {

  static Stream<Vector> vectors() {
    return ConfigFactory.parseResources("golden/metrics.json").getConfigList("vectors").stream()
        .map(Vector::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void agreesWithTensorFlowRanking(Vector vector) {
    BatchResult result = BatchResult.of(vector.metric(), vector.lists());

    switch (vector.output()) {
      case "mean" ->
          assertThat(result.mean())
              .isCloseTo(vector.json.getDouble("expected"), within(vector.tolerance()));
      case "per_list_metric" -> vector.assertPerList(result.values());
      case "per_list_weights" -> vector.assertPerList(result.weights());
      default -> throw new AssertionError(vector.output());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void oneBatchEvaluatesToTheBatchMean(Vector vector) {
    Evaluator evaluator = new Evaluator(List.of(vector.metric()));
    vector.lists().forEach(evaluator::add);

    assertThat(evaluator.evaluation().value(vector.metric().name()).orElse(0))
        .isCloseTo(
            BatchResult.of(vector.metric(), vector.lists()).mean(), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void everyKeyHasVectors() {
    assertThat(vectors().map(vector -> vector.json.getString("name")).distinct())
        .containsExactlyInAnyOrder(
            Stream.of(MetricKey.values()).map(MetricKey::wireName).toArray(String[]::new));
  }

  /** {@code slope * y + constant}: gains that upstream's tests make up. */
  record LinearGain(double slope, double constant) implements Gain {
    @Override
    public double of(double label) {
      return slope * label + constant;
    }
  }

  /** {@code 1 / (k + 10)}. */
  record LateDiscount() implements RankDiscount {
    @Override
    public double of(double rank) {
      return 1 / (rank + 10);
    }
  }

  record Vector(Config json) {

    @Override
    public String toString() {
      return json.getString("id") + " " + json.getString("api") + " " + output();
    }

    String output() {
      return json.getString("output");
    }

    double tolerance() {
      return json.getDouble("tol");
    }

    RankingMetric metric() {
      MetricKey key = MetricKey.ofWireName(json.getString("name"));
      Config params = json.getConfig("params");
      if (!params.hasPath("topn") && key == MetricKey.PWA) {
        return new PwaMetric();
      }
      int topn = params.hasPath("topn") ? params.getInt("topn") : RankingMetric.WHOLE_LIST;
      return switch (key) {
        case DCG -> new DcgMetric(topn, gain(params), discount(params));
        case NDCG -> new NdcgMetric(topn, gain(params), discount(params));
        case ALPHA_DCG -> new AlphaDcgMetric(topn, params.getDouble("alpha"), discount(params));
        case BPREF ->
            new BprefMetric(
                topn,
                params.getBoolean("use_trec_version")
                    ? BprefMetric.Version.TREC
                    : BprefMetric.Version.ORIGINAL,
                Relevance.FROM_ONE);
        case MRR, HITS, ARP, PRECISION, RECALL, MAP, ORDERED_PAIR_ACCURACY, PRECISION_IA, PWA ->
            key.withTopn(topn);
      };
    }

    List<ScoredList> lists() {
      List<?> labels = json.getList("labels").unwrapped();
      List<ScoredList> lists = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        double[] scores = numbers(row("scores", i));
        List<?> listLabels = (List<?>) labels.get(i);
        ScoredList list =
            listLabels.get(0) instanceof List
                ? ScoredList.ofTopics(
                    listLabels.stream().map(Vector::numbers).toArray(double[][]::new), scores)
                : ScoredList.of(numbers(listLabels), scores);
        if (json.hasPath("weights")) {
          boolean oneForAllLists = json.getString("weights_shape").equals("[list]");
          list =
              list.withWeights(
                  numbers(
                      oneForAllLists
                          ? json.getList("weights").unwrapped()
                          : (Object) row("weights", i)));
        }
        if (json.hasPath("mask")) {
          List<?> masked = row("mask", i);
          boolean[] mask = new boolean[masked.size()];
          for (int j = 0; j < mask.length; j++) {
            mask[j] = (Boolean) masked.get(j);
          }
          list = list.withMask(mask);
        }
        lists.add(list);
      }
      return lists;
    }

    void assertPerList(double[] actual) {
      List<?> expected = json.getList("expected").unwrapped();
      assertThat(actual).hasSize(expected.size());
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i])
            .as("list %d", i)
            .isCloseTo(numbers(expected.get(i))[0], within(tolerance()));
      }
    }

    private List<?> row(String name, int i) {
      return (List<?>) json.getList(name).unwrapped().get(i);
    }

    private static Gain gain(Config params) {
      String name = params.getString("gain_fn");
      return switch (name) {
        case "2^x-1" -> Gain.EXPONENTIAL;
        case "identity" -> Gain.IDENTITY;
        case "x/2" -> new LinearGain(0.5, 0);
        case "x+3" -> new LinearGain(1, 3);
        case "x+5" -> new LinearGain(1, 5);
        default -> throw new AssertionError(name);
      };
    }

    private static RankDiscount discount(Config params) {
      String name = params.getString("rank_discount_fn");
      return switch (name) {
        case "1/log2(1+x)" -> RankDiscount.INVERSE_LOG2;
        case "1/x" -> RankDiscount.RECIPROCAL;
        case "1/(x+10)" -> new LateDiscount();
        default -> throw new AssertionError(name);
      };
    }

    private static double[] numbers(Object list) {
      return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    }
  }
}
