package io.rankline.config;

import io.rankline.data.Section;
import io.rankline.data.synthetic.SyntheticLog;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code synthetic}: made-up data that a run makes for itself. Lists have consecutive
 * numbers: those to train on, to validate with, to test with.
 *
 * @param dir folder with {@code train}, {@code valid} and {@code test} below it
 * @param trainLists lists to train on
 * @param validLists lists to validate with
 * @param testLists lists to test with; 0 for no folder {@code test}
 * @param seed of the log
 * @param maxListSize largest number of items of a list
 */
public record SyntheticSection(
    String dir, int trainLists, int validLists, int testLists, long seed, int maxListSize) {

  /** Checks all, and tells all faults at once. */
  public SyntheticSection {
    StringBuilder problems = new StringBuilder();
    if (dir.isBlank()) {
      problems.append("dir must be a folder, got none\n");
    }
    require(problems, "train_lists", 1, trainLists);
    require(problems, "valid_lists", 1, validLists);
    require(problems, "test_lists", 0, testLists);
    require(problems, "max_list_size", 1, maxListSize);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString().strip());
    }
  }

  static @Nullable SyntheticSection read(Section section) {
    String dir = section.text("dir", "");
    int train = section.whole("train_lists", 0);
    int valid = section.whole("valid_lists", 0);
    int test = section.whole("test_lists", 0);
    Long seed = section.whole("seed");
    int size = section.whole("max_list_size", SyntheticLog.DEFAULT_MAX_LIST_SIZE);
    SyntheticSection read = null;
    try {
      read = new SyntheticSection(dir, train, valid, test, seed == null ? 1 : seed, size);
    } catch (IllegalArgumentException e) {
      section.faults(Objects.requireNonNull(e.getMessage()));
    }
    section.rejectUnknownKeys();
    return read;
  }

  private static void require(StringBuilder problems, String key, int least, int value) {
    if (value < least) {
      problems.append("%s must be %d or more, got %d\n".formatted(key, least, value));
    }
  }
}
