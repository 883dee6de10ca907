package io.rankline.spark.training.collective;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What can go wrong in an operation, in the words of the rank that sees it. */
record Faults(Peer self, Duration silenceTimeout) {

  RingException interrupted(Operation operation) {
    return new RingException(
        self.rank(), "%s was interrupted in %s".formatted(self, operation.activity()), null);
  }

  /** A neighbour has sent a frame that ends the ring. */
  RingException ended(Link link, Frame frame, Operation operation) {
    return frame.type() == FrameType.ABORT
        ? new RingException(frame.total(), link.text(frame), null)
        : new RingException(
            link.peer().rank(),
            "%s closed its ring while %s is in %s"
                .formatted(link.peer(), self, operation.activity()),
            null);
  }

  RingException gone(Link link, @Nullable IOException cause, Operation operation) {
    return new RingException(
        link.peer().rank(),
        "%s closed the connection without a word while %s is in %s: its process has probably ended"
            .formatted(link.peer(), self, operation.activity()),
        cause);
  }

  RingException silent(Link link, Operation operation) {
    return new RingException(
        link.peer().rank(),
        "%s has sent nothing for %s s in %s (silenceTimeout): it hangs, is cut off or takes too long to compute"
            .formatted(link.peer(), silenceTimeout.toMillis() / 1000.0, operation.activity()),
        null);
  }

  RingException outOfStep(Link link, Frame frame, Operation operation) {
    return new RingException(
        RingException.NOBODY,
        "%s is in %s, but %s is in %s; every rank must call the same operations with the same sizes"
            .formatted(link.peer(), Operation.activity(frame), self, operation.activity()),
        null);
  }

  /** A frame holds other words than are due, which are {@code left} from {@code expected} on. */
  RingException damaged(Link link, Frame frame, Operation operation, int left, int expected) {
    return new RingException(
        link.peer().rank(),
        "%s sent words %s to %s of %s where at most %s from %s on were due: its stream is damaged"
            .formatted(
                link.peer(),
                frame.offset(),
                (long) frame.offset() + frame.length(),
                operation.activity(),
                left,
                expected),
        null);
  }
}
