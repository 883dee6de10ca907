package io.rankline.io.record;

import static io.rankline.io.record.RandomRecords.concat;
import static io.rankline.io.record.RandomRecords.message;
import static io.rankline.io.record.RandomRecords.varint;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a record of good bytes can be no good, with the whole message. */
class BadRecordTest {

  private static final RecordSpec SPEC =
      RecordSpec.of(
              Map.of("qid", FixedLenFeature.int64(1).withDefault(0)),
              Map.of(
                  "price",
                  FixedLenFeature.float32(1),
                  "title",
                  FixedLenFeature.string(1).withDefault("")))
          .withLabels(LabelSpec.of("utility", FixedLenFeature.int64(1).withDefault(-1)));

  private static final byte[] GOOD = floats(0x3f800000); // 1.0f

  @Test
  void aMissingFeatureWithoutDefault() {
    assertFault(
        elwc(item("other", GOOD)),
        "price",
        "feature 'price' of item 0 is missing and has no default");
  }

  @Test
  void aFeatureWithoutKindIsMissing() {
    assertFault(
        elwc(item("price", GOOD), item("price", new byte[0])),
        "price",
        "feature 'price' of item 1 is missing and has no default");
  }

  @Test
  void tooManyValues() {
    assertFault(
        elwc(item("price", floats(0, 0))),
        "price",
        "feature 'price' of item 0 has 2 values, but the spec asks for 1");
  }

  @Test
  void ofAFeatureThatStandsTwiceTheLastIsHeldAgainstTheSpec() throws CorruptRecordException {
    byte[] text = message(1, message(1, "cheap".getBytes(UTF_8)));
    byte[] two = floats(0, 0);
    byte[] nan = floats(0x7fc00000);

    for (byte[] first : List.of(text, two, nan)) {
      RankingList list =
          RecordFormat.ELWC
              .decoder(SPEC)
              .decode(elwc(concat(item("price", first), item("price", GOOD))));
      assertThat(list.examples()).containsExactly(1f);
    }
    assertFault(
        elwc(concat(item("price", GOOD), item("price", two))),
        "price",
        "feature 'price' of item 0 has 2 values, but the spec asks for 1");
    assertFault(
        elwc(concat(item("price", GOOD), item("price", nan)), item("price", GOOD)),
        "price",
        "feature 'price' of item 0 is NaN");
  }

  @Test
  void noValue() {
    assertFault(
        elwc(item("price", floats())),
        "price",
        "feature 'price' of item 0 has 0 values, but the spec asks for 1");
  }

  @Test
  void aStringWhereAFloatIsAsked() {
    byte[] text = message(1, message(1, "cheap".getBytes(UTF_8)));

    assertFault(
        elwc(item("price", text)),
        "price",
        "feature 'price' of item 0 holds string, but the spec asks for float32");
  }

  @Test
  void aFloatWhereAnIntegerLabelIsAsked() {
    assertFault(
        elwc(concat(item("price", GOOD), item("utility", GOOD))),
        "utility",
        "feature 'utility' of item 0 holds float32, but the spec asks for int64");
  }

  @Test
  void aContextFeatureIsNamedAsOne() {
    assertFault(
        message(2, message(1, item("qid", GOOD))),
        "qid",
        "feature 'qid' of the context holds float32, but the spec asks for int64");
  }

  @Test
  void notANumber() {
    assertFault(
        elwc(item("price", floats(0x7fc00000))), "price", "feature 'price' of item 0 is NaN");
  }

  @Test
  void notANumberAfterManyRecordsOfTheSameForm() throws CorruptRecordException {
    RecordDecoder decoder = RecordFormat.ELWC.decoder(SPEC);
    decoder.decode(elwc(item("price", GOOD), item("price", GOOD)));

    assertThatThrownBy(
            () -> decoder.decode(elwc(item("price", GOOD), item("price", floats(0x7fc00001)))))
        .hasMessage("feature 'price' of item 1 is NaN");
  }

