package io.rankline.cluster;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Something that goes wrong with a training.
 *
 * @param kind what
 * @param after seconds of its minute that pass before
 * @param victim a number that chooses among executors
 * @param seconds how long it stays so, of a kind that passes
 */
record ChaosFault(Kind kind, int after, int victim, int seconds) {

  /** How much of a minute may pass before a fault. */
  private static final int LATEST = 25;

  private static final int SHORTEST_STOP = 2;
  private static final int LONGEST_STOP = 30;
  private static final int AWAY = 30;

  /** What can go wrong. */
  enum Kind {
    /** SIGKILL of one executor. */
    EXECUTOR_KILLED,
    /** SIGSTOP of one executor, and SIGCONT. */
    EXECUTOR_STOPPED,
    /** No room where executors keep blocks and shuffle files. */
    EXECUTOR_DISK_FULL,
    /** The place of model_dir and of the data does not answer, or has no room. */
    STORE_AWAY,
    /** SIGKILL of the driver, which is started again. */
    DRIVER_KILLED;

    /** As in a table. */
    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** The next one. */
  static ChaosFault of(SplittableRandom random) {
    List<Kind> kinds = List.of(Kind.values());
    Kind kind = kinds.get(random.nextInt(kinds.size()));
    int after = random.nextInt(LATEST);
    int victim = random.nextInt(Integer.MAX_VALUE);
    int stop = random.nextInt(SHORTEST_STOP, LONGEST_STOP + 1);
    return new ChaosFault(kind, after, victim, seconds(kind, stop));
  }

  private static int seconds(Kind kind, int stop) {
    return switch (kind) {
      case EXECUTOR_STOPPED -> stop;
      case EXECUTOR_DISK_FULL, STORE_AWAY -> AWAY;
      case EXECUTOR_KILLED, DRIVER_KILLED -> 0;
    };
  }

  @Override
  public String toString() {
    return seconds == 0 ? kind.words() : "%s for %s s".formatted(kind.words(), seconds);
  }
}
