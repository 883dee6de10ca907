package io.rankline.io;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;

/**
 * What can be told of the files of a data set without reading them.
 *
 * @param files their number
 * @param bytes their length together
 * @param digest of their names, without folders, and their lengths
 * @param lastWritten when the last of them was written
 */
public record FileFacts(int files, long bytes, String digest, Instant lastWritten) {

  private static final int SHOWN = 8;

  static FileFacts of(List<FileStatus> files) {
    MessageDigest sum = sha256();
    long bytes = 0;
    long last = 0;
    for (FileStatus file : files) {
      String line = file.getPath().getName() + ' ' + file.getLen() + '\n';
      sum.update(line.getBytes(StandardCharsets.UTF_8));
      bytes += file.getLen();
      last = Math.max(last, file.getModificationTime());
    }
    return new FileFacts(
        files.size(),
        bytes,
        HexFormat.of().formatHex(sum.digest()).substring(0, SHOWN),
        Instant.ofEpochMilli(last));
  }

  /** {@code 3 files of 12,345 bytes (0a1b2c3d)}; equal where names and lengths are. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%,d %s of %,d bytes (%s)",
        files,
        files == 1 ? "file" : "files",
        bytes,
        digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
