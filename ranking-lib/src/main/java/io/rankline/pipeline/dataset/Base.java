package io.rankline.pipeline.dataset;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.io.Serializable;

/** Whose scores a network is trained to add to: the section {@code pipeline.base}. */
public record Base(
    @Option(
            fallback = "",
            filled = "must name a folder",
            meaning =
                "folder of an exported model of one task, such as trees; it scores each list of the"
                    + " data once, when it is read, and becomes a part of the export")
        String model)
    implements Serializable {

  /** Its key in the section {@code pipeline}. */
  public static final String KEY = "base";

  /** Checks it. */
  public Base {
    Faults.in(Base.class, model).orThrow();
  }
}
