package io.rankline.model.input;

import io.rankline.feature.RecordSpec;
import java.io.Serializable;

/** Says which features a model reads. */
public interface InputCreator extends Serializable {

  /** The features: no labels, no weights. */
  RecordSpec createInputs();
}
