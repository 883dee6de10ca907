package io.rankline.io.record;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.example.ExampleEncoder;
import io.rankline.io.example.ExampleWriter;

/**
 * Writes lists as ELWC records, or as one tf.Example an item. What {@link RecordFormat#decoder}
 * reads back under the same spec is the same list.
 *
 * <p>Features are written in the order of their names. A float that is NaN, and a feature of no
 * value, are left out. Not for several threads at once.
 */
public final class ElwcEncoder {

  private final ExampleEncoder examples;
  private final ExampleWriter example = new ExampleWriter();
  private final ElwcAssembler record = new ElwcAssembler();

  /** An encoder of lists that have the layout of {@code spec}. */
  public ElwcEncoder(RecordSpec spec) {
    this.examples = new ExampleEncoder(spec);
  }

  /** The list as one ELWC record. */
  public byte[] encode(RankingList list) {
    for (int i = 0; i < list.size(); i++) {
      example.clear();
      examples.item(list, i, example);
      record.add(example);
    }
    example.clear();
    examples.context(list, example);
    return record.build(example);
  }

  /** One item of the list, with the features of the context, as one tf.Example record. */
  public byte[] encodeItem(RankingList list, int item) {
    example.clear();
    examples.itemWithContext(list, item, example);
    return example.toByteArray();
  }
}
