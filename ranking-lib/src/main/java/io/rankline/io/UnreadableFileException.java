package io.rankline.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A compressed file that is damaged, cut off, or packed in a way that is not read, or a file of
 * another kind than was asked for: a fault of the file, where other exceptions of a stream are
 * faults of the storage. The message does not name the file; readers add the place.
 */
public final class UnreadableFileException extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableFileException(String fault, @Nullable Throwable cause) {
    super(fault, cause);
  }
}
