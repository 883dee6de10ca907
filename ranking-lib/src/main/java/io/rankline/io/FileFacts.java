package io.rankline.io;

import io.rankline.text.Sha256;
import java.time.Instant;
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
    Sha256 sum = new Sha256();
    long bytes = 0;
    long last = 0;
    for (FileStatus file : files) {
      sum.add(file.getPath().getName() + ' ' + file.getLen() + '\n');
      bytes += file.getLen();
      last = Math.max(last, file.getModificationTime());
    }
    return new FileFacts(
        files.size(), bytes, sum.hex().substring(0, SHOWN), Instant.ofEpochMilli(last));
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
}
