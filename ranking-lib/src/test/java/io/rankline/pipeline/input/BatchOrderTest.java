package io.rankline.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListBatch;
import io.rankline.pipeline.NumberedLists;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchOrderTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void neitherThreadsNorMemoryChangeABatch(long seed) throws IOException {
    int lists = NumberedLists.writeShards(folder, seed);
    int steps = 3 * lists / 8 + 2;

    List<ListBatch> expected = Sources.batches(new Sources(folder).threads(1).build(), 0, steps);

    assertThat(expected).hasSize(steps);
    for (int threads : new int[] {2, 3, 5}) {
      for (long budget : new long[] {0, 300L * lists / 2, Long.MAX_VALUE}) {
        ShardedLists data = new Sources(folder).threads(threads).budget(budget).build();
        assertSame(Sources.batches(data, 0, steps), expected);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aStreamFromAnyStepGivesWhatOneFromTheStartGivesThere(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int lists = NumberedLists.writeShards(folder, seed);
    Sources sources =
        new Sources(folder)
            .bufferSize(1 + random.nextInt(2 * lists))
            .batchSize(1 + random.nextInt(9))
            .budget(random.nextInt(2) == 0 ? 2_000 : Long.MAX_VALUE);
    int steps = 3 * lists / 8 + 3;
    List<ListBatch> expected = Sources.batches(sources.build(), 0, steps + 3);
    ShardedLists used = sources.build();

    for (int k = 0; k < 4; k++) {
      int first = random.nextInt(steps);
      List<ListBatch> there = expected.subList(first, first + 3);
      assertSame(Sources.batches(sources.build(), first, 3), there);
      assertSame(Sources.batches(used, first, 3), there);
    }
  }

  @Test
  void itemsAreShuffledTheSameFromAnyStep() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 40));
    Sources sources = new Sources(folder).shuffleExamples();

    List<ListBatch> expected = Sources.batches(sources.build(), 0, 12);

    assertSame(Sources.batches(sources.build(), 7, 5), expected.subList(7, 12));
    assertThat(expected.get(0).examples()).isNotEqualTo(expected.get(5).examples());
    assertThat(firstItems(expected)).contains(0f, 1f, 2f, 3f, 4f);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void everyListComesOnceAPassAndBatchesStraddlePasses(long seed) throws IOException {
    int lists = NumberedLists.writeShards(folder, seed);

    List<ListBatch> batches = Sources.batches(new Sources(folder).build(), 0, (3 * lists + 7) / 8);
    List<Integer> numbers = Sources.numbers(batches);

    assertThat(batches).allSatisfy(batch -> assertThat(batch.batchSize()).isEqualTo(8));
    for (int pass = 0; pass < 3; pass++) {
      assertThat(numbers.subList(pass * lists, (pass + 1) * lists))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, lists).boxed().toList());
    }
  }

  @Test
  void anotherPassAndAnotherSeedHaveAnotherOrder() throws IOException {
    for (int file = 0; file < 6; file++) {
      NumberedLists.write(
          folder.resolve("part-" + file), NumberedLists.lists(50 * file, 50 * (file + 1)));
    }

    List<Integer> numbers =
        Sources.numbers(Sources.batches(new Sources(folder).batchSize(100).build(), 0, 6));
    List<Integer> otherSeed =
        Sources.numbers(Sources.batches(new Sources(folder).batchSize(100).seed(8).build(), 0, 3));

    List<Integer> first = numbers.subList(0, 300);
    List<Integer> second = numbers.subList(300, 600);
    // Positions of a list in two passes: as far apart as those of a shuffled deck, whose mean is a
    // third of its size and whose correlation is 0.
    assertThat(meanDistance(first, second)).isBetween(60.0, 140.0);
    assertThat(Math.abs(correlation(first, second))).isLessThan(0.5);
    assertThat(otherSeed).isNotEqualTo(first);
  }

  @Test
  void neighboursOfAFileAreApartInABatch() throws IOException {
    for (int file = 0; file < 6; file++) {
      NumberedLists.write(
          folder.resolve("part-" + file), NumberedLists.lists(50 * file, 50 * (file + 1)));
    }

    List<Integer> numbers =
        Sources.numbers(
            Sources.batches(new Sources(folder).batchSize(8).bufferSize(1).build(), 0, 1));

    // Two lists of each of four files, even without a buffer to draw from.
    assertThat(numbers.stream().map(number -> number / 50).distinct()).hasSize(4);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void validationIsOnePassInTheOrderOfTheData(long seed) throws IOException {
    int lists = NumberedLists.writeShards(folder, seed);
    ShardedLists data = new Sources(folder).sequential().batchSize(7).build();

    for (int opening = 0; opening < 2; opening++) {
      List<ListBatch> batches = Sources.batches(data, 0, Integer.MAX_VALUE);

      assertThat(Sources.numbers(batches)).isEqualTo(IntStream.range(0, lists).boxed().toList());
      assertThat(batches.get(batches.size() - 1).batchSize()).isEqualTo((lists - 1) % 7 + 1);
      assertThat(data.batchesPerPass()).isEqualTo(batches.size());
    }
    assertThat(Sources.numbers(Sources.batches(data, 2, 100)))
        .isEqualTo(IntStream.range(Math.min(14, lists), lists).boxed().toList());
    assertThat(Sources.batches(data, 1000, 1)).isEmpty();
  }

  @Test
  void theNumberOfBatchesOfAPassCanBeToldBeforeItIsRead() throws IOException {
    NumberedLists.write(folder.resolve("a"), NumberedLists.lists(0, 17));

    assertThat(new Sources(folder).batchSize(8).build().batchesPerPass()).isEqualTo(3);
    assertThat(new Sources(folder).batchSize(8).skipDamaged().build().batchesPerPass())
        .isEqualTo(3);
  }

  private static void assertSame(List<ListBatch> actual, List<ListBatch> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int step = 0; step < actual.size(); step++) {
      ListBatch batch = actual.get(step);
      ListBatch wanted = expected.get(step);
      assertThat(NumberedLists.numbers(batch))
          .as("step %d", step)
          .isEqualTo(NumberedLists.numbers(wanted));
      assertThat(batch.examples()).isEqualTo(wanted.examples());
      assertThat(batch.labels()).isEqualTo(wanted.labels());
      assertThat(batch.mask()).isEqualTo(wanted.mask());
      assertThat(batch.sizes()).isEqualTo(wanted.sizes());
    }
  }

  private static List<Float> firstItems(List<ListBatch> batches) {
    List<Float> items = new ArrayList<>();
    for (ListBatch batch : batches) {
      for (int q = 0; q < batch.batchSize(); q++) {
        items.add(batch.examples()[q * batch.listSize() * 2]);
      }
    }
    return items;
  }

  private static double meanDistance(List<Integer> first, List<Integer> second) {
    return first.stream()
        .mapToInt(number -> Math.abs(first.indexOf(number) - second.indexOf(number)))
        .average()
        .orElseThrow();
  }

  private static double correlation(List<Integer> first, List<Integer> second) {
    double mean = (first.size() - 1) / 2.0;
    double both = 0;
    double each = 0;
    for (Integer number : first) {
      both += (first.indexOf(number) - mean) * (second.indexOf(number) - mean);
      each += Math.pow(first.indexOf(number) - mean, 2);
    }
    return both / each;
  }
}
