package io.rankline.spark.training.worker;

import java.util.function.BooleanSupplier;

/**
 * Interrupts the thread that made it, again and again, until it is closed: a thread that is
 * interrupted once may not pass it on.
 */
public final class Interrupter implements AutoCloseable {

  private final Thread interrupted = Thread.currentThread();
  private final long periodMillis;
  private final BooleanSupplier when;
  private boolean over;

  /**
   * Begins.
   *
   * @param name of the thread that interrupts
   * @param periodMillis milliseconds before the first interrupt, and between two of them
   * @param when asked before each of them; called on another thread
   */
  public Interrupter(String name, long periodMillis, BooleanSupplier when) {
    this.periodMillis = periodMillis;
    this.when = when;
    Thread thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** After this no interrupt comes any more. */
  @Override
  public synchronized void close() {
    over = true;
    notifyAll();
  }

  private synchronized void run() {
    try {
      while (!over) {
        wait(periodMillis);
        if (!over && when.getAsBoolean()) {
          interrupted.interrupt();
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }
}