  @Test
  void aWrongWireTypeOfAValue() {
    byte[] fixed64 = message(2, concat(varint(1 << 3 | 1), new byte[8]));

    assertFault(
        elwc(item("price", fixed64)),
        "price",
        "feature 'price' of item 0 cannot be read: value of FloatList has wire type 1, expected 2"
            + " (at byte 18 of the record)");
  }

  @Test
  void aWrongWireTypeOfTheExamples() {
    assertFault(
        concat(varint(1 << 3), varint(5)),
        null,
        "examples of ExampleListWithContext has wire type 0, expected 2 (at byte 1 of the record)");
  }

  @Test
  void aWireTypeThatProtobufLacks() {
    assertFault(
        concat(varint(9 << 3 | 7), varint(5)),
        null,
        "wire type 7 is not one of protobuf (at byte 1 of the record)");
  }

  @Test
  void packedFloatsThatDoNotFill() {
    assertFault(
        elwc(item("price", message(2, message(1, new byte[3])))),
        "price",
        "feature 'price' of item 0 cannot be read: packed floats take 3 bytes, not a multiple of 4"
            + " (at byte 19 of the record)");
  }

  @Test
  void aLengthBeyondTheMessage() {
    assertFault(
        concat(varint(1 << 3 | 2), varint(100)),
        null,
        "a field of 100 bytes does not fit into the 0 left (at byte 1 of the record)");
  }

