package io.rankline.config;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code synthetic}: made-up data that a run makes for itself. Lists have consecutive
 * numbers: those to train on, to validate with, to test with.
 */
public record SyntheticSection(
    @Option(
            fallback = "",
            filled = "must be a folder",
            meaning = "folder with train, valid and test below it")
        String dir,
    @Option(fallback = "0", least = 1, meaning = "lists to train on") int trainLists,
    @Option(fallback = "0", least = 1, meaning = "lists to validate with") int validLists,
    @Option(fallback = "0", least = 0, meaning = "lists to test with; 0 for no folder test")
        int testLists,
    @Option(fallback = "1", meaning = "of the log") long seed,
    @Option(fallback = "200", least = 1, meaning = "largest number of items of a list")
        int maxListSize) {

  /** Checks all, and reports all faults at once. */
  public SyntheticSection {
    Faults.in(SyntheticSection.class, dir, trainLists, validLists, testLists, seed, maxListSize)
        .orThrow();
  }

  static @Nullable SyntheticSection read(Section section) {
    SyntheticSection read = RecordCodec.of(SyntheticSection.class).read(section);
    section.rejectUnknownKeys();
    return read;
  }
}
