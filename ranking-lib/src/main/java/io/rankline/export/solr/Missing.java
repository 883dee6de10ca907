package io.rankline.export.solr;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.model.input.EncodedFeature;
import java.util.Map;

/**
 * What a record without a feature holds.
 *
 * @param value stands for it; NaN for nothing
 * @param mayBeNothing whether a record may lack it, and nothing stands for it
 */
public record Missing(float value, boolean mayBeNothing) {

  /** Of a feature of one value. */
  public static Missing of(EncodedFeature feature, Map<String, FeatureSpec> specs) {
    FeatureSpec spec = specs.get(feature.name());
    boolean isCompulsory = spec instanceof FixedLenFeature fixed && !fixed.hasDefault();
    float value =
        spec instanceof FixedLenFeature fixed
                && fixed.hasDefault()
                && fixed.defaultValues().get(0) instanceof Number number
            ? number.floatValue()
            : Float.NaN;
    float last = Float.isNaN(value) ? feature.defaultValue() : value;
    return new Missing(last, !isCompulsory && Float.isNaN(last));
  }
}
