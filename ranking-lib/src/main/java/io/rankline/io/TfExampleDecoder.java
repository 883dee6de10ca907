package io.rankline.io;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;

/** Reads one Example as a list of one item; its features serve the context and the item alike. */
final class TfExampleDecoder implements RecordDecoder {

  private final WireInput in = new WireInput();
  private final ListBuilder list;
  private final ExampleParser contextParser;
  private final ExampleParser exampleParser;

  TfExampleDecoder(RecordSpec spec) {
    ListLayout layout = spec.layout();
    this.list = new ListBuilder(spec, layout);
    this.contextParser = new ExampleParser(in, FeatureSlot.ofContext(spec, layout), false);
    this.exampleParser = new ExampleParser(in, FeatureSlot.ofExamples(spec, layout), true);
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    int to = from + length;
    in.reset(bytes, from, to);
    try {
      list.start(1, 1);
      contextParser.startRow(list.contextSink(), 0);
      contextParser.mergeExample(from, to);
      contextParser.endRow();
      exampleParser.startRow(list.exampleSink(), 0);
      exampleParser.mergeExample(from, to);
      exampleParser.endRow();
      return list.build();
    } catch (CorruptRecordException e) {
      throw OtherFormat.explain(e, RecordFormat.TF_EXAMPLE, bytes, from, length);
    }
  }
}
