package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * The last words of a rank to its neighbours. Closing a socket with unread data in it resets the
 * connection, and a reset may overtake what was sent before; so a rank says that it has ended,
 * reads on until the neighbours have ended, too, or the time is up, and closes only then.
 */
final class Farewell {

  private Farewell() {}

  static void say(
      FrameType type,
      RingException reason,
      Link previous,
      Link next,
      Selector selector,
      Duration linger)
      throws IOException {
    long deadline = System.nanoTime() + linger.toNanos();
    Leaving[] both = {new Leaving(previous), new Leaving(next)};
    for (Leaving leaving : both) {
      leaving.link.stageEnd(
          type, reason.culpritOrNobody(), type == FrameType.ABORT ? text(reason) : "");
    }
    while (true) {
      boolean done = true;
      for (Leaving leaving : both) {
        done &= leaving.advance();
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (done || left <= 0) {
        return;
      }
      selector.select(key -> {}, left);
    }
  }

  private static String text(RingException reason) {
    return String.valueOf(reason.getMessage());
  }

  /** A link on its way out. */
  private static final class Leaving {

    private final Link link;
    private boolean told;
    private boolean broken;

    Leaving(Link link) {
      this.link = link;
    }

    /** Sends and reads what is possible; true when there is nothing left to do. */
    boolean advance() {
      if (broken || (told && link.hasEnded())) {
        link.await(0);
        return true;
      }
      try {
        link.flush();
        if (!told && !link.hasUnsent()) {
          link.shutdownOutput();
          told = true;
        }
        boolean more = link.discard();
        while (more) {
          more = link.discard();
        }
      } catch (IOException e) {
        // The other side is gone and will hear nothing more.
        broken = true;
      }
      boolean done = broken || (told && link.hasEnded());
      int operations =
          (link.hasEnded() ? 0 : SelectionKey.OP_READ) | (told ? 0 : SelectionKey.OP_WRITE);
      link.await(done ? 0 : operations);
      return done;
    }
  }
}
