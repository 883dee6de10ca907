package io.rankline.serving;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exported model that cannot be loaded; the message names the file and the way out. */
public final class SavedModelException extends IOException {

  private static final long serialVersionUID = 1;

  SavedModelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
