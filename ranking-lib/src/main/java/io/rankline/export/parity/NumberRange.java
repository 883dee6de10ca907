package io.rankline.export.parity;

import io.rankline.export.engine.EngineModel;
import io.rankline.feature.profile.ColumnProfile;
import io.rankline.feature.profile.InputProfile;
import io.rankline.model.input.EncodedFeature;
import java.util.List;
import java.util.Optional;

/**
 * Where the numbers of an example feature lie.
 *
 * @param least the smallest of them
 * @param largest the largest of them
 */
public record NumberRange(float least, float largest) {

  /**
   * The range that lists for parity are drawn from: that of the training data where it is known.
   */
  public static NumberRange of(EngineModel model, EncodedFeature feature) {
    List<Float> seen =
        model
            .scorer()
            .profile()
            .map(InputProfile::examples)
            .flatMap(columns -> Optional.ofNullable(columns.get(feature.name())))
            .map(ColumnProfile::numbers)
            .orElse(List.of());
    if (!seen.isEmpty()) {
      return new NumberRange(seen.get(0), seen.get(seen.size() - 1));
    }
    MadeUpNumbers madeUp = MadeUpNumbers.of(feature);
    return new NumberRange(madeUp.least(), madeUp.largest());
  }

  /** The same range, so far that a number lies in it. */
  public NumberRange with(float number) {
    return new NumberRange(Math.min(least, number), Math.max(largest, number));
  }
}
