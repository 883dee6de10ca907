package io.rankline.frozen.step;

/** A network has a part that plain Java has no arithmetic for; says which. */
public final class UnknownLayerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnknownLayerException(String message) {
    super(message);
  }
}
