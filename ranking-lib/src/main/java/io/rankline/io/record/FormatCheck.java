package io.rankline.io.record;

import io.rankline.io.CorruptRecordException;
import java.util.Arrays;

/**
 * Refuses records of another format, which protobuf often reads as one without any known feature:
 * with a default for each feature, nothing else would show it. Looks until a record is of the
 * format asked for; after that a record costs nothing.
 */
final class FormatCheck {

  private final RecordFormat asked;
  private boolean seen;

  FormatCheck(RecordFormat asked) {
    this.asked = asked;
  }

  /** Checks a record that could be read as one of the format asked for. */
  void check(byte[] bytes, int from, int length) throws CorruptRecordException {
    if (seen) {
      return;
    }
    RecordFormat found = OtherFormat.guess(Arrays.copyOfRange(bytes, from, from + length));
    if (found == asked) {
      seen = true;
    } else if (found != null && !maybeBoth(found)) {
      throw new CorruptRecordException(OtherFormat.sentence(found, asked));
    }
  }

  private boolean maybeBoth(RecordFormat found) {
    return switch (asked) {
      case ELWC -> false;
      // An envelope without items; one that is none lacks a feature and was refused.
      case EIE -> found == RecordFormat.TF_EXAMPLE;
      // A SequenceExample without items has the bytes of an Example.
      case SEQ -> found == RecordFormat.TF_EXAMPLE;
      // The envelope is an Example, whose features may be asked for as such.
      case TF_EXAMPLE -> found == RecordFormat.EIE;
    };
  }
}
