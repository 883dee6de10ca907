package io.rankline.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.WeightSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.pipeline.NumberedLists;
import io.rankline.pipeline.input.shard.MemoryShard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedDataTest {

  /** Length and its checksum before the data of a record, and the data's checksum behind. */
  private static final int HEADER = 12;

  private static final int FOOTER = 4;

  @TempDir Path folder;

  @Test
  void aDamagedRecordEndsTheStreamWithItsPlace() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 20));
    NumberedLists.write(folder.resolve("b"), NumberedLists.lists(20, 40));
    long at = damageData(folder.resolve("b"), 11);
    ShardedLists data = new Sources(folder).sequential().batchSize(5).build();

    List<Integer> before = new ArrayList<>();
    try (BatchStream<ListBatch> batches = data.open(Sources.AS_IS, 0)) {
      assertThatThrownBy(() -> readAll(batches, before))
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageStartingWith(
              "%s: record 11 at byte %d: checksum of the data is 0x"
                  .formatted(folder.resolve("b").toUri().toString().replace("///", "/"), at));
      assertThatThrownBy(batches::next).isInstanceOf(CorruptRecordException.class);
    }

    assertThat(before).startsWith(0, 1, 2).hasSizeBetween(20, 30);
  }

  @ParameterizedTest(name = "memory {0}")
  @ValueSource(longs = {0, 3_000, Long.MAX_VALUE})
  void damagedRecordsAreSkippedAndCountedOnce(long budget) throws IOException {
    NumberedLists.write(folder.resolve("a.gz"), NumberedLists.lists(0, 20));
    NumberedLists.write(folder.resolve("b"), NumberedLists.lists(20, 60));
    damageData(folder.resolve("b"), 11);
    damageData(folder.resolve("b"), 30);
    ShardedLists data = new Sources(folder).skipDamaged().budget(budget).build();
    List<Integer> readable =
        IntStream.range(0, 60).filter(number -> number != 31 && number != 50).boxed().toList();

    List<Integer> numbers = new ArrayList<>();
    try (BatchStream<ListBatch> batches = data.open(Sources.AS_IS, 0)) {
      while (numbers.size() < 3 * 58) {
        numbers.addAll(NumberedLists.numbers(Objects.requireNonNull(batches.next())));
      }

      assertThat(batches.skippedRecords()).isEqualTo(2);
    }

    for (int pass = 0; pass < 3; pass++) {
      assertThat(numbers.subList(58 * pass, 58 * (pass + 1)))
          .containsExactlyInAnyOrderElementsOf(readable);
    }
    assertThat(data.batchesPerPass()).isEqualTo(8);
  }

  @ParameterizedTest(name = "first step {0}")
  @ValueSource(ints = {1, 5, 9, 30})
  void skippingDamagedRecordsKeepsTheOrderFromAnyStep(int first) throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 20));
    NumberedLists.write(folder.resolve("b"), NumberedLists.lists(20, 60));
    damageData(folder.resolve("a"), 2);
    damageData(folder.resolve("b"), 30);
    Sources sources = new Sources(folder).skipDamaged();

    List<ListBatch> expected = Sources.batches(sources.build(), 0, first + 4);

    assertThat(Sources.numbers(Sources.batches(sources.build(), first, 4)))
        .isEqualTo(Sources.numbers(expected.subList(first, first + 4)));
  }

  @Test
  void aListThatTheTransformRefusesIsADamagedRecord() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 20));
    UnaryOperator<RankingList> transform =
        list -> {
          if (list.context()[0] == 5) {
            throw new IllegalArgumentException("feature 'query' must not be 5");
          }
          return list;
        };

    try (BatchStream<ListBatch> batches = new Sources(folder).build().open(transform, 0)) {
      assertThatThrownBy(() -> readAll(batches, new ArrayList<>()))
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageMatching("file:.*/a: record 5 at byte \\d+: feature 'query' must not be 5");
    }
    try (BatchStream<ListBatch> batches =
        new Sources(folder).skipDamaged().sequential().build().open(transform, 0)) {
      List<Integer> numbers = new ArrayList<>();
      readAll(batches, numbers);
      assertThat(numbers).hasSize(19).doesNotContain(5);
      assertThat(batches.skippedRecords()).isEqualTo(1);
    }
  }

  @Test
  void aFaultThatIsNotTheDatasKeepsItsCause() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 20));
    ArithmeticException fault = new ArithmeticException("by zero");

    try (BatchStream<ListBatch> batches =
        new Sources(folder)
            .build()
            .open(
                list -> {
                  throw fault;
                },
                0)) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCause(fault);
    }
  }

  @Test
  void dataWithoutListsIsRefused() throws IOException {
    NumberedLists.write(folder.resolve("a"), List.of());
    NumberedLists.write(folder.resolve("b.gz"), List.of());

    assertThatThrownBy(() -> new Sources(folder).build().open(Sources.AS_IS, 0))
        .isInstanceOf(IOException.class)
        .hasMessage("'data' holds no list that can be read (2 files)");
  }

  @Test
  void dataOfWhichNoRecordCanBeReadIsRefused() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 2));
    damageData(folder.resolve("a"), 0);
    damageData(folder.resolve("a"), 1);

    assertThatThrownBy(() -> new Sources(folder).skipDamaged().build().open(Sources.AS_IS, 0))
        .hasMessage("'data' holds no list that can be read (1 files)");
  }

  @Test
  void trainingWhoseTransformRefusesEveryListEnds() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 20));
    UnaryOperator<RankingList> none =
        list -> {
          throw new IllegalArgumentException("no");
        };

    try (BatchStream<ListBatch> batches = new Sources(folder).skipDamaged().build().open(none, 0)) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(IOException.class)
          .hasMessage("'data' holds no list that can be read");
    }
  }

  @Test
  void aLabelThatNoRecordHasIsRefused() {
    ShardedLists data = labelled(withLabels(-1), withLabels(-1, -1));

    assertThatThrownBy(() -> data.open(Sources.AS_IS, 0))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "'data': label 'utility' has no value of 0 or more in any of 2 lists; check its name");
  }

  @Test
  void labelsThatAreAllZeroAreRefused() {
    ShardedLists data = labelled(withLabels(0, 0), withLabels(), withLabels(-1, 0));

    assertThatThrownBy(() -> data.open(Sources.AS_IS, 0))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "'data': label 'utility' is not above 0 in any of 3 lists, so there is nothing to rank"
                + " by");
  }

  @Test
  void listsOfOneItemAloneAreRefused() {
    ShardedLists data = labelled(withLabels(1), withLabels(), withLabels(2));

    assertThatThrownBy(() -> data.open(Sources.AS_IS, 0))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "'data': none of 3 lists has more than one item, so there is nothing to rank; check"
                + " what tells queries apart");
  }

  @Test
  void labelsThatTellNoItemsOfAListApartAreRefused() {
    ShardedLists data = labelled(withLabels(1, 1), withLabels(2, 2, 2));

    assertThatThrownBy(() -> data.open(Sources.AS_IS, 0))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "'data': none of 2 lists has two items of different label 'utility', so there is"
                + " nothing to rank by");
  }

  @Test
  void labelsOfMinusOneAndOneAreRefusedSinceTheyLeaveItemsOut() {
    ShardedLists data = labelled(withLabels(-1, 1, -1), withLabels(1, -1), withLabels(-1, -1));

    assertThatThrownBy(() -> data.open(Sources.AS_IS, 0))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "'data': none of 3 lists has two items of different label 'utility', so there is"
                + " nothing to rank by; 5 of 7 labels are below 0, which leaves their items out:"
                + " where -1 means not relevant, write 0");
  }

  @Test
  void weightsThatAreAllZeroAreRefused() {
    ShardedLists data = labelled(withWeights(0, 0), withWeights(0, 0));

    assertThatThrownBy(() -> data.open(Sources.AS_IS, 0))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "'data': no weight is above 0 in any of 2 lists, so none of them counts; check what is"
                + " named as the weight");
  }

  @Test
  void oneWeightAboveZeroIsEnough() throws IOException {
    ShardedLists data = labelled(withWeights(0, 0), withWeights(0, 0.1f));

    assertThat(Sources.batches(data, 0, 1)).hasSize(1);
  }

  @Test
  void oneListWithTwoLabelsIsEnough() throws IOException {
    ShardedLists data = labelled(withLabels(1, 1), withLabels(-1, 0.5f), withLabels(0, -1, 0.5f));

    assertThat(Sources.batches(data, 0, 1)).hasSize(1);
  }

  private ShardedLists labelled(RankingList... lists) {
    return new Sources(folder).of(List.of(new MemoryShard("memory", List.of(lists))));
  }

  private static void readAll(BatchStream<ListBatch> batches, List<Integer> numbers)
      throws IOException {
    ListBatch batch;
    while ((batch = batches.next()) != null) {
      numbers.addAll(NumberedLists.numbers(batch));
    }
  }

  /** Changes the last byte of a record's data; returns where the record starts. */
  private static long damageData(Path file, int record) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = 0;
    for (int i = 0; i < record; i++) {
      at += HEADER + length(bytes, at) + FOOTER;
    }
    bytes[at + HEADER + length(bytes, at) - 1] ^= 1;
    Files.write(file, bytes);
    return at;
  }

  private static int length(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  /** A list of {@link NumberedLists#SPEC}. */
  private static RankingList withLabels(float... labels) {
    return new RankingList(
        NumberedLists.SPEC.layout(),
        labels.length,
        labels.length,
        new float[] {1},
        new float[2 * labels.length],
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  /** A list of two items with labels 0 and 1. */
  private static RankingList withWeights(float... weights) {
    RankingList list = withLabels(0, 1);
    return new RankingList(
        NumberedLists.SPEC
            .withWeight(WeightSpec.perItem("weight", FixedLenFeature.float32(1)))
            .layout(),
        list.size(),
        list.originalSize(),
        list.context(),
        list.examples(),
        list.labels(),
        weights,
        List.of(),
        List.of());
  }
}
