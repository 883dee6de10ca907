package io.rankline.io.record;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.SequenceExample;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells which format a record has that is not of the one it was read as. */
final class OtherFormat {

  private OtherFormat() {}

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
    // First the one with frames: its context alone would make an Example.
    SequenceExample sequence = parse(SequenceExample.parser(), record);
    if (sequence != null
        && sequence.getFeatureLists().getFeatureListMap().values().stream()
            .flatMap(list -> list.getFeatureList().stream())
            .anyMatch(feature -> feature.getKindCase().getNumber() > 0)) {
      return RecordFormat.SEQ;
    }
    Example example = parse(Example.parser(), record);
    if (example != null && hasValues(example)) {
      return example.getFeatures().getFeatureMap().containsKey(EieDecoder.EXAMPLES)
          ? RecordFormat.EIE
          : RecordFormat.TF_EXAMPLE;
    }
    ExampleListWithContext elwc = parse(ExampleListWithContext.parser(), record);
    if (elwc != null && elwc.getExamplesList().stream().anyMatch(OtherFormat::hasValues)) {
      return RecordFormat.ELWC;
    }
    return null;
  }

  private static boolean hasValues(Example example) {
    return example.getFeatures().getFeatureMap().values().stream()
        .filter(Objects::nonNull)
        .anyMatch(feature -> feature.getKindCase().getNumber() > 0);
  }

  private static <T extends MessageLite> @Nullable T parse(Parser<T> parser, byte[] record) {
    try {
      return parser.parseFrom(record);
    } catch (InvalidProtocolBufferException e) {
      return null; // not of this format, which is an answer
    }
  }
}
