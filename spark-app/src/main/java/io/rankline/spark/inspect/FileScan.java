package io.rankline.spark.inspect;

import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.UnreadableFileException;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.spark.storage.Parallel;
import io.rankline.spark.terminal.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileStatus;

/**
 * Reads record files to see what is in them.
 *
 * @param storage where the files lie
 * @param files one or more
 */
public record FileScan(RecordFiles storage, List<FileStatus> files) {

  /** So many records of a file are looked at for a sign of its format. */
  private static final int SAMPLE = 20;

  public FileScan {
    files = List.copyOf(files);
  }

  /**
   * The format of the first record that shows one.
   *
   * @throws IOException if none does
   */
  public RecordFormat guessFormat() throws IOException {
    CorruptRecordException first = null;
    for (FileStatus file : files) {
      String name = file.getPath().toString();
      try (TfRecordReader records =
          new TfRecordReader(storage.open(file.getPath()), name, CorruptRecordPolicy.FAIL)) {
        for (int i = 0; i < SAMPLE && records.advance(); i++) {
          Optional<RecordFormat> guess = RecordFormat.guess(records.copy());
          if (guess.isPresent()) {
            return guess.get();
          }
        }
      } catch (CorruptRecordException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null && isUnreadable(first)) {
      throw first;
    }
    if (files.stream().allMatch(file -> file.getLen() == 0)) {
      throw new IOException(
          "there is nothing in %s: it is empty".formatted(files.get(0).getPath()));
    }
    throw new IOException(
        "cannot tell the format of %s; pass --format elwc, eie, seq or tfexample"
            .formatted(files.get(0).getPath()),
        first);
  }

  private static boolean isUnreadable(Throwable fault) {
    Throwable cause = fault.getCause();
    return fault instanceof UnreadableFileException || (cause != null && isUnreadable(cause));
  }

  /** The first records of the files, up to that number. */
  public List<byte[]> sample(int most) throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (FileStatus file : files) {
      String name = file.getPath().toString();
      try (TfRecordReader reader =
          new TfRecordReader(storage.open(file.getPath()), name, CorruptRecordPolicy.SKIP)) {
        while (records.size() < most && reader.advance()) {
          records.add(reader.copy());
        }
      }
    }
    return records;
  }

  /**
   * Reads every file to its end, and shows how far that is.
   *
   * @param threads files read at a time, 1 or more
   */
  public FilesProfile profile(RecordFormat format, CorruptRecordPolicy policy, int threads)
      throws Exception {
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    try (Progress progress = Progress.ofBytes("inspect", bytes)) {
      List<Callable<FilesProfile>> tasks = new ArrayList<>();
      for (FileStatus file : files) {
        // How far a compressed file is read cannot be seen, so it counts when it is done.
        boolean packed = Compression.ofFileName(file.getPath().getName()) != Compression.NONE;
        tasks.add(
            () -> {
              FilesProfile one =
                  FilesProfile.read(
                      storage, file.getPath(), format, policy, packed ? read -> {} : progress::add);
              if (packed) {
                progress.add(file.getLen());
              }
              return one;
            });
      }
      FilesProfile all = new FilesProfile();
      Parallel.run(tasks, threads).forEach(all::merge);
      return all.ofBytes(bytes);
    }
  }
}
