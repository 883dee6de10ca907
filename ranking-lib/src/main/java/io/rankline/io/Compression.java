package io.rankline.io;

import io.rankline.text.WireNames;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How a whole file is written; the end of its name says which. What is read shows in its first
 * bytes, see {@link RecordInput}.
 */
public enum Compression {
  /** Not at all. */
  NONE("none", ""),
  /** gzip; files end in {@code .gz}. */
  GZIP("gzip", ".gz"),
  /** zlib (RFC 1950); files end in {@code .zlib}. */
  ZLIB("zlib", ".zlib");

  private static final int BUFFER = 1 << 16;

  private final String optionName;
  private final String extension;

  Compression(String optionName, String extension) {
    this.optionName = optionName;
    this.extension = extension;
  }

  /** The end of the names of such files, dot included; empty for {@link #NONE}. */
  public String extension() {
    return extension;
  }

  /** The name in options: {@code none}, {@code gzip} or {@code zlib}. */
  public String optionName() {
    return optionName;
  }

  /** The compression of a file of that name. */
  public static Compression ofFileName(String name) {
    return name.endsWith(GZIP.extension) ? GZIP : name.endsWith(ZLIB.extension) ? ZLIB : NONE;
  }

  /**
   * The compression of that name, in any case; the empty name is {@link #NONE}, as in TensorFlow.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Compression ofName(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || wanted.equals("uncompressed")) {
      return NONE;
    }
    return WireNames.find(
        Compression.class,
        Compression::optionName,
        wanted,
        known -> WireNames.unknown("compression", name, known));
  }

  /** A stream that writes compressed bytes to {@code target}; closing it closes the target. */
  public OutputStream compress(OutputStream target) throws IOException {
    return switch (this) {
      case NONE -> target;
      case GZIP -> new GZIPOutputStream(target, BUFFER);
      case ZLIB -> new ZlibOutput(target);
    };
  }

  /** Gives back the deflater's native memory when closed, which the JDK does only for its own. */
  private static final class ZlibOutput extends DeflaterOutputStream {

    ZlibOutput(OutputStream target) {
      super(target, new Deflater(), BUFFER);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        def.end();
      }
    }
  }
}
