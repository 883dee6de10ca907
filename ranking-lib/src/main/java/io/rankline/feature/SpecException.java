package io.rankline.feature;

import io.rankline.text.Fault;
import io.rankline.text.FaultsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text of feature specs that says something impossible. Reports every fault at once. */
public final class SpecException extends FaultsException {

  private static final long serialVersionUID = 1;

  /** The faults, each with the place where it stands. */
  public SpecException(List<Fault> faults) {
    super(faults);
  }

  /** As {@link #SpecException(List)}, with what led to it. */
  public SpecException(List<Fault> faults, @Nullable Throwable cause) {
    super(faults, cause);
  }

  /** The same faults of a text that could not be parsed. */
  public static SpecException of(FaultsException faults) {
    return new SpecException(faults.faults(), faults);
  }
}
