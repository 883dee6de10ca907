package io.rankline.spark.source.write;

import io.rankline.data.RankingList;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Encodes lists in the record format of a write and frames them. */
final class RecordSink {

  private final ElwcEncoder encoder;
  private final TfRecordWriter records;
  private final boolean recordPerItem;

  RecordSink(WritePlan plan, TfRecordWriter records) {
    this.encoder = new ElwcEncoder(plan.encodedSpec());
    this.records = records;
    this.recordPerItem = plan.options().recordFormat() == RecordFormat.TF_EXAMPLE;
  }

  void write(RankingList list) {
    try {
      if (recordPerItem) {
        for (int i = 0; i < list.size(); i++) {
          records.write(encoder.encodeItem(list, i));
        }
      } else {
        records.write(encoder.encode(list));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
