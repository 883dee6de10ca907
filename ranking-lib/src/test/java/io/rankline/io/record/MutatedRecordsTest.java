package io.rankline.io.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.RecordSpec;
import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordInput;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.testing.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records and files with bytes changed, cut, copied and swapped: never another exception than
 * {@link CorruptRecordException}, never an endless loop, never an allocation out of proportion.
 */
class MutatedRecordsTest {

  /**
   * Bytes that reading one byte of a record may allocate: an item of two bytes has a row of every
   * column, and a fault has a stack trace and may be parsed once more to tell the format.
   */
  private static final long BYTES_A_BYTE = 400;

  private static final long BYTES_A_RECORD = 200_000;

  /** Files have buffers. */
  private static final long BYTES_A_FILE = 4 << 20;

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void aMutatedRecordIsReadOrRefused(RecordFormat format) {
    Fuzzing.of(
            format.shortName() + " records",
            format == RecordFormat.ELWC ? 0.2 : 0.15,
            BYTES_A_RECORD,
            BYTES_A_BYTE,
            CorruptRecordException.class)
        .run(
            seed -> {
              RandomRecords records = new RandomRecords(seed);
              RecordSpec spec = records.spec();
              RecordDecoder decoder = format.decoder(spec);
              return new Fuzzing.Subject(
                  () -> record(records, spec, format), bytes -> decoder.decode(bytes));
            });
  }

  private static byte[] record(RandomRecords records, RecordSpec spec, RecordFormat format) {
    try {
      return format == RecordFormat.TF_EXAMPLE
          ? records.example(spec.labelsAsFeatures().examples())
          : ElwcRepacker.repack(records.elwc(spec), format);
    } catch (CorruptRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No list is an envelope, whatever becomes of its bytes. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EIE")
  void aRecordOfAnotherFormatIsReadOrRefused(RecordFormat format) {
    Fuzzing.of(
            "elwc records read as " + format.shortName(),
            0.01,
            BYTES_A_RECORD,
            BYTES_A_BYTE,
            CorruptRecordException.class)
        .run(
            seed -> {
              RandomRecords records = new RandomRecords(seed);
              RecordSpec spec = records.spec();
              RecordDecoder decoder = format.decoder(spec);
              return new Fuzzing.Subject(() -> records.elwc(spec), bytes -> decoder.decode(bytes));
            });
  }

  @Test
  void aMutatedFileIsReadAndWhatIsDamagedIsCounted() {
    files(CorruptRecordPolicy.SKIP, 0.06).run(seed -> file(seed, CorruptRecordPolicy.SKIP));
  }

  @Test
  void aMutatedFileIsReadOrRefused() {
    files(CorruptRecordPolicy.FAIL, 0.06).run(seed -> file(seed, CorruptRecordPolicy.FAIL));
  }

  private static Fuzzing files(CorruptRecordPolicy policy, double share) {
    return Fuzzing.of(
        "TFRecord files, " + policy.wireName(),
        share,
        BYTES_A_FILE,
        BYTES_A_BYTE,
        CorruptRecordException.class);
  }

  /** Files of five records, every other one packed. */
  private static Fuzzing.Subject file(long seed, CorruptRecordPolicy policy) {
    RandomRecords records = new RandomRecords(seed);
    RecordSpec spec = records.spec();
    Compression packing = seed % 2 == 0 ? Compression.NONE : Compression.GZIP;
    return new Fuzzing.Subject(
        () -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (TfRecordWriter writer = new TfRecordWriter(packing.compress(bytes))) {
            for (int i = 0; i < 5; i++) {
              writer.write(records.elwc(spec));
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return bytes.toByteArray();
        },
        mutant -> {
          long lists = 0;
          try (RankingListReader reader =
              new RankingListReader(
                  new TfRecordReader(
                      new RecordInput(new ByteArrayInputStream(mutant)), "mutant", policy),
                  RecordFormat.ELWC.decoder(spec))) {
            while (reader.next() != null) {
              lists++;
            }
            assertThat(lists + reader.skippedRecords())
                .isLessThanOrEqualTo(20L * mutant.length + 1);
            if (reader.skippedRecords() > 0) {
              throw new CorruptRecordException("some were skipped, which counts as refused");
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void deepGroupsAreRefusedBeforeTheyFillTheStack(RecordFormat format) {
    byte[] deep = new byte[200_000];
    Arrays.fill(deep, (byte) (9 << 3 | 3));
    RecordDecoder decoder = format.decoder(new RandomRecords(1).spec());

    assertThatThrownBy(() -> decoder.decode(deep)).isInstanceOf(CorruptRecordException.class);
  }
}
