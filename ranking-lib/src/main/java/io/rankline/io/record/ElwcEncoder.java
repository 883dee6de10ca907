package io.rankline.io.record;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.example.ExampleEncoder;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;

/**
 * Writes lists as ELWC records, or as one tf.Example an item. What {@link RecordFormat#decoder}
 * reads back under the same spec is the same list.
 *
 * <p>Features are written in the order of their names. A float that is NaN, and a feature of no
 * value, are left out.
 */
public final class ElwcEncoder {

  private final ExampleEncoder examples;

  /** An encoder of lists that have the layout of {@code spec}. */
  public ElwcEncoder(RecordSpec spec) {
    this.examples = new ExampleEncoder(spec);
  }

  /** The list as one ELWC record. */
  public byte[] encode(RankingList list) {
    ExampleListWithContext.Builder record = ExampleListWithContext.newBuilder();
    for (int i = 0; i < list.size(); i++) {
      record.addExamples(examples.item(list, i));
    }
    Example context = examples.context(list);
    if (context.getFeatures().getFeatureCount() > 0) {
      record.setContext(context);
    }
    return record.build().toByteArray();
  }

  /** One item of the list, with the features of the context, as one tf.Example record. */
  public byte[] encodeItem(RankingList list, int item) {
    return examples.itemWithContext(list, item).toByteArray();
  }
}
