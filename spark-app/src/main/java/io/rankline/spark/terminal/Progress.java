package io.rankline.spark.terminal;

import java.io.Closeable;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work has come, on standard error: a bar where that is a terminal, and otherwise a
 * plain line now and then. Work that is done within seconds shows no line at all.
 *
 * <p>Safe for several threads.
 */
public final class Progress implements Closeable {

  /** Property set by the launcher script, which can tell; Java cannot for standard error alone. */
  public static final String TERMINAL = "rankline.terminal";

  private static final String COLUMNS = "rankline.columns";
  private static final int DEFAULT_COLUMNS = 100;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

  private final String task;
  private final String unit;
  private final long total;
  private final @Nullable ProgressBar bar;
  private final AtomicLong done = new AtomicLong();
  private final long started = System.nanoTime();
  private final AtomicLong lastLine = new AtomicLong(started);

  private Progress(String task, String unit, long unitSize, long total) {
    this.task = task;
    this.unit = unit;
    this.total = total;
    this.bar =
        Boolean.getBoolean(TERMINAL)
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, unitSize)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                // The library's own console takes over the terminal's signals, and Ctrl-C would end
                // the JVM without its shutdown hooks.
                .setConsumer(new ConsoleProgressBarConsumer(System.err, columns()))
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .build()
            : null;
  }

  /** Work of that many steps. */
  public static Progress ofSteps(String task, String unit, long total) {
    return new Progress(task, unit, 1, total);
  }

  /** Work on that many bytes. */
  public static Progress ofBytes(String task, long total) {
    return new Progress(task, "MB", 1_000_000, total);
  }

  /** More is done. */
  public void add(long amount) {
    to(done.addAndGet(amount));
  }

  /** So much is done in all. */
  void to(long amount) {
    done.set(amount);
    if (bar != null) {
      bar.stepTo(Math.min(amount, total));
      return;
    }
    long now = System.nanoTime();
    long last = lastLine.get();
    if (now - last > BETWEEN_LINES.toNanos() && lastLine.compareAndSet(last, now)) {
      System.err.printf(
          Locale.ROOT,
          "%s: %.0f %% of %,d %s after %d s%n",
          task,
          100.0 * amount / Math.max(1, total),
          unit.equals("MB") ? total / 1_000_000 : total,
          unit,
          Duration.ofNanos(now - started).toSeconds());
    }
  }

  /** Width of the terminal, as the launcher script found it. */
  public static int columns() {
    return Integer.getInteger(COLUMNS, DEFAULT_COLUMNS);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
