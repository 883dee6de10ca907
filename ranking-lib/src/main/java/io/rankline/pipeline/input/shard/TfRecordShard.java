package io.rankline.pipeline.input.shard;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.tfrecord.PendingRecord;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A TFRecord file. */
public final class TfRecordShard implements ListShard {

  private final Storage storage;
  private final Shard file;
  private final Supplier<RecordDecoder> decoders;
  private final CorruptRecordPolicy policy;

  /**
   * A file.
   *
   * @param decoders makes decoders, each for one thread at a time
   * @param policy what a record does whose frame is damaged
   */
  public TfRecordShard(
      Storage storage, Shard file, Supplier<RecordDecoder> decoders, CorruptRecordPolicy policy) {
    this.storage = storage;
    this.file = file;
    this.decoders = decoders;
    this.policy = policy;
  }

  @Override
  public String name() {
    return file.path();
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public RecordCursor open(Consumer<CorruptRecordException> onSkip) throws IOException {
    return new Cursor(
        new TfRecordReader(storage.open(file), file.path(), policy, onSkip), decoders);
  }

  /** Decoders go from record to record of one file, since they learn how its writer writes. */
  private static final class Cursor implements RecordCursor {
    private final TfRecordReader records;
    private final Supplier<RecordDecoder> decoders;
    private final Queue<RecordDecoder> idle = new ConcurrentLinkedQueue<>();

    Cursor(TfRecordReader records, Supplier<RecordDecoder> decoders) {
      this.records = records;
      this.decoders = decoders;
    }

    @Override
    public boolean advance() throws IOException {
      return records.advance();
    }

    @Override
    public PendingList take() {
      return new Pending(records.take());
    }

    @Override
    public void close() throws IOException {
      records.close();
    }

    private RankingList decode(PendingRecord record) throws CorruptRecordException {
      RecordDecoder used = idle.poll();
      RecordDecoder decoder = used == null ? decoders.get() : used;
      RankingList list = decoder.decode(record);
      // After a fault a decoder may hold half a record: that one is left behind.
      idle.add(decoder);
      return list;
    }

    private final class Pending implements PendingList {
      private final PendingRecord record;

      Pending(PendingRecord record) {
        this.record = record;
      }

      @Override
      public int bytes() {
        return record.bytes().length;
      }

      @Override
      public RankingList decode() throws CorruptRecordException {
        return Cursor.this.decode(record);
      }

      @Override
      public CorruptRecordException refused(IllegalArgumentException why) {
        return record.refused(why);
      }
    }
  }
}
