package io.rankline.io.tensor;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of weights that is damaged, or stored in a way that is not read; the message names it. */
public final class TensorFileException extends IOException {

  private static final long serialVersionUID = 1;

  /** A fault of that file. */
  public TensorFileException(String file, String fault) {
    this(file, fault, null);
  }

  /** A fault of that file, and what led to it. */
  public TensorFileException(String file, String fault, @Nullable Throwable cause) {
    super(file + ": " + fault, cause);
  }
}
