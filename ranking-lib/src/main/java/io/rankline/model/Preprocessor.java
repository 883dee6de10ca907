package io.rankline.model;

import io.rankline.feature.RecordSpec;
import java.io.Serializable;

/** Says what becomes of a model's features before the network sees them. */
public interface Preprocessor extends Serializable {

  /**
   * The plan for these features.
   *
   * @throws IllegalArgumentException if it says something of a feature that is not there, or cannot
   *     make numbers of one that is; all faults at once, by name
   */
  EncodedInputs encode(RecordSpec inputs);
}
