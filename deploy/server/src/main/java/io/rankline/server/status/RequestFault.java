package io.rankline.server.status;

/** A request that cannot be answered; the message is for whoever sent it. */
public final class RequestFault extends Exception {

  private static final long serialVersionUID = 1;

  private final StatusCode code;

  /** A fault of a code. */
  public RequestFault(StatusCode code, String message) {
    super(message);
    this.code = code;
  }

  /** A fault of what was sent. */
  public static RequestFault invalid(String message) {
    return new RequestFault(StatusCode.INVALID_ARGUMENT, message);
  }

  /** A fault of the server, whose log has the failure. */
  public static RequestFault internal(Throwable failure) {
    return new RequestFault(
        StatusCode.INTERNAL,
        "the request could not be answered (%s); the server's log has more"
            .formatted(failure.getClass().getSimpleName()));
  }

  /** How the request ends. */
  public StatusCode code() {
    return code;
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this; // it is an answer, not a failure of the server; overload makes thousands a second
  }
}
