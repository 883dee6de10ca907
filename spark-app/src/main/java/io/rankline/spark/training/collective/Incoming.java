package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What comes from the previous rank in an operation. What is to be added passes through the link's
 * buffer; what replaces words is read straight into their place.
 */
final class Incoming {

  /**
   * Blocks from this size on are read into their place, 16 KiB. That takes a call of its own for
   * the first head, which costs more than copying fewer bytes.
   */
  private static final int IN_PLACE_WORDS = 4 << 10;

  private final Link link;
  private final Arrivals arrivals;
  private final Faults faults;
  private final Addition addition = new Addition();

  private Operation operation;
  private int steps;
  private int step;
  private int block;
  private boolean adds;
  private boolean inPlace;

  /** Bytes of the step's block that have come. */
  private int came;

  /** Bytes of the current frame that have not come. */
  private int due;

  Incoming(Link link, Arrivals arrivals, Faults faults, Operation idle) {
    this.link = link;
    this.arrivals = arrivals;
    this.faults = faults;
    this.operation = idle;
  }

  void start(Operation started) {
    operation = started;
    steps = started.steps();
    step = -1;
    due = 0;
    nextStep();
  }

  private void nextStep() {
    step++;
    came = 0;
    if (step < steps) {
      block = operation.receivedBlock(step);
      adds = operation.addsIn(step);
      inPlace = !adds && operation.length(block) >= IN_PLACE_WORDS;
    }
  }

  boolean isDone() {
    return step == steps;
  }

  /**
   * Whether that many words of the block that a step receives have come. Of an empty block the
   * frame must have come: it says that the ranks before are there.
   */
  boolean has(int wanted, int words) {
    return step > wanted || (step == wanted && words > 0 && came >= words * Integer.BYTES);
  }

  /** Takes what has come, up to the end of this operation; true if that was anything. */
  boolean receive() throws RingException {
    boolean moved = takeFrames();
    if (isDone()) {
      return moved;
    }
    boolean more;
    try {
      more = read();
    } catch (IOException e) {
      throw faults.gone(link, e, operation);
    }
    if (more) {
      takeFrames();
      return true;
    }
    if (link.hasEnded()) {
      throw faults.gone(link, null, operation);
    }
    return moved;
  }

  private boolean read() throws IOException {
    if (!inPlace) {
      return link.read();
    }
    if (due == 0) {
      return link.readHead();
    }
    int from = operation.start(block) * Integer.BYTES + came;
    ByteBuffer place = operation.payload().incoming(from, due);
    boolean more = link.readInto(place);
    took(due - place.remaining());
    return more;
  }

  private boolean takeFrames() throws RingException {
    boolean moved = false;
    while (!isDone()) {
      if (due > 0) {
        int available = Math.min(due, link.available());
        int bytes = inPlace ? available : available & -Integer.BYTES;
        if (bytes == 0) {
          break;
        }
        takeData(bytes);
      } else {
        Frame frame = link.nextFrame();
        if (frame == null) {
          break;
        }
        take(frame);
      }
      moved = true;
    }
    return moved;
  }

  private void takeData(int bytes) {
    Payload payload = operation.payload();
    if (adds) {
      int from = operation.start(block) + came / Integer.BYTES;
      int place = link.take(bytes) / Integer.BYTES;
      addition.add(payload.floats(), from, link.floats(), place, bytes / Integer.BYTES);
    } else {
      int from = operation.start(block) * Integer.BYTES + came;
      payload.set(from, link.in(), link.take(bytes), bytes);
    }
    took(bytes);
  }

  private void took(int bytes) {
    came += bytes;
    due -= bytes;
    endBlock();
  }

  private void endBlock() {
    if (due == 0 && came == operation.length(block) * Integer.BYTES) {
      nextStep();
    }
  }

  private void take(Frame frame) throws RingException {
    if (!frame.type().isData()) {
      if (frame.type() != FrameType.ALIVE) {
        throw faults.ended(link, frame, operation);
      }
      if (frame.sequence() == operation.sequence()) {
        arrivals.note(frame.arrived() + 1);
      }
      return;
    }
    if (frame.type() != operation.type()
        || frame.sequence() != operation.sequence()
        || frame.total() != operation.payload().words()) {
      throw faults.outOfStep(link, frame, operation);
    }
    int expected = operation.start(block) + came / Integer.BYTES;
    int left = operation.start(block + 1) - expected;
    if (frame.offset() != expected || frame.length() > left || (frame.length() == 0 && left > 0)) {
      throw faults.damaged(link, frame, operation, left, expected);
    }
    arrivals.note(frame.arrived() + 1);
    due = frame.length() * Integer.BYTES;
    endBlock();
  }
}
