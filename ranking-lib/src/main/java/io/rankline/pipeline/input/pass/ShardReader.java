package io.rankline.pipeline.input.pass;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.pipeline.input.shard.PendingList;
import io.rankline.pipeline.input.shard.RecordCursor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the slots of a shard ahead of whoever takes them. Blocks are read one after the other, as a
 * file is, and decoded side by side.
 */
final class ShardReader implements SlotSource {

  /** Blocks that are read ahead. Two: one to take from while the next is made. */
  private static final int AHEAD = 2;

  /** A block ends with the record that makes it this large: some lists of 200 items. */
  private static final int BLOCK_BYTES = 1 << 20;

  /** And with this many records, so that small ones do not wait for each other. */
  private static final int BLOCK_RECORDS = 64;

  private final int number;
  private final ReadingContext context;
  private final ShardMemory memory;
  private final PassedOver passedOver;
  private final Executor threads;

  private final Deque<CompletableFuture<DecodedBlock>> decoded = new ArrayDeque<>();
  private CompletableFuture<ReadBlock> reading;
  private DecodedBlock current = new DecodedBlock(List.of(), false);
  private int at;
  private volatile boolean closed;

  /** Used by one reading task after the other. */
  private @Nullable RecordCursor cursor;

  private int ordinal;

  ShardReader(int number, ReadingContext context, PassedOver passedOver, Executor threads) {
    this.number = number;
    this.context = context;
    this.memory = context.memory(number);
    this.passedOver = passedOver;
    this.threads = threads;
    this.reading = CompletableFuture.completedFuture(new ReadBlock(List.of(), false));
    for (int i = 0; i < AHEAD; i++) {
      requestBlock();
    }
  }

  @Override
  public @Nullable Slot next() throws IOException {
    while (at == current.slots().size()) {
      if (current.isLast()) {
        return null;
      }
      current = await(decoded.remove());
      at = 0;
      if (!current.isLast()) {
        requestBlock();
      }
    }
    return current.slots().get(at++);
  }

  /** Lets the file be closed once nobody reads from it. */
  @Override
  public void close() {
    closed = true;
    reading = reading.whenComplete((block, fault) -> closeCursor());
  }

  private void requestBlock() {
    reading =
        reading.thenApplyAsync(
            before -> before.isLast() || closed ? ReadBlock.NOTHING : readBlock(), threads);
    decoded.add(reading.thenApplyAsync(this::decode, threads));
  }

  private ReadBlock readBlock() {
    try {
      return readRecords();
    } catch (IOException e) {
      closeCursor();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      closeCursor();
      throw e;
    }
  }

  private ReadBlock readRecords() throws IOException {
    RecordCursor records = cursor;
    if (records == null) {
      records = context.open(number);
      cursor = records;
    }
    List<ReadBlock.Entry> entries = new ArrayList<>();
    int bytes = 0;
    while (bytes < BLOCK_BYTES && entries.size() < BLOCK_RECORDS && !closed) {
      if (!records.advance()) {
        memory.foundEnd(ordinal);
        closeCursor();
        return new ReadBlock(entries, true);
      }
      int record = ordinal++;
      RankingList kept = memory.kept(record);
      if (memory.isDamaged(record)) {
        continue;
      }
      if (kept != null || passedOver.contains(number, record)) {
        entries.add(new ReadBlock.Entry(new Slot(number, record, kept), null));
      } else {
        PendingList pending = records.take();
        bytes += pending.bytes();
        entries.add(new ReadBlock.Entry(new Slot(number, record, null), pending));
      }
    }
    return new ReadBlock(entries, false);
  }

  private DecodedBlock decode(ReadBlock block) {
    List<Slot> slots = new ArrayList<>(block.entries().size());
    for (ReadBlock.Entry entry : block.entries()) {
      PendingList pending = entry.pending();
      if (pending == null || closed) {
        slots.add(entry.slot());
        continue;
      }
      int record = entry.slot().ordinal();
      try {
        RankingList list = context.decode(pending);
        memory.found(record, list);
        slots.add(new Slot(number, record, list));
      } catch (CorruptRecordException fault) {
        if (context.policy() == CorruptRecordPolicy.FAIL) {
          throw new UncheckedIOException(fault);
        }
        memory.foundDamaged(record);
        context.skipped(fault);
      }
    }
    return new DecodedBlock(slots, block.isLast());
  }

  private void closeCursor() {
    RecordCursor open = cursor;
    cursor = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Everything that was wanted from the file has been read.
        context.closingFailed(number, e);
      }
    }
  }

  private static DecodedBlock await(CompletableFuture<DecodedBlock> block) throws IOException {
    try {
      return block.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException("interrupted while reading");
      stopped.initCause(e);
      throw stopped;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CompletionException completion && completion.getCause() != null) {
        cause = completion.getCause();
      }
      if (cause instanceof UncheckedIOException unchecked) {
        throw unchecked.getCause();
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("reading failed: " + cause, cause);
    }
  }

  /** Some slots of the shard in their order, and whether it ends with them. */
  private record DecodedBlock(List<Slot> slots, boolean isLast) {}
}
