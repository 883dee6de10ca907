package io.rankline.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordInputTest {

  private static final byte[] TEXT = "1 qid:1 1:0.5 2:0.25\n".repeat(500).getBytes(UTF_8);

  /** What files are packed with here. */
  enum Packer {
    GZIP,
    ZLIB,
    BZIP2,
    ZSTD;

    byte[] pack(byte[] content) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = stream(bytes)) {
        out.write(content);
      }
      return bytes.toByteArray();
    }

    private OutputStream stream(OutputStream target) throws IOException {
      return switch (this) {
        case GZIP -> new GZIPOutputStream(target);
        case ZLIB -> new DeflaterOutputStream(target);
        case BZIP2 -> new BZip2CompressorOutputStream(target);
        case ZSTD -> new ZstdOutputStreamNoFinalizer(target);
      };
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aPackedFileIsReadWhateverItsName(Packer packer) throws IOException {
    for (String name :
        new String[] {"a", "a.txt", "a.GZ", "a.gzip", "a.deflate", "a.gz", "a.bz2"}) {
      assertThat(read(name, packer.pack(TEXT))).as(name).isEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsThatWereAppendedToEachOtherAreOneFile(Packer packer) throws IOException {
    byte[] part = packer.pack("1 qid:1 1:1\n".getBytes(UTF_8));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < 300; i++) {
      file.write(part);
    }

    byte[] all = new RecordInput(new Trickle(file.toByteArray())).readAllBytes();

    assertThat(new String(all, UTF_8)).isEqualTo("1 qid:1 1:1\n".repeat(300));
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatWasCutIsToldWhereverThatWas(Packer packer) throws IOException {
    byte[] whole = packer.pack("a few bytes of a file".getBytes(UTF_8));

    for (int length = 12; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> new RecordInput(new ByteArrayInputStream(cut)).readAllBytes())
          .as("cut after %d of %d", length, whole.length)
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageStartingWith(
              packer.name().toLowerCase(java.util.Locale.ROOT) + " data is damaged or cut off: ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatFollowsAPackedPartAndIsNoneIsToldRatherThanLost(Packer packer) throws IOException {
    byte[] part = packer.pack(TEXT);
    byte[] file = Arrays.copyOf(part, part.length + 64);
    Arrays.fill(file, part.length, file.length, (byte) 'x');

    assertThatThrownBy(() -> new RecordInput(new ByteArrayInputStream(file)).readAllBytes())
        .isInstanceOf(UnreadableFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.gz", "a.zlib", "a.bz2", "a.zst", "a.deflate"})
  void aPlainFileIsReadThoughItsNameSaysThatItIsPacked(String name) throws IOException {
    assertThat(read(name, TEXT)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.gz", "a.bz2", "a.zst", "a.snappy", "a.lz4", "a"})
  void anEmptyFileHoldsNothing(String name) throws IOException {
    assertThat(read(name, new byte[0])).isEmpty();
  }

  @Test
  void theCodecThatAFileIsNamedAfterReadsWhatShowsNowhereElse() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnappyCodec codec = new SnappyCodec();
    codec.setConf(new Configuration(false));
    try (OutputStream out = codec.createOutputStream(bytes)) {
      out.write(TEXT);
    }

    assertThat(read("a.snappy", bytes.toByteArray())).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @CsvSource({"fd377a585a000004, xz", "504b030414000000, zip", "04224d186440a7b0, lz4 frames"})
  void aPackingThatIsNotReadIsNamed(String head, String packing) {
    byte[] file = HexFormat.of().parseHex(head);

    assertThatThrownBy(() -> new RecordInput(new ByteArrayInputStream(file)).readAllBytes())
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "is packed with %s, which is not read; use gzip, zlib, bzip2 or zstd"
                .formatted(packing));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PAR1\025\000\025\000\025\000\025 | is a Parquet file: name it parquet:PATH
          ORC\010\003\020\000\000\000\000\000\000 | is an ORC file: name it orc:PATH
          Obj\001\004\026avro.co | is an Avro file: name it avro:PATH
          {"query": 1, "price": 2} | is JSON: name it json:PATH
          <!DOCTYPE html><html> | is an HTML page, which is not read
          <?xml version="1.0"?><Error> | is an XML document, which is not read
          """)
  void aFileOfAnotherKindIsToldByItsFirstBytes(String head, String said) throws IOException {
    byte[] file = head.translateEscapes().getBytes(ISO_8859_1);

    for (Packer packer : Packer.values()) {
      byte[] packed = packer.pack(file);
      assertThatThrownBy(() -> new RecordInput(new ByteArrayInputStream(packed)).readAllBytes())
          .as(packer.name())
          .isInstanceOf(UnreadableFileException.class)
          .hasMessage(said);
    }
    assertThatThrownBy(() -> new RecordInput(new ByteArrayInputStream(file)).readAllBytes())
        .hasMessage(said);
  }

  @Test
  void textIsToldFromRecordsAndRecordsFromText() throws IOException {
    byte[] text = "2 qid:7 1:0.5\n".getBytes(UTF_8);
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(records)) {
      writer.write(new byte[10]);
    }

    RecordInput asRecords = new RecordInput(new ByteArrayInputStream(text));
    RecordInput.expect(asRecords, Content.RECORDS);
    assertThatThrownBy(asRecords::read)
        .hasMessage("is text that begins with '2 qid:7 1:0.': name it libsvm:PATH or csv:PATH");
    RecordInput asText = new RecordInput(new ByteArrayInputStream(records.toByteArray()));
    RecordInput.expect(asText, Content.TEXT);
    assertThatThrownBy(asText::read)
        .hasMessage(
            "holds records (TFRecord): name it elwc:PATH, eie:PATH, seq:PATH or tfexample:PATH");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0178, 0x5e78, 0x9c78, 0xda78, 0x088b1f})
  void aRecordWhoseLengthLooksLikeAPackingIsARecord(int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      writer.write(new byte[length]);
    }

    try (TfRecordReader reader =
        new TfRecordReader(
            new RecordInput(new ByteArrayInputStream(bytes.toByteArray())),
            "f",
            CorruptRecordPolicy.FAIL)) {
      assertThat(reader.advance()).isTrue();
      assertThat(reader.length()).isEqualTo(length);
      assertThat(reader.advance()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFaultOfTheStorageIsNoneOfTheFile(Packer packer) throws IOException {
    byte[] whole = packer.pack(TEXT);
    InputStream breaking =
        new Trickle(Arrays.copyOf(whole, whole.length / 2)) {
          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            int read = super.read(bytes, from, count);
            if (read < 0) {
              throw new IOException("connection reset");
            }
            return read;
          }
        };

    assertThatThrownBy(() -> new RecordInput(breaking).readAllBytes())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  @Test
  void aChecksumFileOfEarlierDaysIsToldWithTheWayOut() throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(folder + "/a.txt");
    RecordFiles files = new RecordFiles(new Configuration());
    try (OutputStream out = files.create(file)) {
      out.write(TEXT);
    }
    Files.writeString(folder.resolve("a.txt"), "1 qid:2 1:1\n");

    assertThatThrownBy(() -> files.open(file).readAllBytes())
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("Checksum error: " + folder + "/a.txt at 0 ")
        .hasMessageEndingWith(
            "; the file was changed after the .crc file beside it was written: delete that if the"
                + " change was meant");
  }

  @Test
  void aDamagedChecksumFileTakesNoMemoryAndIsTold() throws IOException {
    Files.write(folder.resolve("b.txt"), TEXT);
    Files.writeString(folder.resolve(".b.txt.crc"), "crc\0xxxxxxxx");
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(folder + "/b.txt");
    RecordFiles files = new RecordFiles(new Configuration());

    assertThatThrownBy(() -> files.open(file))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(
            "%s/.b.txt.crc is damaged, which has the checksums of b.txt; delete it to read that file without"
                .formatted(folder));

    Files.writeString(folder.resolve(".b.txt.crc"), "cr");
    assertThat(files.open(file).readAllBytes()).isEqualTo(TEXT);
  }

  private byte[] read(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
    try (InputStream in =
        new RecordFiles(new Configuration())
            .open(new org.apache.hadoop.fs.Path(folder + "/" + name))) {
      return in.readAllBytes();
    }
  }

  /**
   * A stream as of an object store: it gives a few bytes at a time and says that none are there.
   */
  private static class Trickle extends FilterInputStream {

    Trickle(byte[] content) {
      super(new ByteArrayInputStream(content));
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      return super.read(bytes, from, Math.min(count, 1000));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
