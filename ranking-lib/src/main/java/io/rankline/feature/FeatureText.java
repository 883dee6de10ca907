package io.rankline.feature;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.text.AsItStands;
import io.rankline.text.Hocon;
import io.rankline.text.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text says of one feature. */
record FeatureText(
    @Option(fallback = "fixed_len", meaning = "how many values a record holds") FeatureKind kind,
    @Option(meaning = "type of every value") DType dtype,
    @Option(meaning = "dimensions of the values of a fixed_len feature; [1] by default")
        @Nullable List<Integer> shape,
    @Option(
            key = "default",
            form = AsItStands.class,
            meaning =
                "what a record without a fixed_len feature holds: one value, or as many as the"
                    + " shape asks for; NaN keeps missing floats visible; without it a record must"
                    + " hold the feature")
        @Nullable ConfigValue defaults) {

  /** What describes a feature. */
  static FeatureText of(FeatureSpec feature) {
    if (!(feature instanceof FixedLenFeature fixed)) {
      return new FeatureText(FeatureKind.of(feature), feature.dtype(), null, null);
    }
    List<Object> values = fixed.defaultValues().stream().map(FeatureText::plain).toList();
    Object defaults = values.stream().distinct().count() == 1 ? values.get(0) : values;
    return new FeatureText(
        FeatureKind.FIXED_LEN,
        fixed.dtype(),
        fixed.shape(),
        fixed.hasDefault() ? ConfigValueFactory.fromAnyRef(defaults) : null);
  }

  private static Object plain(Object value) {
    return value instanceof Number number ? Hocon.plain(number) : value;
  }
}
