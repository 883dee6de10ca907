package io.rankline.io.record;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.Spans;
import io.rankline.io.example.WireInput;

/** Reads ExampleListWithContext: {@code repeated Example examples = 1; Example context = 2}. */
final class ElwcDecoder implements RecordDecoder {

  private static final int EXAMPLES = 1;
  private static final int CONTEXT = 2;

  private final ListSize listSize;
  private final Spans examples = new Spans();
  private final Spans contexts = new Spans();
  private final ListParser list;
  private final WireInput in;

  ElwcDecoder(RecordSpec spec, ListSize listSize) {
    this.listSize = listSize;
    this.list = new ListParser(spec);
    this.in = list.input();
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    in.reset(bytes, from);
    try {
      findMessages(from + length);
      int size = listSize.of(examples.size());
      list.start(size, examples.size());
      list.context(contexts);
      for (int i = 0; i < size; i++) {
        list.item(i, examples.start(i), examples.end(i));
      }
      return list.build();
    } catch (CorruptRecordException e) {
      throw OtherFormat.explain(e, RecordFormat.ELWC, bytes, from, length);
    }
  }

  /** Whether the last list held any of the features asked for. */
  boolean hasFeatures() {
    return list.hasFeatures();
  }

  private void findMessages(int end) throws CorruptRecordException {
    examples.clear();
    contexts.clear();
    while (in.position() < end) {
      int tag = in.tag(end);
      int field = tag >>> 3;
      if (field != EXAMPLES && field != CONTEXT) {
        in.skip(tag, end);
        continue;
      }
      if ((tag & 7) != WireInput.LENGTH_DELIMITED) {
        throw in.wrongWireType(
            (field == EXAMPLES ? "examples" : "context") + " of ExampleListWithContext",
            tag,
            WireInput.LENGTH_DELIMITED);
      }
      int messageEnd = in.lengthDelimited(end);
      (field == EXAMPLES ? examples : contexts).add(in.position(), messageEnd);
      in.seek(messageEnd);
    }
  }
}
