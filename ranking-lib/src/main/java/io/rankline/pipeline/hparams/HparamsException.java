package io.rankline.pipeline.hparams;

import io.rankline.text.Fault;
import io.rankline.text.FaultsException;
import java.util.List;

/**
 * Hyperparameters that say something impossible. Reports every fault at once, each starting with
 * the key as configuration files spell it.
 */
public final class HparamsException extends FaultsException {

  private static final long serialVersionUID = 1;

  /** The faults, in the order of the fields. */
  public HparamsException(List<Fault> faults) {
    super(faults);
  }
}
