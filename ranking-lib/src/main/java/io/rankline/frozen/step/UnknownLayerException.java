package io.rankline.frozen.step;

/** A network has a part that plain Java has no arithmetic for; says which. */
public final class UnknownLayerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A part that has no arithmetic. */
  public UnknownLayerException(String message) {
    super(message);
  }
}
