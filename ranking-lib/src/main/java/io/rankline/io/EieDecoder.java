package io.rankline.io;

import io.rankline.data.BytesColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import java.util.Map;

/**
 * Reads an Example whose feature {@value #CONTEXT} holds one serialized Example, the context, and
 * whose feature {@value #EXAMPLES} holds one an item.
 */
final class EieDecoder implements RecordDecoder {

  static final String CONTEXT = "serialized_context";
  static final String EXAMPLES = "serialized_examples";

  private static final RecordSpec ENVELOPE =
      RecordSpec.of(
          Map.of(CONTEXT, FixedLenFeature.string(1), EXAMPLES, new VarLenFeature(DType.STRING)),
          Map.of());

  private final int listSize;
  private final TfExampleDecoder envelope = new TfExampleDecoder(ENVELOPE);
  private final WireInput in = new WireInput();
  private final ListBuilder list;
  private final ExampleParser contextParser;
  private final ExampleParser exampleParser;

  EieDecoder(RecordSpec spec, int listSize) {
    ListLayout layout = spec.layout();
    this.listSize = listSize;
    this.list = new ListBuilder(spec, layout);
    this.contextParser = new ExampleParser(in, FeatureSlot.ofContext(spec, layout), false);
    this.exampleParser = new ExampleParser(in, FeatureSlot.ofExamples(spec, layout), true);
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    try {
      RankingList parts = envelope.decode(bytes, from, length);
      BytesColumn context = (BytesColumn) parts.contextColumns().get(0);
      BytesColumn examples = (BytesColumn) parts.contextColumns().get(1);
      int count = examples.count(0);
      int size = Math.min(count, listSize);
      list.start(size, count);
      in.reset(context.bytes(), 0, context.bytes().length);
      contextParser.startRow(list.contextSink(), 0);
      contextParser.mergeExample(0, context.ends()[0]);
      contextParser.endRow();
      in.reset(examples.bytes(), 0, examples.bytes().length);
      FeatureSink sink = list.exampleSink();
      for (int i = 0; i < size; i++) {
        exampleParser.startRow(sink, i);
        exampleParser.mergeExample(examples.byteStart(i), examples.ends()[i]);
        exampleParser.endRow();
      }
      return list.build();
    } catch (CorruptRecordException e) {
      throw OtherFormat.explain(e, RecordFormat.EIE, bytes, from, length);
    }
  }
}
