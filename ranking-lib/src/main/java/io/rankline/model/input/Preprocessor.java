package io.rankline.model.input;

import io.rankline.data.RankingList;
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

  /** Whether it has all its numbers; false where some come out of the data. */
  default boolean isFitted() {
    return true;
  }

  /**
   * The preprocessor with the numbers that come out of the data; itself where there are none.
   *
   * @param lists the training data as it is read; may be gone through more than once
   */
  default Preprocessor fit(Iterable<RankingList> lists) {
    return this;
  }
}
