package io.rankline.io.record;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.Spans;

/** Reads one Example as a list of one item; its features serve the context and the item alike. */
final class TfExampleDecoder implements RecordDecoder {

  private final ListParser list;
  private final Spans whole = new Spans();

  TfExampleDecoder(RecordSpec spec) {
    this.list = new ListParser(spec);
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    int to = from + length;
    list.input().reset(bytes, from);
    whole.clear();
    whole.add(from, to);
    try {
      list.start(1, 1);
      list.context(whole);
      list.item(0, from, to);
      return list.build();
    } catch (CorruptRecordException e) {
      throw OtherFormat.explain(e, RecordFormat.TF_EXAMPLE, bytes, from, length);
    }
  }
}
