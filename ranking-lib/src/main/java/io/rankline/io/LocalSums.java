package io.rankline.io;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The {@code .crc} file that Hadoop keeps beside a file of this machine. Its head says of how many
 * bytes a sum is, and Hadoop takes room for so many before it looks at any.
 */
final class LocalSums {

  private static final byte[] VERSION = {'c', 'r', 'c', 0};

  /** Hadoop's default is 512 bytes. */
  private static final int MOST_BYTES_A_SUM = 1 << 24;

  private LocalSums() {}

  /**
   * Refuses a file whose sums are damaged in a way that would take all memory.
   *
   * @throws IOException naming the file of sums
   */
  static void requireSound(FileSystem storage, Path file) throws IOException {
    if (!(storage instanceof ChecksumFileSystem checked)) {
      return;
    }
    Path sums = checked.getChecksumFile(file);
    if (!isSound(checked.getRawFileSystem(), sums)) {
      throw new IOException(
          "%s is damaged, which has the checksums of %s; delete it to read that file without"
              .formatted(sums, file.getName()));
    }
  }

  private static boolean isSound(FileSystem storage, Path sums) {
    try (DataInputStream in = new DataInputStream(storage.open(sums))) {
      byte[] version = in.readNBytes(VERSION.length);
      int bytes = in.readInt();
      return !Arrays.equals(version, VERSION) || (bytes > 0 && bytes <= MOST_BYTES_A_SUM);
    } catch (IOException e) {
      return true; // none, or one that Hadoop takes no notice of
    }
  }
}
