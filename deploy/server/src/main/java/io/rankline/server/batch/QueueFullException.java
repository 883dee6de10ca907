package io.rankline.server.batch;

import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;

/** As many batches wait as may. */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1;

  QueueFullException(String message) {
    super(message, null, false, false); // an answer; overload makes thousands a second
  }

  /** What whoever sent the request is told. */
  public RequestFault fault() {
    return new RequestFault(StatusCode.RESOURCE_EXHAUSTED, String.valueOf(getMessage()));
  }
}
