package io.rankline.pipeline.input;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.record.RecordFormat;
import io.rankline.pipeline.NumberedLists;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.input.pass.MemoryBudget;
import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.input.shard.InputSettings.Role;
import io.rankline.pipeline.input.shard.ListShard;
import io.rankline.pipeline.input.shard.RecordCursor;
import io.rankline.pipeline.input.shard.TfRecordShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Data sets of {@link NumberedLists} under settings of a test's choice. */
final class Sources {

  static final UnaryOperator<RankingList> AS_IS = UnaryOperator.identity();

  /** How often a file was opened. */
  final AtomicInteger opened = new AtomicInteger();

  private final Path folder;
  private Role role = Role.TRAINING;
  private int batchSize = 8;
  private int bufferSize = 20;
  private int threads = 2;
  private int prefetch = 2;
  private long seed = 7;
  private long budget = Long.MAX_VALUE;
  private boolean shuffleExamples;
  private CorruptRecordPolicy policy = CorruptRecordPolicy.FAIL;

  Sources(Path folder) {
    this.folder = folder;
  }

  Sources sequential() {
    this.role = Role.TRAINING_PASS;
    return this;
  }

  Sources batchSize(int lists) {
    this.batchSize = lists;
    return this;
  }

  Sources bufferSize(int lists) {
    this.bufferSize = lists;
    return this;
  }

  Sources threads(int count) {
    this.threads = count;
    return this;
  }

  Sources prefetch(int batches) {
    this.prefetch = batches;
    return this;
  }

  Sources seed(long value) {
    this.seed = value;
    return this;
  }

  /** Memory for kept lists; without limit by default. */
  Sources budget(long bytes) {
    this.budget = bytes;
    return this;
  }

  Sources shuffleExamples() {
    this.shuffleExamples = true;
    return this;
  }

  Sources skipDamaged() {
    this.policy = CorruptRecordPolicy.SKIP;
    return this;
  }

  ShardedLists build() throws IOException {
    return of(shards());
  }

  ShardedLists of(List<ListShard> shards) {
    return new ShardedLists(shards, settings(), AS_IS, Optional.empty(), new MemoryBudget(budget));
  }

  List<ListShard> shards() throws IOException {
    Storage storage = Storage.ofClassPath();
    List<ListShard> shards = new ArrayList<>();
    for (Shard file : storage.shards(folder.toString())) {
      shards.add(
          counted(
              new TfRecordShard(
                  storage, file, () -> RecordFormat.ELWC.decoder(NumberedLists.SPEC), policy)));
    }
    return shards;
  }

  InputSettings settings() {
    return new InputSettings(
        "data",
        role,
        DatasetHparams.inMemory()
            .trainBatchSize(batchSize)
            .validBatchSize(batchSize)
            .listSize(shuffleExamples ? 2 : 0)
            .shuffleExamples(shuffleExamples)
            .shuffleBufferSize(bufferSize)
            .seed(seed)
            .onCorruptRecord(policy)
            .prefetchBatches(prefetch)
            .readerThreads(threads)
            .build());
  }

  /** The next batches of a data set, from a step on; fewer where it ends before. */
  static List<ListBatch> batches(ShardedLists lists, long firstStep, int count) throws IOException {
    List<ListBatch> batches = new ArrayList<>();
    try (BatchStream<ListBatch> stream = lists.open(AS_IS, firstStep)) {
      @Nullable ListBatch batch;
      while (batches.size() < count && (batch = stream.next()) != null) {
        batches.add(batch);
      }
    }
    return batches;
  }

  /** Numbers of the lists of batches, in order. */
  static List<Integer> numbers(List<ListBatch> batches) {
    return batches.stream().flatMap(batch -> NumberedLists.numbers(batch).stream()).toList();
  }

  private ListShard counted(ListShard shard) {
    return new ListShard() {
      @Override
      public String name() {
        return shard.name();
      }

      @Override
      public RecordCursor open(Consumer<CorruptRecordException> onSkip) throws IOException {
        opened.incrementAndGet();
        return shard.open(onSkip);
      }
    };
  }
}
