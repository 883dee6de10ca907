package io.rankline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Reads changed input: each must be read, or refused with an exception that is documented, within a
 * time and with an allocation in proportion to its length.
 *
 * <p>{@code -Drankline.fuzz.mutations=10000000} shares so many among all readers; the build has
 * {@value #IN_BUILD}. {@code -Drankline.fuzz.seed=1000} begins with that seed, for others than the
 * build's, or those of a fault.
 *
 * @param reader its name, in the figures and in faults
 * @param share of the mutations
 * @param base bytes that reading may allocate whatever the input
 * @param eachByte bytes that it may allocate for each of the input
 * @param documented exceptions that refuse
 * @param subject mutants of one seed, which must end in five minutes
 */
public record Fuzzing(
    String reader,
    double share,
    long base,
    long eachByte,
    List<Class<? extends Exception>> documented,
    int subject) {

  /** What reads. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] bytes) throws Exception;
  }

  /**
   * A reader and what it reads.
   *
   * @param originals sound input, another one or the same at each call
   */
  public record Subject(Supplier<byte[]> originals, Reader reader) {}

  private static final long IN_BUILD = 60_000;
  private static final long MUTATIONS = Long.getLong("rankline.fuzz.mutations", IN_BUILD);
  private static final long FIRST_SEED = Long.getLong("rankline.fuzz.seed", 1);
  private static final int A_SUBJECT = 500;
  private static final int FEWEST = 6;

  /** A new original after so many mutants. */
  private static final int AN_ORIGINAL = 10;

  /** So long may the mutants of one seed take before they count as endless. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A reader that refuses by one exception. */
  public static Fuzzing of(
      String reader, double share, long base, long eachByte, Class<? extends Exception> refusal) {
    return new Fuzzing(reader, share, base, eachByte, List.of(refusal), A_SUBJECT);
  }

  /** The same with so many mutants of one seed, for a reader that is slow. */
  public Fuzzing inSubjectsOf(int mutants) {
    return new Fuzzing(reader, share, base, eachByte, documented, mutants);
  }

  /**
   * Reads mutants of the subjects of one seed after the other; the last line of the output has the
   * figures.
   *
   * @param subjects of each seed
   */
  public void run(LongFunction<Subject> subjects) {
    long mutations = Math.max(FEWEST, Math.round(MUTATIONS * share));
    Tally tally = new Tally();
    // Loads the classes that reading and refusing need, so that no input is charged for them.
    read(subjects.apply(0), 0, AN_ORIGINAL, new Tally(), Long.MAX_VALUE);
    long started = System.nanoTime();
    for (long seed = FIRST_SEED; tally.read + tally.refused < mutations; seed++) {
      Subject one = subjects.apply(seed);
      long at = seed;
      int count = (int) Math.min(subject, mutations - tally.read - tally.refused);
      assertTimeoutPreemptively(LIMIT, () -> read(one, at, count, tally, 1));
    }
    System.out.printf(
        Locale.ROOT,
        "fuzz %s: %,d mutants, %,d refused, %.1f s, slowest %.1f ms, largest allocation %.2f MiB%n",
        reader,
        tally.read + tally.refused,
        tally.refused,
        (System.nanoTime() - started) / 1e9,
        tally.slowest / 1e6,
        tally.largest / 1048576.0);
    assertThat(tally.refused).as("a mutant now and then must be refused").isPositive();
    assertThat(tally.read).as("a mutant now and then must be read").isPositive();
  }

  private void read(Subject subject, long seed, int count, Tally tally, long slack) {
    Mutator mutator = new Mutator(seed);
    byte[] original = subject.originals().get();
    for (int i = 0; i < count; i++) {
      if (i % AN_ORIGINAL == AN_ORIGINAL - 1) {
        original = subject.originals().get();
      }
      byte[] mutant = mutator.mutate(original);
      long thread = Thread.currentThread().getId();
      long before = THREADS.getThreadAllocatedBytes(thread);
      long started = System.nanoTime();
      try {
        subject.reader().read(mutant);
        tally.read++;
      } catch (Throwable thrown) {
        if (documented.stream().noneMatch(type -> type.isInstance(thrown))) {
          throw new AssertionError(
              "%s: mutant %s of seed %s: %s"
                  .formatted(reader, i, seed, HexFormat.of().formatHex(mutant)),
              thrown);
        }
        assertThat(thrown).hasMessageMatching("(?s).+");
        tally.refused++;
      }
      tally.slowest = Math.max(tally.slowest, System.nanoTime() - started);
      long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
      tally.largest = Math.max(tally.largest, allocated);
      assertThat(allocated / slack)
          .as(
              "%s: bytes allocated for mutant %s of seed %s, of %s bytes",
              reader, i, seed, mutant.length)
          .isLessThan(base + eachByte * mutant.length);
    }
  }

  private static final class Tally {
    private long read;
    private long refused;
    private long slowest;
    private long largest;
  }
}
