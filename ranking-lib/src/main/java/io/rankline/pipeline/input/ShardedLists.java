package io.rankline.pipeline.input;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Storage;
import io.rankline.pipeline.input.pass.MemoryBudget;
import io.rankline.pipeline.input.pass.ReadingContext;
import io.rankline.pipeline.input.shard.DamagedRecords;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.input.shard.InputSettings.Role;
import io.rankline.pipeline.input.shard.LabelCheck;
import io.rankline.pipeline.input.shard.ListShard;
import io.rankline.pipeline.input.shard.ListStep;
import io.rankline.pipeline.input.shard.MemoryShard;
import io.rankline.pipeline.input.shard.RecordCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data set of shards. Lists that were read once are kept, transformed, as long as the budget
 * lasts, and serve every later stream with the same transform. Safe for use by several threads.
 */
public final class ShardedLists implements RankingDataset {

  private static final Logger log = LoggerFactory.getLogger(ShardedLists.class);

  private final List<ListShard> shards;
  private final InputSettings settings;
  private final UnaryOperator<RankingList> prepare;
  private final Optional<DatasetFiles> files;
  private final MemoryBudget budget;
  private final @Nullable Storage storage;
  private final DamagedRecords damaged;
  private @Nullable UnaryOperator<RankingList> transform;
  private @Nullable ReadingContext context;
  private boolean checked;
  private long lists = -1;

  public ShardedLists(
      List<ListShard> shards,
      InputSettings settings,
      UnaryOperator<RankingList> prepare,
      Optional<DatasetFiles> files,
      MemoryBudget budget) {
    this(shards, settings, prepare, files, budget, null);
  }

  private ShardedLists(
      List<ListShard> shards,
      InputSettings settings,
      UnaryOperator<RankingList> prepare,
      Optional<DatasetFiles> files,
      MemoryBudget budget,
      @Nullable Storage storage) {
    this.shards = List.copyOf(shards);
    this.settings = settings;
    this.prepare = prepare;
    this.files = files;
    this.budget = budget;
    this.storage = storage;
    this.damaged =
        new DamagedRecords(
            settings.name(),
            shards.stream().mapToLong(ListShard::bytes).sum(),
            settings.hparams().corruptShare());
  }

  /**
   * A data set of files.
   *
   * @param budget may be shared with other data sets
   */
  public static ShardedLists of(DatasetFiles files, Storage storage, MemoryBudget budget) {
    return new ShardedLists(
        files.files().stream().map(file -> files.shard(storage, file)).toList(),
        files.settings(),
        files.prepare(),
        Optional.of(files),
        budget,
        storage);
  }

  /**
   * A data set of lists in memory.
   *
   * @param budget may be shared with other data sets
   */
  public static ShardedLists of(
      List<RankingList> lists, InputSettings settings, MemoryBudget budget) {
    return new ShardedLists(
        List.of(new MemoryShard(settings.name(), lists)),
        settings,
        settings.hparams().convertLabelsToBinary()
            ? RankingList::withBinaryLabels
            : UnaryOperator.identity(),
        Optional.empty(),
        budget);
  }

  /**
   * Starts threads that make batches.
   *
   * @param listTransform another object than last time makes kept lists useless, and they are
   *     forgotten
   * @throws IOException if there is nothing to learn from, or a feature is not there, see
   *     LabelCheck and DatasetFiles, which look the first time; or for data that cannot be read
   */
  @Override
  public synchronized <B> BatchStream<B> open(
      UnaryOperator<RankingList> listTransform, BatchForm<B> form, long firstStep)
      throws IOException {
    if (firstStep < 0) {
      throw new IllegalArgumentException("firstStep must be 0 or more, got " + firstStep);
    }
    requireUsable();
    return new PrefetchedBatches<>(contextOf(listTransform), settings, form, firstStep);
  }

  /** Looks once: later calls know the answer. */
  @Override
  public synchronized void requireUsable() throws IOException {
    if (!checked) {
      new LabelCheck(settings.name(), settings.onCorruptRecord()).check(shards, prepare);
      if (files.isPresent() && storage != null && settings.role() != Role.VALIDATION) {
        files.get().requireFeatures(storage);
      }
      checked = true;
    }
  }

  /** Counts a smaller last batch too. Reads the data unless a pass has been read. */
  @Override
  public synchronized long batchesPerPass() throws IOException {
    long known = context == null ? lists : Math.max(lists, context.lists());
    lists = known < 0 ? count() : known;
    return (lists + settings.batchSize() - 1) / settings.batchSize();
  }

  @Override
  public Optional<DatasetFiles> files() {
    return files;
  }

  private ReadingContext contextOf(UnaryOperator<RankingList> wanted) {
    ReadingContext known = context;
    if (known != null && wanted.equals(transform)) {
      return known;
    }
    if (known != null) {
      log.info("'{}' is opened with another transform; kept lists are forgotten", settings.name());
      known.drop();
    }
    ReadingContext fresh =
        new ReadingContext(
            shards, budget, new ListStep(prepare, wanted), settings.onCorruptRecord(), damaged);
    transform = wanted;
    context = fresh;
    return fresh;
  }

  private long count() throws IOException {
    try {
      return countAll();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private long countAll() throws IOException {
    long count = 0;
    ListStep step = new ListStep(prepare, UnaryOperator.identity());
    for (ListShard shard : shards) {
      try (RecordCursor records = shard.open(damaged)) {
        while (records.advance()) {
          if (settings.onCorruptRecord() == CorruptRecordPolicy.FAIL || isList(records, step)) {
            count++;
          }
        }
      }
    }
    return count;
  }

  private static boolean isList(RecordCursor records, ListStep step) {
    try {
      step.apply(records.take().decode());
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
