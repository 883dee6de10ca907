package io.rankline.feature;

import io.rankline.text.KnownNames;
import io.rankline.text.WireNames;
import java.util.Locale;
import java.util.TreeSet;

/** The kinds of feature by their names in text. */
enum FeatureKind {
  FIXED_LEN,
  VAR_LEN,
  RAGGED;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FeatureKind ofWireName(String name) {
    return WireNames.find(
        FeatureKind.class,
        FeatureKind::wireName,
        name,
        known -> KnownNames.didYouMean("kind", name, new TreeSet<>(known)));
  }

  static FeatureKind of(FeatureSpec feature) {
    if (feature instanceof FixedLenFeature) {
      return FIXED_LEN;
    }
    return feature instanceof VarLenFeature ? VAR_LEN : RAGGED;
  }
}
