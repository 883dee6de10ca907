package io.rankline.io.record;

import io.rankline.data.BytesColumn;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.Spans;
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

  private final ListSize listSize;
  private final TfExampleDecoder envelope = new TfExampleDecoder(ENVELOPE);
  private final ListParser list;
  private final Spans contextPart = new Spans();

  EieDecoder(RecordSpec spec, ListSize listSize) {
    this.listSize = listSize;
    this.list = new ListParser(spec);
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    try {
      RankingList parts = envelope.decode(bytes, from, length);
      BytesColumn context = (BytesColumn) parts.contextColumns().get(0);
      BytesColumn examples = (BytesColumn) parts.contextColumns().get(1);
      int count = examples.count(0);
      int size = listSize.of(count);
      list.start(size, count);
      list.input().reset(context.bytes(), 0);
      contextPart.clear();
      contextPart.add(0, context.bytes().length);
      list.context(contextPart);
      list.input().reset(examples.bytes(), 0);
      for (int i = 0; i < size; i++) {
        list.item(i, examples.byteStart(i), examples.ends()[i]);
      }
      return list.build();
    } catch (CorruptRecordException e) {
      throw OtherFormat.explain(e, RecordFormat.EIE, bytes, from, length);
    }
  }
}
