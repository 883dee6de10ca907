package io.rankline.io.record;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.text.ByteText;
import org.jspecify.annotations.Nullable;

/** The query of a record: what a feature of its context holds, whether a model reads it or not. */
public final class QueryName implements RecordWalker.Visitor {

  private final RecordWalker walker;
  private final String feature;
  private @Nullable String found;

  /** Names by a feature of the context. */
  public QueryName(RecordFormat format, String feature) {
    this.walker = new RecordWalker(format);
    this.feature = feature;
  }

  /** The feature. */
  public String feature() {
    return feature;
  }

  /**
   * The name of the record last read; null where it has no such feature of one value.
   *
   * @throws CorruptRecordException for a record that cannot be read
   */
  public @Nullable String of(TfRecordReader records) throws CorruptRecordException {
    found = null;
    walker.walk(records.buffer(), records.offset(), records.length(), this);
    return found;
  }

  @Override
  public void startList(int items) {}

  @Override
  public void feature(int item, String name, FeatureValues values) {
    if (item == RecordWalker.CONTEXT && name.equals(feature) && values.count() == 1) {
      DType type = values.dtype();
      found =
          type == DType.INT64
              ? String.valueOf(values.longs()[0])
              : type == DType.STRING ? ByteText.of(values.strings().get(0)) : null;
    }
  }
}
