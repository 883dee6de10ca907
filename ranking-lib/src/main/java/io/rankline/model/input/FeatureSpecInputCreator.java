package io.rankline.model.input;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The features of the specs that data is read by.
 *
 * @param context context features by name
 * @param examples example features by name
 */
public record FeatureSpecInputCreator(
    SortedMap<String, FeatureSpec> context, SortedMap<String, FeatureSpec> examples)
    implements InputCreator {

  public FeatureSpecInputCreator {
    context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
    examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
  }

  /** As the record's constructor, for maps of any kind. */
  public FeatureSpecInputCreator(
      Map<String, ? extends FeatureSpec> context, Map<String, ? extends FeatureSpec> examples) {
    this(new TreeMap<String, FeatureSpec>(context), new TreeMap<String, FeatureSpec>(examples));
  }

  @Override
  public RecordSpec createInputs() {
    return RecordSpec.of(context, examples);
  }
}
