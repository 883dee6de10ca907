package io.rankline.io.tfrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.MaskedCrc;
import io.rankline.io.RecordInput;
import io.rankline.io.record.RandomRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TfRecordReaderTest {

  private static final byte[] FIRST = "the first record".getBytes(UTF_8);
  private static final byte[] SECOND = {};
  private static final byte[] THIRD = "the third".getBytes(UTF_8);
  private static final int FRAME = 16;

  @Test
  void aFrameIsLengthChecksumDataChecksum() throws IOException {
    String data = "0a00";
    byte[] frame = write(HexFormat.of().parseHex(data));

    assertThat(HexFormat.of().formatHex(frame, 0, 8)).isEqualTo("0200000000000000");
    assertThat(HexFormat.of().formatHex(frame, 12, 14)).isEqualTo(data);
    assertThat(frame).hasSize(2 + FRAME);
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    byte[] file = write(FIRST, SECOND, THIRD);

    assertThat(readAll(file, CorruptRecordPolicy.FAIL)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void anEmptyFileHasNoRecord() throws IOException {
    assertThat(readAll(new byte[0], CorruptRecordPolicy.FAIL)).isEmpty();
  }

  @Test
  void tellsWhereEachRecordStands() throws IOException {
    try (TfRecordReader reader = reader(write(FIRST, SECOND, THIRD), CorruptRecordPolicy.FAIL)) {
      assertThat(reader.advance()).isTrue();
      assertThat(reader.recordNumber()).isZero();
      assertThat(reader.recordPosition()).isZero();
      assertThat(reader.advance()).isTrue();
      assertThat(reader.advance()).isTrue();
      assertThat(reader.recordNumber()).isEqualTo(2);
      assertThat(reader.recordPosition()).isEqualTo(FIRST.length + SECOND.length + 2L * FRAME);
      assertThat(reader.advance()).isFalse();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void recordsOfAnySizeComeThroughStreamsThatGiveLittleAtATime(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] record =
          new byte[random.nextInt(4) == 0 ? random.nextInt(900_000) : random.nextInt(9)];
      random.nextBytes(record);
      records.add(record);
    }
    byte[] file = write(records.toArray(new byte[0][]));
    InputStream slow =
        new ByteArrayInputStream(file) {
          @Override
          public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(70_000)));
          }
        };

    List<byte[]> read = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(slow, "slow", CorruptRecordPolicy.FAIL)) {
      while (reader.advance()) {
        read.add(reader.copy());
      }
    }

    assertThat(read).containsExactly(records.toArray(new byte[0][]));
  }

  @Test
  void everyTruncationIsACorruptRecordAndKeepsTheRecordsBefore() throws IOException {
    byte[] file = write(FIRST, THIRD);
    int second = FIRST.length + FRAME;

    for (int length = 1; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length == second) {
        continue; // a whole file of one record
      }
      List<CorruptRecordException> faults = new ArrayList<>();
      List<byte[]> read = readAll(cut, CorruptRecordPolicy.SKIP, faults);

      assertThat(read).hasSize(length < second ? 0 : 1);
      assertThat(faults).hasSize(1);
      assertThatThrownBy(() -> readAll(cut, CorruptRecordPolicy.FAIL))
          .isInstanceOf(CorruptRecordException.class)
          .hasMessage(faults.get(0).getMessage());
    }
  }

  @Test
  void aFileCutInAHeaderSaysSo() {
    assertThatThrownBy(() -> readAll(Arrays.copyOf(write(FIRST), 5), CorruptRecordPolicy.FAIL))
        .hasMessage(
            "f: record 0 at byte 0: file ends after 5 of the 12 bytes of a record's header");
  }

  @Test
  void aFileCutInDataSaysSo() {
    assertThatThrownBy(
            () -> readAll(Arrays.copyOf(write(SECOND, FIRST), 33), CorruptRecordPolicy.FAIL))
        .hasMessage(
            "f: record 1 at byte 16: file ends after 5 of the 20 bytes of a record and its"
                + " checksum");
  }

  @Test
  void aFlippedBitInTheLengthSaysSo() throws IOException {
    byte[] file = write(SECOND, FIRST);
    file[16] ^= 1;

    assertThatThrownBy(() -> readAll(file, CorruptRecordPolicy.FAIL))
        .hasMessageMatching(
            "f: record 1 at byte 16: checksum of the length is 0x[0-9a-f]{8}, expected"
                + " 0x[0-9a-f]{8}");
  }

  @Test
  void aFlippedBitInTheDataSaysSo() throws IOException {
    byte[] file = write(SECOND, FIRST);
    file[30] ^= 1;

    assertThatThrownBy(() -> readAll(file, CorruptRecordPolicy.FAIL))
        .hasMessageMatching(
            "f: record 1 at byte 16: checksum of the data is 0x[0-9a-f]{8}, expected"
                + " 0x[0-9a-f]{8}");
  }

  @Test
  void anyFlippedBitCostsThatRecordAndNoOther() throws IOException {
    byte[] file = write(FIRST, THIRD, FIRST);
    int secondStart = FIRST.length + FRAME;
    int thirdStart = secondStart + THIRD.length + FRAME;

    for (int bit = secondStart * 8; bit < thirdStart * 8; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      List<CorruptRecordException> faults = new ArrayList<>();

      assertThat(readAll(damaged, CorruptRecordPolicy.SKIP, faults)).containsExactly(FIRST, FIRST);
      assertThat(faults).hasSize(1);
      assertThat(faults.get(0).recordNumber()).hasValue(1);
      assertThat(faults.get(0).byteOffset()).hasValue(secondStart);
      assertThatThrownBy(() -> readAll(damaged, CorruptRecordPolicy.FAIL))
          .isInstanceOf(CorruptRecordException.class);
    }
  }

  @Test
  void aLengthThatLiesCostsNoMemory() throws IOException {
    byte[] header = new byte[12];
    header[3] = 0x7f; // 2,130,706,432 bytes
    int crc = new MaskedCrc().of(header, 0, 8);
    for (int i = 0; i < 4; i++) {
      header[8 + i] = (byte) (crc >>> (8 * i));
    }
    byte[] file = RandomRecords.concat(header, FIRST);

    try (TfRecordReader reader = reader(file, CorruptRecordPolicy.FAIL)) {
      assertThatThrownBy(reader::advance)
          .hasMessage(
              "f: record 0 at byte 0: file ends after 16 of the 2130706436 bytes of a record and"
                  + " its checksum");
      assertThat(reader.buffer().length).isLessThan(2_000_000);
    }
  }

  @Test
  void aLengthAboveTheLargestArraySaysSo() {
    byte[] header = new byte[12];
    header[7] = 1;
    int crc = new MaskedCrc().of(header, 0, 8);
    for (int i = 0; i < 4; i++) {
      header[8 + i] = (byte) (crc >>> (8 * i));
    }

    assertThatThrownBy(() -> readAll(header, CorruptRecordPolicy.FAIL))
        .hasMessage(
            "f: record 0 at byte 0: length is 72057594037927936 bytes, the largest record is"
                + " 2147483583");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aCompressedFileReadsLikeAPlainOne(Compression compression) throws IOException {
    byte[] file = compressed(compression, write(FIRST, SECOND, THIRD));

    InputStream plain = new RecordInput(new ByteArrayInputStream(file));

    assertThat(readAll(plain, CorruptRecordPolicy.FAIL, new ArrayList<>()))
        .containsExactly(FIRST, SECOND, THIRD);
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aCompressedFileThatWasCutIsNeverTakenForAWholeOne(Compression compression)
      throws IOException {
    byte[] file = compressed(compression, write(FIRST, SECOND, THIRD));

    for (int length = 12; length < file.length; length++) {
      InputStream plain = new RecordInput(new ByteArrayInputStream(Arrays.copyOf(file, length)));
      List<CorruptRecordException> faults = new ArrayList<>();

      readAll(plain, CorruptRecordPolicy.SKIP, faults);

      assertThat(faults).as("cut after " + length).isNotEmpty();
    }
  }

  private static byte[] compressed(Compression compression, byte[] file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.compress(bytes)) {
      out.write(file);
    }
    return bytes.toByteArray();
  }

  private static byte[] write(byte[]... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      for (byte[] record : records) {
        writer.write(record);
      }
    }
    return bytes.toByteArray();
  }

  private static List<byte[]> readAll(byte[] file, CorruptRecordPolicy policy) throws IOException {
    return readAll(file, policy, new ArrayList<>());
  }

  private static List<byte[]> readAll(
      byte[] file, CorruptRecordPolicy policy, List<CorruptRecordException> faults)
      throws IOException {
    return readAll(new ByteArrayInputStream(file), policy, faults);
  }

  private static List<byte[]> readAll(
      InputStream file, CorruptRecordPolicy policy, List<CorruptRecordException> faults)
      throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(file, "f", policy, faults::add)) {
      while (reader.advance()) {
        records.add(reader.copy());
      }
      assertThat(reader.skippedRecords()).isEqualTo(faults.size());
    }
    return records;
  }

  private static TfRecordReader reader(byte[] file, CorruptRecordPolicy policy) {
    return new TfRecordReader(new ByteArrayInputStream(file), "f", policy);
  }
}