  @Test
  void aVarintWithoutEnd() {
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) 0xff);

    assertFault(endless, null, "a number has more than 10 bytes (at byte 0 of the record)");
  }

  @Test
  void aTextThatIsNoRecord() {
    CorruptRecordException fault =
        catchThrowableOfType(
            CorruptRecordException.class,
            () -> RecordFormat.ELWC.decoder(SPEC).decode("no ELWC at all".getBytes(UTF_8)));

    assertThat(fault).hasMessage("wire type 6 is not one of protobuf (at byte 1 of the record)");
  }

  @Test
  void aTfExampleReadAsElwcIsRecognised() {
    byte[] example = message(1, concat(item("price", GOOD), item("utility", floats(0))));

    assertThatThrownBy(() -> RecordFormat.ELWC.decoder(SPEC).decode(example))
        .hasMessageEndingWith(
            "; the record looks like tfexample (tf_example), and was read as elwc"
                + " (example_list_with_context)");
  }

  @Test
  void anElwcReadAsTfExampleIsRecognised() {
    byte[] record = elwc(item("price", GOOD));

    assertThatThrownBy(() -> RecordFormat.TF_EXAMPLE.decoder(SPEC).decode(record))
        .hasMessageEndingWith(
            "; the record looks like elwc (example_list_with_context), and was read as tfexample"
                + " (tf_example)");
  }

  @ParameterizedTest(name = "{0} read as {1}")
  @CsvSource({
    "ELWC, SEQ",
    "ELWC, TF_EXAMPLE",
    "SEQ, ELWC",
    "SEQ, TF_EXAMPLE",
    "TF_EXAMPLE, ELWC",
  })
  void aFormatIsRecognisedWhereEveryFeatureHasADefault(RecordFormat real, RecordFormat asked) {
    RecordSpec defaults =
        RecordSpec.of(Map.of(), Map.of("price", FixedLenFeature.float32(1).withDefault(0)));
    RecordDecoder decoder = asked.decoder(defaults);
    RecordWalker walker = new RecordWalker(asked);
    byte[] record = record(real);
    String message =
        "the record looks like %s (%s), and was read as %s (%s)"
            .formatted(real.shortName(), real.wireName(), asked.shortName(), asked.wireName());

    for (int again = 0; again < 2; again++) {
      assertThatThrownBy(() -> decoder.decode(record))
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageEndingWith(message)
          .message()
          .containsOnlyOnce("looks like");
      assertThatThrownBy(() -> walker.walk(record, 0, record.length, new Ignoring()))
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageEndingWith(message)
          .message()
          .containsOnlyOnce("looks like");
    }
    assertThatCode(() -> real.decoder(defaults).decode(record)).doesNotThrowAnyException();
  }

  private static byte[] record(RecordFormat format) {
    byte[] item = item("price", GOOD);
    return switch (format) {
      case ELWC -> elwc(item);
      case TF_EXAMPLE -> message(1, item);
      case SEQ -> {
        byte[] entry = concat(message(1, "price".getBytes(UTF_8)), message(2, message(1, GOOD)));
        yield concat(message(1, item), message(2, message(1, entry)));
      }
      case EIE -> throw new IllegalArgumentException("not written here");
    };
  }

  private static final class Ignoring implements RecordWalker.Visitor {

    @Override
    public void startList(int items) {}

    @Override
    public void feature(int item, String name, FeatureValues values) {}
  }

  @Test
  void aReaderOfFilesAddsThePlace() throws IOException {
    byte[] file = file(elwc(item("price", GOOD)), elwc(item("price", floats(0, 0))));
    int secondRecord = elwc(item("price", GOOD)).length + 16;

    try (RankingListReader reader = reader(file, CorruptRecordPolicy.FAIL, new ArrayList<>())) {
      assertThat(reader.next()).isNotNull();
      assertThatThrownBy(reader::next)
          .hasMessage(
              "part-0.tfrecord: record 1 at byte %d: feature 'price' of item 0 has 2 values, but the"
                      .formatted(secondRecord)
                  + " spec asks for 1");
    }
  }

  @Test
  void aReaderThatSkipsCountsAndGoesOn() throws IOException {
    byte[] file =
        file(
            elwc(item("price", floats(0, 0))),
            elwc(item("price", GOOD), item("price", GOOD)),
            elwc(item("other", GOOD)));
    List<CorruptRecordException> faults = new ArrayList<>();

    try (RankingListReader reader = reader(file, CorruptRecordPolicy.SKIP, faults)) {
      RankingList list = Objects.requireNonNull(reader.next());
      assertThat(list.size()).isEqualTo(2);
      assertThat(reader.next()).isNull();
      assertThat(reader.skippedRecords()).isEqualTo(2);
    }
    assertThat(faults)
        .extracting(CorruptRecordException::feature)
        .containsExactly("price", "price");
  }

  private static RankingListReader reader(
      byte[] file, CorruptRecordPolicy policy, List<CorruptRecordException> faults) {
    return new RankingListReader(
        new TfRecordReader(new ByteArrayInputStream(file), "part-0.tfrecord", policy, faults::add),
        RecordFormat.ELWC.decoder(SPEC));
  }

  private static void assertFault(byte[] record, @Nullable String feature, String message) {
    CorruptRecordException fault =
        catchThrowableOfType(
            CorruptRecordException.class, () -> RecordFormat.ELWC.decoder(SPEC).decode(record));
    assertThat(fault).hasMessage(message);
    assertThat(fault.feature()).isEqualTo(feature);
  }

  private static byte[] elwc(byte[]... items) {
    byte[] record = {};
    for (byte[] item : items) {
      record = concat(record, message(1, message(1, item)));
    }
    return record;
  }

  /** One entry of Features. */
  private static byte[] item(String name, byte[] feature) {
    return message(1, concat(message(1, name.getBytes(UTF_8)), message(2, feature)));
  }

  private static byte[] floats(int... bits) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int value : bits) {
      for (int i = 0; i < 4; i++) {
        packed.write(value >>> (8 * i));
      }
    }
    return message(2, message(1, packed.toByteArray()));
  }

  private static byte[] file(byte[]... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      for (byte[] record : records) {
        writer.write(record);
      }
    }
    return bytes.toByteArray();
  }
}
