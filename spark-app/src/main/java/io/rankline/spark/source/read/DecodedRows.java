package io.rankline.spark.source.read;

import io.rankline.data.RankingList;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.source.schema.SourceOptions;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;

/** Rows of decoded lists: one a list, or one an item. */
final class DecodedRows extends RowIterator {

  private final TfRecordReader records;
  private final RankingListReader lists;
  private final RowWriter writer;
  private final String file;
  private final boolean flat;
  private @Nullable RankingList open;
  private int nextItem;

  DecodedRows(
      TfRecordReader records,
      RecordDecoder decoder,
      RowWriter writer,
      Path path,
      SourceOptions options,
      SkipLog skips) {
    super(records, skips);
    this.records = records;
    this.lists = new RankingListReader(records, decoder);
    this.writer = writer;
    this.file = path.toString(); // in whole: another folder may hold a file of the same name
    this.flat = options.form() == RowForm.FLAT;
  }

  @Override
  @Nullable UnsafeRow read() throws IOException {
    if (flat) {
      return readItem();
    }
    RankingList list = lists.next();
    return list == null ? null : writer.list(list);
  }

  private @Nullable UnsafeRow readItem() throws IOException {
    RankingList list = open;
    while (list == null || nextItem == list.size()) {
      list = lists.next();
      open = list;
      nextItem = 0;
      if (list == null) {
        return null;
      }
      writer.setGeneratedQuery(file + "#" + records.recordNumber());
    }
    return writer.item(list, nextItem++);
  }
}
