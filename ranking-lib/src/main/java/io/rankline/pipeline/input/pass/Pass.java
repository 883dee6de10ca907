package io.rankline.pipeline.input.pass;

import java.io.IOException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One pass: every slot once, drawn from a buffer that holds the next ones. Which one is drawn
 * depends on how many there are and on nothing else.
 */
final class Pass implements SlotSource {

  private final SlotSource in;
  private final SplittableRandom random;
  private final @Nullable Slot[] buffer;
  private int held;
  private boolean inEnded;

  /**
   * A pass.
   *
   * @param in closed with the pass
   * @param bufferSize number of slots that the next one is drawn from; 1 keeps their order
   */
  Pass(SlotSource in, int bufferSize, SplittableRandom random) {
    this.in = in;
    this.random = random;
    this.buffer = new Slot[bufferSize];
  }

  @Override
  public @Nullable Slot next() throws IOException {
    while (!inEnded && held < buffer.length) {
      fillByOne();
    }
    if (held == 0) {
      return null;
    }
    int pick = random.nextInt(held);
    Slot drawn = buffer[pick];
    buffer[pick] = buffer[--held];
    buffer[held] = null;
    return drawn;
  }

  /** Takes one more slot into the buffer if there is room, ahead of time. */
  void fillByOne() throws IOException {
    if (inEnded || held == buffer.length) {
      return;
    }
    Slot slot = in.next();
    if (slot == null) {
      inEnded = true;
    } else {
      buffer[held++] = slot;
    }
  }

  /** Whether everything was read, and what is left comes out of the buffer. */
  boolean isDraining() {
    return inEnded;
  }

  @Override
  public void close() {
    in.close();
  }
}
