package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations over the two links of a rank. What a step has received is passed on chunk by
 * chunk, before the step has ended, so sending, receiving and adding overlap.
 *
 * <p>A rank that waits sends a sign of life to both neighbours, and a neighbour that gives none for
 * the silence timeout is the one to blame: those that only wait for it are not silent. Each frame
 * also says how many ranks the sender knows to have come, which tells waiting for the slowest rank
 * from moving data at the cost of no message.
 */
final class Exchange {

  /** Signs of life that may get lost or late before a rank counts as silent. */
  private static final int BEATS_PER_SILENCE = 4;

  private final Link previous;
  private final Link next;
  private final Selector selector;
  private final Peer self;
  private final int chunkWords;
  private final long silenceNanos;
  private final Duration silenceTimeout;

  private Operation operation;
  private int sequence;
  private int steps;
  private int sendStep;
  private int sendOffset;
  private int receiveStep;
  private int receiveOffset;
  private int frameWords;
  private int arrived;
  private int toldArrived;
  private long startNanos;
  private long allArrivedNanos;
  private long beatNanos;
  private volatile @Nullable RingException stop;

  Exchange(Peer self, Link previous, Link next, Selector selector, RingSettings settings) {
    this.self = self;
    this.previous = previous;
    this.next = next;
    this.selector = selector;
    this.chunkWords = settings.chunkBytes() / Integer.BYTES;
    this.silenceTimeout = settings.silenceTimeout();
    this.silenceNanos = silenceTimeout.toNanos();
    this.operation = new Operation(FrameType.GATHER, new FloatPayload(), self.rank(), 1);
  }

  /** Ends the operation that another thread is in, and every later one, with that fault. */
  void stop(RingException fault) {
    stop = fault;
    selector.wakeup();
  }

  /** Nanoseconds of the last operation until the last rank had come to it. */
  long waitNanos() {
    return allArrivedNanos - startNanos;
  }

  /** Takes part in an operation until this rank has sent and received everything. */
  void run(Operation next) throws RingException {
    start(next);
    while (sendStep < steps || receiveStep < steps || this.next.hasUnsent()) {
      boolean moved = send();
      moved |= receive();
      if (stop != null) {
        throw stop;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new RingException(
            self.rank(), "%s was interrupted in %s".formatted(self, activity()), null);
      }
      if (!moved) {
        await();
      }
      giveSignsOfLife();
    }
    noteArrival(operation.size());
  }

  private void start(Operation started) {
    operation = started;
    sequence++;
    steps = started.steps();
    sendStep = 0;
    sendOffset = 0;
    receiveStep = 0;
    receiveOffset = 0;
    frameWords = 0;
    arrived = 1;
    toldArrived = 0;
    startNanos = System.nanoTime();
    allArrivedNanos = 0;
    beatNanos = startNanos;
  }

  private boolean send() throws RingException {
    boolean moved = false;
    try {
      while (true) {
        if (!next.hasUnsent() && !stageData() && !stageArrival()) {
          return moved;
        }
        if (!next.flush()) {
          return moved;
        }
        moved = true;
        if (next.hasUnsent()) {
          return true;
        }
      }
    } catch (IOException e) {
      readSigns(next);
      throw gone(next, e);
    }
  }

  /** Puts the next chunk into the buffer of what is to be sent, if it is there to be sent. */
  private boolean stageData() {
    if (sendStep == steps) {
      return false;
    }
    int block = operation.sentBlock(sendStep);
    int length = operation.length(block);
    int words = Math.min(chunkWords, length - sendOffset);
    // An empty block is passed on like a full one: its frame says that the ranks before are there.
    boolean complete = receiveStep >= sendStep;
    boolean ready =
        complete
            || (words > 0 && receiveStep == sendStep - 1 && receiveOffset >= sendOffset + words);
    if (!ready) {
      return false;
    }
    int from = operation.start(block) + sendOffset;
    int place =
        next.stage(
            new Frame(operation.type(), sequence, told(), operation.payload().words(), from, words),
            words);
    operation.payload().load(from, next.out(), place, words);
    sendOffset += words;
    if (sendOffset == length) {
      sendStep++;
      sendOffset = 0;
    }
    return true;
  }

  /** Passes on that more ranks have come, where no data is there to carry it. */
  private boolean stageArrival() {
    if (Math.min(arrived, operation.size() - 1) <= toldArrived) {
      return false;
    }
    next.stage(alive(), 0);
    return true;
  }

  private int told() {
    toldArrived = Math.min(arrived, operation.size() - 1);
    return toldArrived;
  }

  private Frame alive() {
    return new Frame(FrameType.ALIVE, sequence, told(), 0, 0, 0);
  }

  private boolean receive() throws RingException {
    boolean moved = takeFrames();
    if (receiveStep == steps) {
      return moved;
    }
    boolean more;
    try {
      more = previous.read();
    } catch (IOException e) {
      throw gone(previous, e);
    }
    if (more) {
      takeFrames();
      return true;
    }
    if (previous.hasEnded()) {
      throw gone(previous, null);
    }
    return moved;
  }

