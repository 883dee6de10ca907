package io.rankline.spark.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.spark.terminal.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest {

  /** Three standard deviations of a share of 0.1 among 10,000 queries. */
  private static final double SAMPLING = 0.009;

  private static final int QUERIES = 10_000;
  private static final String PARTS_OF_1_TO_16 = "0011100000000100";
  private static final String SHARDS_OF_1_TO_16 = "3031000311030303";

  @Test
  void partsGetTheirShareOfQueries() {
    Splits splits = Splits.parse("train=0.8,vali=0.1,test=0.1", 7);
    int[] counts = new int[3];

    for (int q = 0; q < QUERIES; q++) {
      counts[splits.partOf(String.valueOf(q))]++;
    }

    assertThat(splits.names()).containsExactly("train", "vali", "test");
    assertThat(counts[0] / (double) QUERIES).isCloseTo(0.8, within(2 * SAMPLING));
    assertThat(counts[1] / (double) QUERIES).isCloseTo(0.1, within(SAMPLING));
    assertThat(counts[2] / (double) QUERIES).isCloseTo(0.1, within(SAMPLING));
  }

  @Test
  void whereAQueryGoesNeverChanges() {
    Splits splits = Splits.parse("train=0.5,test=0.5", 1);
    StringBuilder parts = new StringBuilder();
    StringBuilder shards = new StringBuilder();

    for (int q = 1; q <= 16; q++) {
      parts.append(splits.partOf(String.valueOf(q)));
      shards.append(splits.shardOf(String.valueOf(q), 4));
    }

    // Files that people keep depend on these numbers.
    assertThat(parts).hasToString(PARTS_OF_1_TO_16);
    assertThat(shards).hasToString(SHARDS_OF_1_TO_16);
  }

  @Test
  void anotherSeedDealsDifferently() {
    Splits one = Splits.parse("train=0.5,test=0.5", 1);
    Splits two = Splits.parse("train=0.5,test=0.5", 2);
    int same = 0;
    for (int q = 0; q < QUERIES; q++) {
      same += one.partOf("" + q) == two.partOf("" + q) ? 1 : 0;
    }

    assertThat(same / (double) QUERIES).isCloseTo(0.5, within(3 * SAMPLING));
  }

  @Test
  void shardsAreFilledEvenlyAndIndependentlyOfParts() {
    Splits splits = Splits.parse("train=0.5,test=0.5", 1);
    int[][] counts = new int[2][4];
    for (int q = 0; q < QUERIES; q++) {
      counts[splits.partOf("" + q)][splits.shardOf("" + q, 4)]++;
    }

    for (int[] part : counts) {
      for (int count : part) {
        assertThat(count / (double) QUERIES).isCloseTo(0.125, within(2 * SAMPLING));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "train=0.8,test=0.1; --split: fractions must sum to 1, got 0.9",
        "train=0.8; --split: fractions must sum to 1, got 0.8",
        "train=0.8,train=0.2; --split: 'train' is named twice",
        "train; --split: 'train' must be NAME=FRACTION, above 0 and at most 1",
        "../up=1; --split: name '../up' must be letters, digits, _ or -",
      })
  void refusesWhatIsNoSplit(String text, String message) {
    assertThatThrownBy(() -> Splits.parse(text, 1))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void tellsAllFaultsAtOnce() {
    assertThatThrownBy(() -> Splits.parse("train=1.5,test=-0.5", 1))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--split: 'train=1.5' must be NAME=FRACTION, above 0 and at most 1;"
                + " 'test=-0.5' must be NAME=FRACTION, above 0 and at most 1");
  }
}
