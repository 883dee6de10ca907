package io.rankline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.testing.RankingLists;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListBatcherTest {

  private static final ListLayout LAYOUT =
      new ListLayout(
          List.of(new DenseColumns("ctx", 0, 1, List.of(0f))),
          List.of(
              new DenseColumns("a", 0, 1, List.of(7f)),
              new DenseColumns("b", 1, 2, List.of(8f, 9f))),
          List.of(new ColumnLayout("query", BytesColumn.ofRow(List.of()))),
          List.of(new ColumnLayout("ids", new LongColumn(new long[] {-5}, new int[] {0, 1}))),
          List.of("utility"),
          WeightLayout.PER_ITEM);

  /** Two lists of sizes 2 and 1 with labels 0 1 and 0: the case that TF-Ranking's tests use. */
  private static final List<RankingList> TWO = List.of(list(1, 0, 1), list(2, 0));

  @Test
  void withoutAListSizeTheBatchIsAsLongAsItsLongestList() {
    ListBatch batch = new ListBatcher(ListSize.ALL).batch(TWO);

    assertThat(batch.listSize()).isEqualTo(2);
    assertThat(batch.labels()).containsExactly(0, 1, 0, -1);
    assertThat(batch.mask()).containsExactly(true, true, true, false);
    assertThat(batch.sizes()).containsExactly(2, 1);
  }

  @Test
  void aLargerListSizePads() {
    ListBatch batch = new ListBatcher(new ListSize(3)).batch(TWO);

    assertThat(batch.labels()).containsExactly(0, 1, -1, 0, -1, -1);
    assertThat(batch.mask()).containsExactly(true, true, false, true, false, false);
    assertThat(batch.sizes()).containsExactly(2, 1);
    assertThat(batch.validItems()).isEqualTo(3);
  }

  @Test
  void aSmallerListSizeTruncatesAndRemembersTheSize() {
    ListBatch batch = new ListBatcher(new ListSize(1)).batch(TWO);

    assertThat(batch.labels()).containsExactly(0, 0);
    assertThat(batch.mask()).containsExactly(true, true);
    assertThat(batch.sizes()).containsExactly(2, 1);
  }

  @Test
  void allItemsAreAsManyAsTheLongestListHas() {
    assertThat(new ListBatcher(ListSize.ALL).batch(TWO).listSize()).isEqualTo(2);
  }

  @Test
  void paddingHoldsTheDefaultOfEachFeature() {
    ListBatch batch = new ListBatcher(new ListSize(2)).batch(List.of(list(3, 4)));

    // the item's row is 300 301 302, then the defaults 7, 8 9
    assertThat(batch.examples()).containsExactly(300, 301, 302, 7, 8, 9);
    assertThat(batch.context()).containsExactly(3);
    assertThat(batch.weights()).containsExactly(0.5f, 0);
    LongColumn ids = (LongColumn) batch.exampleColumns().get(0);
    assertThat(ids.rows()).isEqualTo(2);
    assertThat(ids.values()).containsExactly(30, -5);
  }

  @Test
  void everyColumnHasARowForEachListOrItem() {
    ListBatch batch = new ListBatcher(new ListSize(3)).batch(TWO);

    BytesColumn query = (BytesColumn) batch.contextColumns().get(0);
    assertThat(query.rows()).isEqualTo(2);
    assertThat(query.text(0)).isEqualTo("query 1");
    assertThat(query.text(1)).isEqualTo("query 2");
    assertThat(batch.exampleColumns().get(0).rows()).isEqualTo(6);
  }

  @Test
  void labelsAboveZeroBecomeOneAndPaddingStays() {
    ListBatch batch =
        new ListBatcher(new ListSize(4)).batch(List.of(list(1, 3, 0, -1).withBinaryLabels()));

    assertThat(batch.labels()).containsExactly(1, 0, -1, -1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shufflingBeforeTruncationSamplesItemsAndIsRepeatable(long seed) {
    RankingList list = list(1, IntStream.range(0, 50).toArray());

    ListBatch batch = shuffled(seed, list);

    assertThat(batch.labels()).isEqualTo(shuffled(seed, list).labels());
    assertThat(batch.labels()).doesNotHaveDuplicates().hasSize(10);
    assertThat(batch.labels()).isNotEqualTo(shuffled(seed + 1, list).labels());
    for (int i = 0; i < 10; i++) {
      int item = (int) batch.labels()[i];
      assertThat(batch.examples()[i * 3]).isEqualTo(100 + 10 * item);
      assertThat(((LongColumn) batch.exampleColumns().get(0)).values()[i]).isEqualTo(10 + item);
    }
  }

  @Test
  void everyItemIsSampledEquallyOften() {
    RankingList list = list(1, 0, 1, 2, 3, 4);
    SplittableRandom random = new SplittableRandom(11);
    int[] firsts = new int[5];

    for (int i = 0; i < 10_000; i++) {
      firsts[(int) list.shuffled(random).truncated(new ListSize(1)).labels()[0]]++;
    }

    // 2,000 expected; the standard deviation of a count is 40
    assertThat(IntStream.of(firsts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(1800, 2200));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aListInABatchIsWhatItIsAlone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RankingList> lists = new ArrayList<>();
    for (int q = 0; q < 1 + random.nextInt(6); q++) {
      lists.add(list(q, random.ints(random.nextInt(5), 0, 5).toArray()));
    }
    int listSize = 1 + random.nextInt(6);
    ListBatcher batcher = new ListBatcher(new ListSize(listSize));

    ListBatch batch = batcher.batch(lists);

    for (int q = 0; q < lists.size(); q++) {
      ListBatch alone = batcher.batch(List.of(lists.get(q)));
      for (int i = 0; i < listSize; i++) {
        int at = q * listSize + i;
        assertThat(batch.labels()[at]).isEqualTo(alone.labels()[i]);
        assertThat(batch.mask()[at]).isEqualTo(alone.mask()[i]);
        assertThat(batch.weights()[at]).isEqualTo(alone.weights()[i]);
        for (int f = 0; f < 3; f++) {
          assertThat(batch.examples()[at * 3 + f]).isEqualTo(alone.examples()[i * 3 + f]);
        }
      }
    }
  }

  @Test
  void selectingEveryItemInOrderIsTheSameList() {
    RankingList list = list(1, 2, 1, 0);

    RankingLists.assertSame(list.select(new int[] {0, 1, 2}), list);
  }

  @Test
  void aBatchOfNothingIsRefused() {
    ListBatcher batcher = new ListBatcher(ListSize.ALL);

    assertThatThrownBy(() -> batcher.batch(List.of()))
        .hasMessage("a batch needs at least one list");
  }

  @Test
  void listsOfTwoLayoutsAreRefused() {
    ListLayout bare =
        new ListLayout(List.of(), List.of(), List.of(), List.of(), List.of(), WeightLayout.NONE);
    RankingList other =
        new RankingList(
            bare,
            0,
            0,
            new float[0],
            new float[0],
            new float[0],
            new float[0],
            List.of(),
            List.of());
    ListBatcher batcher = new ListBatcher(ListSize.ALL);

    assertThatThrownBy(() -> batcher.batch(List.of(TWO.get(0), other)))
        .hasMessage("all lists of a batch must have one layout");
  }

  @Test
  void anArrayOfTheWrongLengthIsRefusedByName() {
    assertThatThrownBy(
            () ->
                new RankingList(
                    LAYOUT,
                    1,
                    1,
                    new float[1],
                    new float[2],
                    new float[1],
                    new float[1],
                    List.of(),
                    List.of()))
        .hasMessage("examples must have length 3, got 2");
  }

  private static ListBatch shuffled(long seed, RankingList list) {
    return new ListBatcher(new ListSize(10))
        .batch(List.of(list.shuffled(new SplittableRandom(seed))));
  }

  /** Item i of query q: features 100 q + 10 i + 0 1 2, id 10 q + i, weight a half. */
  private static RankingList list(int q, int... labels) {
    int size = labels.length;
    float[] examples = new float[size * 3];
    float[] labelValues = new float[size];
    float[] weights = new float[size];
    long[] ids = new long[size];
    for (int i = 0; i < size; i++) {
      for (int f = 0; f < 3; f++) {
        examples[i * 3 + f] = 100 * q + 10 * i + f;
      }
      labelValues[i] = labels[i];
      weights[i] = 0.5f;
      ids[i] = 10L * q + i;
    }
    return new RankingList(
        LAYOUT,
        size,
        size,
        new float[] {q},
        examples,
        labelValues,
        weights,
        List.of(BytesColumn.ofRow(List.of("query " + q))),
        List.of(new LongColumn(ids, IntStream.rangeClosed(0, size).toArray())));
  }
}
