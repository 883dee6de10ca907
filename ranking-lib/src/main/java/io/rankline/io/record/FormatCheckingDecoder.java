package io.rankline.io.record;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import java.util.function.BooleanSupplier;

/** Refuses records of another format that a decoder would read as lists of nothing but defaults. */
final class FormatCheckingDecoder implements RecordDecoder {

  private final RecordDecoder decoder;
  private final BooleanSupplier hasFeatures;
  private final FormatCheck format;

  FormatCheckingDecoder(RecordDecoder decoder, RecordFormat asked) {
    this(decoder, asked, () -> false);
  }

  /**
   * A decoder that knows more.
   *
   * @param hasFeatures whether the last record held a feature asked for, where no other format has
   *     it: there is nothing to check then
   */
  FormatCheckingDecoder(RecordDecoder decoder, RecordFormat asked, BooleanSupplier hasFeatures) {
    this.decoder = decoder;
    this.hasFeatures = hasFeatures;
    this.format = new FormatCheck(asked);
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    RankingList list = decoder.decode(bytes, from, length);
    if (!hasFeatures.getAsBoolean()) {
      format.check(bytes, from, length);
    }
    return list;
  }
}
