package io.rankline.export.engine;

import java.util.List;

/** A model that an engine cannot score; says which of its parts, and the way out, one a line. */
public final class UnsupportedModelException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /**
   * Of all reasons at once.
   *
   * @param engine what it was to be written for
   * @param reasons each names a part of the model and what can be done about it
   */
  public UnsupportedModelException(String engine, List<String> reasons) {
    super(
        "the model cannot be written for %s:\n  %s"
            .formatted(engine, String.join("\n  ", reasons)));
  }
}
