package io.rankline.model.input;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.text.KnownNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The features of a data set's element types.
 *
 * @param types type of each feature by name
 * @param contextFeatureNames which of them are context features
 * @param exampleFeatureNames which of them are example features; a name in neither is left out
 */
public record TypeSpecInputCreator(
    SortedMap<String, TypeSpec> types,
    List<String> contextFeatureNames,
    List<String> exampleFeatureNames)
    implements InputCreator {

  public TypeSpecInputCreator {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    contextFeatureNames = List.copyOf(contextFeatureNames);
    exampleFeatureNames = List.copyOf(exampleFeatureNames);
    for (List<String> names : List.of(contextFeatureNames, exampleFeatureNames)) {
      for (String name : names) {
        if (!types.containsKey(name)) {
          throw new IllegalArgumentException(
              "feature '%s' has no type; types are given for %s"
                  .formatted(name, KnownNames.nearestFirst(name, types.keySet())));
        }
      }
    }
  }

  /** As the record's constructor, for collections of any kind. */
  public TypeSpecInputCreator(
      Map<String, TypeSpec> types,
      Collection<String> contextFeatureNames,
      Collection<String> exampleFeatureNames) {
    this(
        new TreeMap<>(types),
        new ArrayList<>(contextFeatureNames),
        new ArrayList<>(exampleFeatureNames));
  }

  @Override
  public RecordSpec createInputs() {
    SortedMap<String, FeatureSpec> context = new TreeMap<>();
    SortedMap<String, FeatureSpec> examples = new TreeMap<>();
    contextFeatureNames.forEach(name -> context.put(name, type(name).feature(name, 1)));
    exampleFeatureNames.forEach(name -> examples.put(name, type(name).feature(name, 2)));
    return RecordSpec.of(context, examples);
  }

  private TypeSpec type(String name) {
    TypeSpec type = types.get(name);
    if (type == null) {
      throw new IllegalStateException("feature '%s' has no type".formatted(name));
    }
    return type;
  }
}
