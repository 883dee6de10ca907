package io.rankline.io;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a file was packed with, as its first bytes say. Several members, frames or streams of one
 * file are read as one, and what follows and is none is refused: of gzip, the JDK's stream does
 * neither where a storage says that no bytes are there yet.
 */
enum Packing {
  GZIP("gzip", ".gz", "1f8b08"),
  ZLIB("zlib", ".deflate", "78(01|5e|9c|da)"),
  /** Its first block, or the end of a file without any. */
  BZIP2("bzip2", ".bz2", "425a68..(314159265359|177245385090)"),
  ZSTD("zstd", ".zst", "28b52ffd"),
  XZ("xz", ".xz", "fd377a585a00"),
  LZ4("lz4 frames", ".lz4", "04224d18"),
  SNAPPY("snappy frames", ".sz", "ff060000734e61507059"),
  ZIP("zip", ".zip", "504b0304");

  /** So many first bytes tell what a file is. */
  static final int HEAD = 12;

  private static final int BUFFER = 1 << 16;
  private static final Configuration SETTINGS = new Configuration(false);

  static {
    SETTINGS.setInt(CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY, BUFFER);
  }

  private final String spoken;
  private final String ending;
  private final Pattern start;

  Packing(String spoken, String ending, String start) {
    this.spoken = spoken;
    this.ending = ending;
    this.start = Pattern.compile(start);
  }

  /** Its name in messages. */
  String spoken() {
    return spoken;
  }

  /** The end of a name by which Hadoop finds its codec, dot included. */
  String ending() {
    return ending;
  }

  /** Whether {@link #unpack} knows it. */
  boolean isRead() {
    return this == GZIP || this == ZLIB || this == BZIP2 || this == ZSTD;
  }

  /** What is said of a file whose packing is not read. */
  String refusal() {
    return "is packed with %s, which is not read; use gzip, zlib, bzip2 or zstd".formatted(spoken);
  }

  /**
   * The packing of a file, or null where its first bytes show none.
   *
   * @param head the first {@link #HEAD} bytes, fewer of a shorter file
   */
  static @Nullable Packing of(byte[] head) {
    String hex = HexFormat.of().formatHex(head);
    return Arrays.stream(values())
        .filter(packing -> packing.start.matcher(hex).lookingAt())
        .findFirst()
        .orElse(null);
  }

  /** Whether a file begins with a length and its checksum, as TFRecord files do. */
  static boolean isOfRecords(byte[] head) {
    return head.length == HEAD
        && new MaskedCrc().of(head, 0, Long.BYTES) == MaskedCrc.stored(head, Long.BYTES);
  }

  /**
   * The bytes behind packed ones.
   *
   * @throws UnreadableFileException for a packing that is not read, with those that are
   */
  InputStream unpack(InputStream packed) throws IOException {
    return switch (this) {
      case GZIP -> set(new GzipCodec()).createInputStream(packed);
      case ZLIB -> set(new DefaultCodec()).createInputStream(packed);
      case BZIP2 -> new BZip2CompressorInputStream(packed, true);
      case ZSTD -> zstd(packed);
      case XZ, LZ4, SNAPPY, ZIP -> throw new UnreadableFileException(refusal(), null);
    };
  }

  private static <C extends DefaultCodec> C set(C codec) {
    codec.setConf(SETTINGS);
    return codec;
  }

  private static InputStream zstd(InputStream packed) throws IOException {
    try {
      return new ZstdInputStreamNoFinalizer(packed);
    } catch (NoClassDefFoundError e) {
      throw new UnreadableFileException(
          "is packed with zstd, which com.github.luben:zstd-jni reads; put it on the class path, or"
              + " use gzip",
          e);
    }
  }
}
