package io.rankline.io.record;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.WireInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tells which format a record has that is not of the one it was read as. */
final class OtherFormat {

  /** From a record to the values of its features, field by field, as example.proto numbers them. */
  private static final int[] OF_EXAMPLE = {1, 1, 2};

  private static final int[] OF_SEQUENCE = {2, 1, 2, 1};
  private static final int[] OF_ELWC = {1, 1, 1, 2};

  /** From an Example to the names of its features. */
  private static final int[] NAMES = {1, 1, 1};

  private final WireInput in = new WireInput();
  private final byte[] record;

  private OtherFormat(byte[] record) {
    this.record = record;
  }

  /** The fault, and the format that the record seems to have where that is another one. */
  static CorruptRecordException explain(
      CorruptRecordException fault, RecordFormat asked, byte[] bytes, int from, int length) {
    if (fault.fault().contains("the record looks like ")) {
      return fault;
    }
    RecordFormat found = guess(Arrays.copyOfRange(bytes, from, from + length));
    if (found == null || found == asked) {
      return fault;
    }
    return new CorruptRecordException(
        fault.fault() + "; " + sentence(found, asked), fault.feature(), fault);
  }

  /** What to say of a record of one format that was read as another. */
  static String sentence(RecordFormat found, RecordFormat asked) {
    return "the record looks like %s (%s), and was read as %s (%s)"
        .formatted(found.shortName(), found.wireName(), asked.shortName(), asked.wireName());
  }

  /** The format in which the record has features with values, or null where no format fits. */
  static @Nullable RecordFormat guess(byte[] record) {
    OtherFormat found = new OtherFormat(record);
    // First the one with frames: its context alone would make an Example.
    if (found.hasValues(OF_SEQUENCE)) {
      return RecordFormat.SEQ;
    }
    if (found.hasValues(OF_EXAMPLE)) {
      return found.holds(NAMES, EieDecoder.EXAMPLES.getBytes(StandardCharsets.UTF_8))
          ? RecordFormat.EIE
          : RecordFormat.TF_EXAMPLE;
    }
    return found.hasValues(OF_ELWC) ? RecordFormat.ELWC : null;
  }

  /** Whether every message on the path can be read, and a feature at its end has a kind. */
  private boolean hasValues(int[] path) {
    return find(path, (from, to) -> hasKind(from, to));
  }

  private boolean holds(int[] path, byte[] content) {
    return find(path, (from, to) -> Arrays.equals(record, from, to, content, 0, content.length));
  }

  private boolean find(int[] path, Ending ending) {
    in.reset(record, 0);
    try {
      return find(path, 0, record.length, ending);
    } catch (CorruptRecordException e) {
      return false; // not of this format, which is an answer
    }
  }

  @FunctionalInterface
  private interface Ending {
    boolean fits(int from, int to) throws CorruptRecordException;
  }

  private boolean find(int[] path, int depth, int end, Ending ending)
      throws CorruptRecordException {
    if (depth == path.length) {
      int from = in.position();
      boolean fits = ending.fits(from, end);
      in.seek(end);
      return fits;
    }
    boolean isFound = false;
    while (in.position() < end) {
      int tag = in.tag(end);
      if (tag == (path[depth] << 3 | WireInput.LENGTH_DELIMITED)) {
        isFound |= find(path, depth + 1, in.lengthDelimited(end), ending);
      } else {
        in.skip(tag, end);
      }
    }
    return isFound;
  }

  /** Whether a Feature is a list of bytes (1), of floats (2) or of whole numbers (3). */
  private boolean hasKind(int from, int end) throws CorruptRecordException {
    boolean isFound = false;
    in.seek(from);
    while (in.position() < end) {
      int tag = in.tag(end);
      isFound |= tag >>> 3 <= 3 && (tag & 7) == WireInput.LENGTH_DELIMITED;
      in.skip(tag, end);
    }
    return isFound;
  }
}
