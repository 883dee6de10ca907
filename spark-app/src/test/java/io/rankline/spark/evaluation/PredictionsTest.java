package io.rankline.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.TieOrder;
import io.rankline.metric.NdcgMetric;
import io.rankline.metric.Ranking;
import io.rankline.metric.ScoredList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  /** 4 relevant ones of 12 items of one score: hardly two orders have the same NDCG. */
  private static final double[] LABELS = {3, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};

  @Test
  void tiesOfACopyInAnotherFolderAreBrokenInTheSameWay() {
    for (int list = 0; list < 20; list++) {
      String place = "part-0.txt: query " + list;

      assertThat(ndcg("/logs/monday/" + place))
          .isEqualTo(ndcg("hdfs://cluster/copies/" + place))
          .isEqualTo(ndcg(place));
    }
  }

  @Test
  void tiesOfTheListsOfAFileAreBrokenEachInItsOwnWay() {
    assertThat(
            IntStream.range(0, 20).mapToObj(list -> ndcg("/logs/a.txt: query " + list)).distinct())
        .hasSizeGreaterThan(15);
  }

  private static double ndcg(String place) {
    Predictions predictions =
        new Predictions(
            "a",
            List.of(place),
            List.of(place),
            new int[] {0, LABELS.length},
            LABELS,
            new double[LABELS.length],
            new double[0],
            1);
    ScoredList list = predictions.list(0);
    NdcgMetric ndcg = new NdcgMetric(10);
    return ndcg.value(new Ranking(TieOrder.random(1)).rank(list, ndcg));
  }
}
