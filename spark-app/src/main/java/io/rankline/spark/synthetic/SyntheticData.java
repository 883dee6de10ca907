package io.rankline.spark.synthetic;

import io.rankline.config.SyntheticSection;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.io.Compression;
import io.rankline.spark.storage.StagedOutput;
import io.rankline.spark.terminal.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The made-up data that a configuration asks for: made once, then found. */
public final class SyntheticData {

  /** Says what the folder was made from. Names that start with an underscore are no data. */
  private static final String MADE_FROM = "_made_from";

  private static final int SHARDS = 4;

  private SyntheticData() {}

  /**
   * Makes the files where they are missing.
   *
   * @return whether they were missing
   * @throws IOException if the folder holds something else, or cannot be written
   */
  public static boolean make(Configuration configuration, SyntheticSection section)
      throws Exception {
    Path folder = new Path(section.dir());
    FileSystem storage = folder.getFileSystem(configuration);
    String wanted = describe(section);
    if (storage.exists(folder) && storage.listStatus(folder).length > 0) {
      String found = madeFrom(storage, folder);
      if (!found.equals(wanted)) {
        throw new IOException(
            "synthetic.dir '%s' holds %s, not %s; delete it or name another folder"
                .formatted(section.dir(), found, wanted));
      }
      return false;
    }
    int train = section.trainLists();
    int valid = section.validLists();
    int test = section.testLists();
    try (StagedOutput staged = StagedOutput.open(configuration, section.dir(), false);
        Progress progress = Progress.ofSteps("make data", "lists", train + valid + test)) {
      SyntheticFiles files =
          new SyntheticFiles(
              new SyntheticLog(section.seed(), section.maxListSize()),
              false,
              Compression.NONE,
              Runtime.getRuntime().availableProcessors());
      int first = 0;
      for (Split split :
          new Split[] {
            new Split("train", train), new Split("valid", valid), new Split("test", test)
          }) {
        if (split.lists() > 0) {
          files.write(
              configuration,
              new Path(staged.folder(), split.name()),
              first,
              split.lists(),
              Math.min(SHARDS, split.lists()),
              () -> progress.add(1));
        }
        first += split.lists();
      }
      try (OutputStream out =
          StagedOutput.create(configuration, new Path(staged.folder(), MADE_FROM))) {
        out.write(wanted.getBytes(StandardCharsets.UTF_8));
      }
      staged.commit();
    }
    return true;
  }

  private record Split(String name, int lists) {}

  private static String describe(SyntheticSection section) {
    return ("made-up data of train_lists = %s, valid_lists = %s, test_lists = %s, seed = %s,"
            + " max_list_size = %s")
        .formatted(
            section.trainLists(),
            section.validLists(),
            section.testLists(),
            section.seed(),
            section.maxListSize());
  }

  private static String madeFrom(FileSystem storage, Path folder) throws IOException {
    Path file = new Path(folder, MADE_FROM);
    if (!storage.exists(file)) {
      return "other files";
    }
    try (InputStream in = storage.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
