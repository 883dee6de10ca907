package io.rankline.server.batch;

/** As many batches wait as may. */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1;

  QueueFullException(String message) {
    super(message, null, false, false); // an answer; overload makes thousands a second
  }
}
