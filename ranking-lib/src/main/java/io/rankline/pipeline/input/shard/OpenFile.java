package io.rankline.pipeline.input.shard;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The lists of one file, one after the other. To be used by one thread. */
public final class OpenFile implements AutoCloseable {

  /** Enough to see what is wrong. */
  private static final int MOST_TOLD = 10;

  private final CorruptRecordPolicy policy;
  private final UnaryOperator<RankingList> prepare;
  private final RecordCursor records;
  private final List<String> firstSkipped = new ArrayList<>();
  private long skipped;
  private long lostBytes;

  OpenFile(ListShard shard, CorruptRecordPolicy policy, UnaryOperator<RankingList> prepare)
      throws IOException {
    this.policy = policy;
    this.prepare = prepare;
    this.records = shard.open(this::skip);
  }

  /**
   * The next list, prepared; null at the end.
   *
   * @throws CorruptRecordException for a damaged record, unless those are skipped
   * @throws IOException if the file cannot be read
   */
  public @Nullable RankingList next() throws IOException {
    while (records.advance()) {
      try {
        return prepared(records.take());
      } catch (CorruptRecordException e) {
        if (policy == CorruptRecordPolicy.FAIL) {
          throw e;
        }
        skip(e);
      }
    }
    return null;
  }

  /** Number of damaged records that were left out so far. */
  public long skipped() {
    return skipped;
  }

  /** About how many bytes of the file they took. */
  public long lostBytes() {
    return lostBytes;
  }

  /** What is wrong with the first of them, with file and place. */
  public List<String> firstSkipped() {
    return List.copyOf(firstSkipped);
  }

  private void skip(CorruptRecordException fault) {
    skipped++;
    lostBytes += fault.lostBytes();
    if (firstSkipped.size() < MOST_TOLD) {
      firstSkipped.add(String.valueOf(fault.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private RankingList prepared(PendingList record) throws CorruptRecordException {
    RankingList list = record.decode();
    try {
      return prepare.apply(list);
    } catch (IllegalArgumentException e) {
      throw record.refused(e);
    }
  }
}
