package io.rankline.pipeline.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.metric.CustomMetric;
import io.rankline.metric.MetricKey;
import io.rankline.metric.Ranking;
import io.rankline.metric.RankingMetric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ndcg_5",
        "ndcg@5",
        "metric/ndcg_5",
        "metric/ndcg@5",
        "val_metric/ndcg_5",
        "ndcg@5(gain=exponential)"
      })
  void aMetricGoesByKerasNameInEverySpelling(String text) {
    assertThat(Monitor.of(text)).isEqualTo(new Monitor("val_metric/ndcg_5", Better.HIGHER));
  }

  @Test
  void metricsOfTasksAndThoseWithWeightsKeepWhatStandsBeforeThem() {
    assertThat(Monitor.of("click_metric/mrr@3").name()).isEqualTo("val_click_metric/mrr_3");
    assertThat(Monitor.of("weighted_metric/map").name()).isEqualTo("val_weighted_metric/map");
    assertThat(Monitor.of("ndcg@5(gain=identity)").name())
        .isEqualTo("val_metric/ndcg_5(gain=identity)");
    assertThat(Monitor.of("ndcg@all").name()).isEqualTo("val_metric/ndcg");
  }

  @ParameterizedTest
  @EnumSource(MetricKey.class)
  void theDirectionIsThatOfTheMetric(MetricKey key) {
    assertThat(Monitor.of(key.wireName()).better())
        .isEqualTo(key == MetricKey.ARP ? Better.LOWER : Better.HIGHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss", "val_loss", "click_loss"})
  void ofALossLessIsBetter(String text) {
    assertThat(Monitor.of(text).better()).isEqualTo(Better.LOWER);
    assertThat(Monitor.of(text).name()).startsWith("val_").endsWith("loss").doesNotContain("val_v");
  }

  @Test
  void aMetricOfOnesOwnIsKnownByItsName() {
    List<RankingMetric> own = List.of(new Distance());

    assertThat(Monitor.of("distance_to_best", own))
        .isEqualTo(new Monitor("val_metric/distance_to_best", Better.LOWER));
    assertThatThrownBy(() -> Monitor.of("distance_to_bset", own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown metric 'distance_to_bset'; expected one of ");
  }

  @Test
  void aSlipOfThePenIsToldWithTheNearestMetricFirst() {
    assertThatThrownBy(() -> Monitor.of("ndgc@5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown metric 'ndgc'; expected one of ndcg, ");
  }

  /** The lower, the better. */
  private record Distance() implements CustomMetric {
    @Override
    public String name() {
      return "distance_to_best";
    }

    @Override
    public int depth() {
      return WHOLE_LIST;
    }

    @Override
    public double value(Ranking ranking) {
      return 0;
    }

    @Override
    public boolean perfectIsOne() {
      return false;
    }

    @Override
    public Direction direction() {
      return Direction.LOWER_IS_BETTER;
    }
  }
}
