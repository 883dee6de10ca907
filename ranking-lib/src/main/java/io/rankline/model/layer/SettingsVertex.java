package io.rankline.model.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;

/** Immutable configuration of a vertex on rows that has settings but no parameters. */
abstract class SettingsVertex extends ParameterFreeVertex {

  private static final long serialVersionUID = 1;

  /** Everything that two equal configurations share. */
  abstract List<?> settings();

  /** Width of the rows that come out, for rows of a width that come in first. */
  abstract long outputWidth(long inputWidth);

  @Override
  public final GraphVertex clone() {
    return this;
  }

  @Override
  public final InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(outputWidth(inputs[0].arrayElementsPerExample()));
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof SettingsVertex that
        && getClass() == that.getClass()
        && settings().equals(that.settings());
  }

  @Override
  public final int hashCode() {
    return settings().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + settings();
  }
}
