package io.rankline.io.record;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.tfrecord.TfRecordReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Reads the lists of one TFRecord file, one after the other. */
public final class RankingListReader implements Closeable {

  private final TfRecordReader records;
  private final RecordDecoder decoder;

  /** Lists of the records of {@code records}, which is closed with this reader. */
  public RankingListReader(TfRecordReader records, RecordDecoder decoder) {
    this.records = records;
    this.decoder = decoder;
  }

  /**
   * Opens a file.
   *
   * @param onSkip called with each record that is skipped
   */
  public static RankingListReader open(
      RecordFiles files,
      Path file,
      RecordDecoder decoder,
      CorruptRecordPolicy policy,
      Consumer<CorruptRecordException> onSkip)
      throws IOException {
    return new RankingListReader(
        new TfRecordReader(files.open(file), file.toString(), policy, onSkip), decoder);
  }

  /**
   * The next list, or null at the end of the file.
   *
   * @throws CorruptRecordException for a record that cannot be read, with its place, unless those
   *     are skipped
   */
  public @Nullable RankingList next() throws IOException {
    while (records.advance()) {
      try {
        return decoder.decode(records.buffer(), records.offset(), records.length());
      } catch (CorruptRecordException fault) {
        records.reject(fault);
      }
    }
    return null;
  }

  /** Number of records skipped so far. */
  public long skippedRecords() {
    return records.skippedRecords();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
