package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations over the two links of a rank. What a step has received is passed on chunk by
 * chunk, before the step has ended, so sending, receiving and adding overlap.
 *
 * <p>A rank that waits sends a sign of life to both neighbours, and a neighbour that gives none for
 * the silence timeout is the one to blame: those that only wait for it are not silent. Each frame
 * also says how many ranks the sender knows to have come ({@link Arrivals}), at the cost of no
 * message.
 */
final class Exchange {

  /** Signs of life that may get lost or late before a rank counts as silent. */
  private static final int BEATS_PER_SILENCE = 4;

  private final Link previous;
  private final Link next;
  private final Selector selector;
  private final Peer self;
  private final Faults faults;
  private final Arrivals arrivals = new Arrivals();
  private final Incoming incoming;
  private final int chunkWords;
  private final long silenceNanos;

  private Operation operation;
  private int steps;
  private int sendStep;
  private int sendOffset;
  private long beatNanos;
  private volatile @Nullable RingException stop;

  Exchange(Peer self, Link previous, Link next, Selector selector, RingSettings settings) {
    this.self = self;
    this.previous = previous;
    this.next = next;
    this.selector = selector;
    this.chunkWords = settings.chunkBytes() / Integer.BYTES;
    this.silenceNanos = settings.silenceTimeout().toNanos();
    this.faults = new Faults(self, settings.silenceTimeout());
    this.operation =
        new Operation(0, FrameType.GATHER, new Payload(ByteBuffer.allocate(0)), self.rank(), 1);
    this.incoming = new Incoming(previous, arrivals, faults, operation);
  }

  /** Ends the operation that another thread is in, and every later one, with that fault. */
  void stop(RingException fault) {
    stop = fault;
    selector.wakeup();
  }

  /** Nanoseconds of the last operation until the last rank had come to it. */
  long waitNanos() {
    return arrivals.waitNanos();
  }

  /** Takes part in an operation until this rank has sent and received everything. */
  void run(Operation started) throws RingException {
    operation = started;
    steps = started.steps();
    sendStep = 0;
    sendOffset = 0;
    arrivals.start(started.size());
    beatNanos = arrivals.startNanos();
    incoming.start(started);
    while (sendStep < steps || !incoming.isDone() || next.hasUnsent()) {
      boolean moved = send();
      moved |= incoming.receive();
      if (stop != null) {
        throw stop;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw faults.interrupted(operation);
      }
      if (!moved) {
        await();
      }
      giveSignsOfLife();
    }
    arrivals.note(started.size());
  }

  /**
   * Sends one frame, or as much of it as the channel takes; true if that was anything. More at a
   * time would lie in the sockets' buffers until it has left the caches.
   */
  private boolean send() throws RingException {
    try {
      if (!next.hasUnsent() && !stageData() && !stageArrival()) {
        return false;
      }
      return next.flush();
    } catch (IOException e) {
      readSigns(next);
      throw faults.gone(next, e, operation);
    }
  }

  /** Makes the next chunk what is to be sent, if it is there to be sent. */
  private boolean stageData() {
    if (sendStep == steps) {
      return false;
    }
    int block = operation.sentBlock(sendStep);
    int length = operation.length(block);
    int words = Math.min(chunkWords, length - sendOffset);
    if (sendStep > 0 && !incoming.has(sendStep - 1, sendOffset + words)) {
      return false;
    }
    int from = operation.start(block) + sendOffset;
    next.stage(
        new Frame(
            operation.type(),
            operation.sequence(),
            arrivals.tell(),
            operation.payload().words(),
            from,
            words),
        operation.payload().outgoing(from, words));
    sendOffset += words;
    if (sendOffset == length) {
      sendStep++;
      sendOffset = 0;
    }
    return true;
  }

  /** Passes on that more ranks have come, where no data is there to carry it. */
  private boolean stageArrival() {
    if (!arrivals.hasNews()) {
      return false;
    }
    next.stage(alive());
    return true;
  }

  private Frame alive() {
    return new Frame(FrameType.ALIVE, operation.sequence(), arrivals.tell(), 0, 0, 0);
  }

  /** Waits for a neighbour, an interrupt, or the time of the next sign of life. */
  private void await() throws RingException {
    previous.await(incoming.isDone() ? 0 : SelectionKey.OP_READ);
    next.await(
        (next.hasEnded() ? 0 : SelectionKey.OP_READ)
            | (next.hasUnsent() ? SelectionKey.OP_WRITE : 0));
    try {
      selector.select(key -> {}, Math.max(1, silenceNanos / BEATS_PER_SILENCE / 1_000_000));
    } catch (IOException e) {
      throw new RingException(self.rank(), self + " cannot wait for its neighbours", e);
    }
    readSigns(next);
    if (sendStep < steps || next.hasUnsent()) {
      if (next.hasEnded()) {
        throw faults.gone(next, null, operation);
      }
      blameTheSilent(next);
    }
    if (!incoming.isDone()) {
      blameTheSilent(previous);
    }
  }

  /** Reads what the next rank says against the direction of the data. */
  private void readSigns(Link link) throws RingException {
    try {
      while (!link.hasEnded() && link.read()) {
        for (Frame frame = link.nextFrame(); frame != null; frame = link.nextFrame()) {
          boolean departed = frame.type() == FrameType.CLOSED && sendStep == steps;
          if (frame.type() != FrameType.ALIVE && !departed) {
            throw faults.ended(link, frame, operation);
          }
        }
      }
    } catch (RingException e) {
      throw e;
    } catch (IOException e) {
      // It matters only where this rank has something left to send, and then writing fails too.
    }
  }

  private void blameTheSilent(Link link) throws RingException {
    long heard = Math.max(link.heardNanos(), arrivals.startNanos());
    if (System.nanoTime() - heard > silenceNanos) {
      throw faults.silent(link, operation);
    }
  }

  private void giveSignsOfLife() throws RingException {
    long now = System.nanoTime();
    if (now - beatNanos < silenceNanos / BEATS_PER_SILENCE) {
      return;
    }
    beatNanos = now;
    if (!next.hasUnsent()) {
      next.stage(alive());
    }
    if (!previous.hasUnsent()) {
      previous.stage(alive());
    }
    try {
      previous.flush();
    } catch (IOException e) {
      // Reading from the same link shows more.
    }
  }
}
