package io.rankline.spark.convert;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.RecordWalker;
import org.jspecify.annotations.Nullable;

/** Parts an Example into what belongs to its query and what to the item. */
final class ExampleParts implements RecordWalker.Visitor {
  private final Naming naming;
  private final LeftOut leftOut;
  private final ExampleWriter item = new ExampleWriter();
  private final ExampleWriter context = new ExampleWriter();
  private @Nullable String query;

  ExampleParts(Naming naming, LeftOut leftOut) {
    this.naming = naming;
    this.leftOut = leftOut;
  }

  @Override
  public void startList(int items) {
    item.clear();
    context.clear();
    query = null;
  }

  @Override
  public void feature(int number, String name, FeatureValues values) throws CorruptRecordException {
    if (leftOut.isLeftOut(name)) {
      return;
    }
    ElwcTranscoder.requireNumbers(number, name, values);
    if (name.equals(naming.query())) {
      query = ElwcTranscoder.queryText(values);
    }
    (naming.isContext(name) ? context : item).copy(name, values);
  }

  String query() throws CorruptRecordException {
    if (query == null) {
      throw new CorruptRecordException(
          "feature '%s' must hold the query, one int64 or string; --query-column names another"
              .formatted(naming.query()));
    }
    return query;
  }

  FlatItem item() {
    return new FlatItem(
        item.toByteArray(), context.isEmpty() ? new byte[0] : context.toByteArray());
  }
}
