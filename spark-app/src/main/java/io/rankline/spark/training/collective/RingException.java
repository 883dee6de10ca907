package io.rankline.spark.training.collective;

import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The ring cannot go on. The message names the rank whose fault it is, its address, and what
 * happened; every rank that learns of the fault from another one gets the same words.
 */
public final class RingException extends IOException {

  private static final long serialVersionUID = 1;

  /** Stands for no rank. */
  static final int NOBODY = -1;

  private final int culprit;

  RingException(int culprit, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.culprit = culprit;
  }

  /** The rank that died, hangs, left or sent what cannot be right, where one is to blame. */
  public OptionalInt culprit() {
    return culprit == NOBODY ? OptionalInt.empty() : OptionalInt.of(culprit);
  }

  int culpritOrNobody() {
    return culprit;
  }
}
