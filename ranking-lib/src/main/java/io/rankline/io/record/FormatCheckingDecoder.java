package io.rankline.io.record;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;

/** Refuses records of another format that a decoder would read as lists of nothing but defaults. */
final class FormatCheckingDecoder implements RecordDecoder {

  private final RecordDecoder decoder;
  private final FormatCheck format;

  FormatCheckingDecoder(RecordDecoder decoder, RecordFormat asked) {
    this.decoder = decoder;
    this.format = new FormatCheck(asked);
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    RankingList list = decoder.decode(bytes, from, length);
    format.check(bytes, from, length);
    return list;
  }
}