  /** Takes what has come, up to the end of this operation; true if that was anything. */
  private boolean takeFrames() throws RingException {
    boolean moved = false;
    while (receiveStep < steps) {
      if (frameWords > 0) {
        int words = Math.min(frameWords, previous.availableWords());
        if (words == 0) {
          break;
        }
        takeData(words);
      } else {
        Frame frame = previous.nextFrame();
        if (frame == null) {
          break;
        }
        take(frame);
      }
      moved = true;
    }
    return moved;
  }

  private void takeData(int words) {
    int block = operation.receivedBlock(receiveStep);
    int from = operation.start(block) + receiveOffset;
    int place = previous.takeWords(words);
    if (operation.addsIn(receiveStep)) {
      operation.payload().add(from, previous.in(), place, words);
    } else {
      operation.payload().set(from, previous.in(), place, words);
    }
    frameWords -= words;
    receiveOffset += words;
    endBlock(block);
  }

  private void endBlock(int block) {
    if (frameWords == 0 && receiveOffset == operation.length(block)) {
      receiveStep++;
      receiveOffset = 0;
    }
  }

  private void take(Frame frame) throws RingException {
    if (!frame.type().isData()) {
      if (frame.type() == FrameType.ALIVE) {
        if (frame.sequence() == sequence) {
          noteArrival(frame.arrived() + 1);
        }
        return;
      }
      throw ended(previous, frame);
    }
    if (frame.type() != operation.type()
        || frame.sequence() != sequence
        || frame.total() != operation.payload().words()) {
      throw new RingException(
          RingException.NOBODY,
          "%s is in %s, but %s is in %s; every rank must call the same operations with the same sizes"
              .formatted(
                  previous.peer(),
                  Operation.describe(frame.sequence(), frame.type(), frame.total()),
                  self,
                  activity()),
          null);
    }
    int block = operation.receivedBlock(receiveStep);
    int expected = operation.start(block) + receiveOffset;
    int left = operation.length(block) - receiveOffset;
    if (frame.offset() != expected || frame.length() > left || (frame.length() == 0 && left > 0)) {
      throw new RingException(
          previous.peer().rank(),
          "%s sent words %d to %d of %s where at most %d from %d on were due: its stream is damaged"
              .formatted(
                  previous.peer(),
                  frame.offset(),
                  (long) frame.offset() + frame.length(),
                  activity(),
                  left,
                  expected),
          null);
    }
    noteArrival(frame.arrived() + 1);
    frameWords = frame.length();
    endBlock(block);
  }

  private void noteArrival(int ranks) {
    arrived = Math.max(arrived, Math.min(ranks, operation.size()));
    if (arrived == operation.size() && allArrivedNanos == 0) {
      allArrivedNanos = System.nanoTime();
    }
  }

  /** Waits for a neighbour, an interrupt, or the time of the next sign of life. */
  private void await() throws RingException {
    previous.await(receiveStep < steps ? SelectionKey.OP_READ : 0);
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
        throw gone(next, null);
      }
      blameTheSilent(next);
    }
    if (receiveStep < steps) {
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
            throw ended(link, frame);
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
    if (System.nanoTime() - Math.max(link.heardNanos(), startNanos) > silenceNanos) {
      throw new RingException(
          link.peer().rank(),
          "%s has sent nothing for %s s in %s (silenceTimeout): it hangs, is cut off or takes too long to compute"
              .formatted(link.peer(), seconds(), activity()),
          null);
    }
  }

  private void giveSignsOfLife() throws RingException {
    long now = System.nanoTime();
    if (now - beatNanos < silenceNanos / BEATS_PER_SILENCE) {
      return;
    }
    beatNanos = now;
    if (!next.hasUnsent()) {
      next.stage(alive(), 0);
    }
    if (!previous.hasUnsent()) {
      previous.stage(alive(), 0);
    }
    try {
      previous.flush();
    } catch (IOException e) {
      // Reading from the same link tells more.
    }
  }

  private RingException ended(Link link, Frame frame) {
    return frame.type() == FrameType.ABORT
        ? new RingException(frame.total(), link.text(frame), null)
        : new RingException(
            link.peer().rank(),
            "%s closed its ring while %s is in %s".formatted(link.peer(), self, activity()),
            null);
  }

  private RingException gone(Link link, @Nullable IOException cause) {
    return new RingException(
        link.peer().rank(),
        "%s closed the connection without a word while %s is in %s: its process has probably ended"
            .formatted(link.peer(), self, activity()),
        cause);
  }

  private String activity() {
    return Operation.describe(sequence, operation.type(), operation.payload().words());
  }

  private String seconds() {
    return String.valueOf(silenceTimeout.toMillis() / 1000.0);
  }
}
