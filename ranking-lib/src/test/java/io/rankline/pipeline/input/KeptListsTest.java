package io.rankline.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.BytesColumn;
import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.pipeline.NumberedLists;
import io.rankline.pipeline.input.pass.HeapSize;
import io.rankline.pipeline.input.pass.MemoryBudget;
import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.input.shard.ListShard;
import io.rankline.pipeline.input.shard.ListStep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptListsTest {

  @TempDir Path folder;

  @Test
  void afterAPassNoFileIsOpenedAgain() throws IOException {
    writeFiles(5, 30);
    Sources sources = new Sources(folder).bufferSize(150);
    ShardedLists data = sources.build();

    Sources.batches(data, 0, 19);
    int opened = sources.opened.get();
    Sources.batches(data, 0, 100);
    Sources.batches(data, 77, 3);

    // Each once to read it, and the first once more to look at its labels.
    assertThat(opened).isEqualTo(6);
    assertThat(sources.opened).hasValue(opened);
  }

  @Test
  void withoutMemoryFilesAreReadInEachPass() throws IOException {
    writeFiles(5, 30);
    Sources sources = new Sources(folder).budget(0);

    Sources.batches(sources.build(), 0, 10 * 150 / 8);

    assertThat(sources.opened).hasValueGreaterThan(9 * 5);
  }

  @Test
  void noMoreMemoryIsTakenThanAllowed() throws IOException {
    writeFiles(5, 30);
    long each = HeapSize.of(NumberedLists.list(1));
    MemoryBudget budget = new MemoryBudget(70 * each);
    InputSettings settings = settings();
    ShardedLists data =
        new ShardedLists(shards(), settings, Sources.AS_IS, Optional.empty(), budget);

    Sources.batches(data, 0, 60);

    assertThat(budget.used()).isBetween(65 * each, 70 * each);
    assertThat(budget.lists()).isBetween(65L, 80L);
  }

  @Test
  void listsAreTransformedOnceWhereTheyAreKept() throws IOException {
    writeFiles(2, 30);
    AtomicInteger transformed = new AtomicInteger();
    UnaryOperator<RankingList> transform =
        list -> {
          transformed.incrementAndGet();
          return list;
        };
    ShardedLists data =
        new ShardedLists(shards(), settings(), Sources.AS_IS, Optional.empty(), all());

    for (int opening = 0; opening < 3; opening++) {
      try (BatchStream<ListBatch> batches = data.open(transform, 0)) {
        for (int step = 0; step < 20; step++) {
          batches.next();
        }
      }
    }

    assertThat(transformed).hasValue(60);
  }

  @Test
  void aStartInTheMiddleDecodesNoListThatComesBefore() throws IOException {
    writeFiles(1, 200);
    AtomicInteger transformed = new AtomicInteger();
    ShardedLists data = new Sources(folder).sequential().build();

    try (BatchStream<ListBatch> batches =
        data.open(
            list -> {
              transformed.incrementAndGet();
              return list;
            },
            20)) {
      while (batches.next() != null) {
        assertThat(transformed).hasPositiveValue();
      }
    }

    // Twenty batches of 8 lists come before.
    assertThat(transformed).hasValue(200 - 20 * 8);
  }

  @Test
  void anotherTransformForgetsWhatWasKeptUnderTheFirst() throws IOException {
    writeFiles(2, 30);
    MemoryBudget budget = all();
    ShardedLists data =
        new ShardedLists(shards(), settings(), Sources.AS_IS, Optional.empty(), budget);
    Sources.batches(data, 0, 20);
    long used = budget.used();

    try (BatchStream<ListBatch> batches = data.open(KeptListsTest::negated, 0)) {
      for (int step = 0; step < 20; step++) {
        ListBatch batch = Objects.requireNonNull(batches.next());
        assertThat(NumberedLists.numbers(batch)).allMatch(number -> number <= 0);
      }
    }

    assertThat(used).isPositive();
    assertThat(budget.used()).isEqualTo(used);
    assertThat(budget.lists()).isEqualTo(60);
  }

  @Test
  void aStreamGoesOnWhileAnotherTransformForgetsItsLists() throws IOException {
    writeFiles(2, 30);
    ShardedLists data = new Sources(folder).bufferSize(1).prefetch(1).build();
    List<Integer> expected = Sources.numbers(Sources.batches(data, 0, 40));

    List<Integer> numbers = new ArrayList<>();
    try (BatchStream<ListBatch> batches = data.open(Sources.AS_IS, 0)) {
      for (int step = 0; step < 40; step++) {
        if (step == 3) {
          data.open(KeptListsTest::negated, 0).close();
        }
        numbers.addAll(NumberedLists.numbers(Objects.requireNonNull(batches.next())));
      }
    }

    assertThat(numbers).isEqualTo(expected);
  }

  @Test
  void keptListsShareOneLayout() {
    ListStep step = new ListStep(Sources.AS_IS, Sources.AS_IS);

    RankingList first = step.apply(NumberedLists.list(1));
    RankingList second = step.apply(NumberedLists.list(2));

    assertThat(NumberedLists.list(2).layout()).isNotSameAs(NumberedLists.list(1).layout());
    assertThat(second.layout()).isSameAs(first.layout());
  }

  @Test
  void theSizeOfAListIsNoLessThanWhatItTakes() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    RecordSpec spec =
        RecordSpec.of(
            Map.of("query", new VarLenFeature(DType.STRING)),
            Map.of("item", FixedLenFeature.float32(3).withDefault(0f)));
    RankingList[] lists = new RankingList[100];
    int warmUp = 3;
    long taken = 0;
    for (int round = 0; round <= warmUp; round++) {
      var layout = spec.layout();
      byte[] text = new byte[101];
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < lists.length; i++) {
        lists[i] =
            new RankingList(
                layout,
                7,
                7,
                new float[0],
                new float[21],
                new float[0],
                new float[0],
                List.of(new BytesColumn(text.clone(), new int[] {50, 101}, new int[] {0, 2})),
                List.of());
      }
      taken = (threads.getCurrentThreadAllocatedBytes() - before) / lists.length;
    }

    assertThat(HeapSize.of(lists[0])).isBetween(taken, 2 * taken);
  }

  private static RankingList negated(RankingList list) {
    return new RankingList(
        list.layout(),
        list.size(),
        list.originalSize(),
        new float[] {-list.context()[0]},
        list.examples(),
        list.labels(),
        list.weights(),
        List.of(),
        List.of());
  }

  private void writeFiles(int files, int lists) throws IOException {
    for (int file = 0; file < files; file++) {
      NumberedLists.write(
          folder.resolve("part-" + file), NumberedLists.lists(lists * file, lists * (file + 1)));
    }
  }

  private static MemoryBudget all() {
    return new MemoryBudget(Long.MAX_VALUE);
  }

  private InputSettings settings() {
    return new Sources(folder).settings();
  }

  private List<ListShard> shards() throws IOException {
    return new Sources(folder).shards();
  }
}
