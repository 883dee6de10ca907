package io.rankline.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The made-up log looks like MSLR-WEB30K from afar. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyntheticLogTest {

  private static final int LISTS = 600;
  private static final int F = SyntheticLog.FEATURES;

  /** Queries shift whole lists, so shares over 600 lists wander by about a percent. */
  private static final double SHARE = 0.03;

  private SyntheticList[] lists = {};
  private int items;

  @BeforeAll
  void makeLists() {
    SyntheticLog log = new SyntheticLog(42, SyntheticLog.DEFAULT_MAX_LIST_SIZE);
    lists = new SyntheticList[LISTS];
    for (int n = 0; n < LISTS; n++) {
      lists[n] = log.list(n);
      items += lists[n].size();
    }
  }

  @ParameterizedTest(name = "label {0}")
  @CsvSource({"0, 0.514", "1, 0.325", "2, 0.134", "3, 0.019", "4, 0.008"})
  void labelsHaveTheSharesOfWeb30k(long label, double share) {
    long count = 0;
    for (SyntheticList list : lists) {
      count += Arrays.stream(list.labels()).filter(value -> value == label).count();
    }

    assertThat((double) count / items).isCloseTo(share, within(Math.min(SHARE, share / 2)));
  }

  @Test
  void listsHaveAbout115ItemsAndAtMost200() {
    int[] sizes = sizes(42, LISTS);

    assertThat(sizes).isEqualTo(Arrays.stream(lists).mapToInt(SyntheticList::size).toArray());
    assertThat(Arrays.stream(sizes).average().orElseThrow()).isBetween(110.0, 125.0);
    assertThat(Arrays.stream(sizes).max().orElseThrow()).isEqualTo(200);
  }

  /** Four in a hundred are rare, and log(6) / log(115) of those have at most five items. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42, 4711})
  void aThousandListsHaveSomeOfOneToFiveItems(long seed) {
    int[] sizes = sizes(seed, 1000);

    assertThat(Arrays.stream(sizes).filter(size -> size <= 5).count()).isBetween(4L, 35L);
    assertThat(Arrays.stream(sizes).filter(size -> size < 20).count()).isBetween(10L, 60L);
    assertThat(Arrays.stream(sizes).min().orElseThrow()).isBetween(1, 2);
  }

  @ParameterizedTest(name = "at most {0}")
  @ValueSource(ints = {1, 2, 10, 1000})
  void listSizesRespectTheLargest(int largest) {
    SyntheticLog log = new SyntheticLog(3, largest);

    for (int n = 0; n < 50; n++) {
      assertThat(log.list(n).size()).isBetween(1, largest);
    }
  }

  @Test
  void aListDependsOnSeedAndNumberAlone() {
    SyntheticLog again = new SyntheticLog(42, SyntheticLog.DEFAULT_MAX_LIST_SIZE);
    SyntheticList tenth = again.list(10);

    assertThat(tenth.features()).isEqualTo(lists[10].features());
    assertThat(tenth.labels()).isEqualTo(lists[10].labels());
    assertThat(tenth.trueUtility()).isEqualTo(lists[10].trueUtility());
    assertThat(tenth.qid()).isEqualTo(11);
    assertThat(new SyntheticLog(43, 200).list(10).features()).isNotEqualTo(tenth.features());
    assertThat(again.list(11).features()).isNotEqualTo(tenth.features());
  }

  @Test
  void everyFeatureIsFiniteAndVaries() {
    for (int f = 0; f < F; f++) {
      double[] values = values(f);

      assertThat(Arrays.stream(values).allMatch(Double::isFinite)).as("feature %d", f + 1).isTrue();
      assertThat(Arrays.stream(values).distinct().limit(2).count())
          .as("feature %d", f + 1)
          .isEqualTo(2);
    }
  }

  @ParameterizedTest(name = "feature {0}")
  @ValueSource(ints = {12, 21, 72, 128, 129, 130, 134, 135, 136})
  void countsHaveHeavyTails(int feature) {
    double[] values = values(feature - 1);
    Arrays.sort(values);
    double median = values[values.length / 2];
    double mean = Arrays.stream(values).average().orElseThrow();

    assertThat(values[0]).isGreaterThanOrEqualTo(0);
    assertThat(mean).isGreaterThan(1.5 * median);
    assertThat(values[values.length - 1]).isGreaterThan(20 * mean);
  }

  @ParameterizedTest(name = "feature {0}")
  @ValueSource(ints = {7, 12, 134, 135})
  void manyPagesHaveNoAnchorsAndNoClicks(int feature) {
    long zeros = Arrays.stream(values(feature - 1)).filter(value -> value == 0).count();

    assertThat((double) zeros / items).isBetween(0.4, 0.95);
  }

  @ParameterizedTest(name = "feature {0}")
  @ValueSource(ints = {6, 7, 8, 9, 10, 96, 97, 98, 99, 100})
  void ratiosLieBetweenZeroAndOne(int feature) {
    assertThat(Arrays.stream(values(feature - 1)).allMatch(value -> value >= 0 && value <= 1))
        .isTrue();
  }

  @Test
  void featuresOfAStreamMoveTogether() {
    // sum of term frequencies, BM25 and covered terms of the body
    assertThat(correlation(values(20), values(105))).isGreaterThan(0.3);
    assertThat(correlation(values(0), values(105))).isGreaterThan(0.3);
  }

  @Test
  void theUtilityExplainsTheLabelsBetterThanAnyFeature() {
    double[] labels = new double[items];
    double[] utility = new double[items];
    int at = 0;
    for (SyntheticList list : lists) {
      for (int i = 0; i < list.size(); i++) {
        labels[at] = list.labels()[i];
        utility[at++] = list.trueUtility()[i];
      }
    }
    double best = 0;
    for (int f = 0; f < F; f++) {
      best = Math.max(best, Math.abs(correlation(values(f), labels)));
    }

    assertThat(correlation(utility, labels)).isBetween(0.75, 0.95);
    assertThat(best).isLessThan(0.75);
  }

  @Test
  void rejectsListsOfNoItem() {
    assertThatThrownBy(() -> new SyntheticLog(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxListSize must be 1 or more, got 0");
  }

  private static int[] sizes(long seed, int count) {
    SyntheticLog log = new SyntheticLog(seed, SyntheticLog.DEFAULT_MAX_LIST_SIZE);
    return IntStream.range(0, count).map(n -> log.list(n).size()).toArray();
  }

  private double[] values(int feature) {
    double[] values = new double[items];
    int at = 0;
    for (SyntheticList list : lists) {
      for (int i = 0; i < list.size(); i++) {
        values[at++] = list.features()[i * F + feature];
      }
    }
    return values;
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
