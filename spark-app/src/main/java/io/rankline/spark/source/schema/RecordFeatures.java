package io.rankline.spark.source.schema;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.record.RecordFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The features of records that a DataFrame shows, before they become columns.
 *
 * @param context features of the query, sorted by name
 * @param examples features of the items, labels and weight among them, sorted by name
 * @param labels names of labels and weights, which stay columns when assembled; null where they are
 *     not known
 */
public record RecordFeatures(
    List<SourceFeature> context, List<SourceFeature> examples, @Nullable Set<String> labels) {

  static RecordFeatures of(RecordSpec spec) {
    RecordSpec all = spec.labelsAsFeatures();
    Set<String> labels = new HashSet<>();
    spec.labels().stream().map(LabelSpec::name).forEach(labels::add);
    WeightSpec weight = spec.weight();
    if (weight != null) {
      labels.add(weight.name());
    }
    return new RecordFeatures(features(all.context()), features(all.examples()), labels);
  }

  /** The columns of a DataFrame of these features, in the order of its schema. */
  public List<SourceColumn> columns(SourceOptions options) {
    List<SourceColumn> columns = new ArrayList<>();
    List<SourceFeature> ofQuery = new ArrayList<>();
    List<SourceFeature> ofItems = new ArrayList<>();
    split(options, ofQuery, ofItems);
    if (options.queryColumn() != null && contains(ofItems, options.queryColumn())) {
      throw new IllegalArgumentException(
          "queryColumn '%s' is an example feature; add it to contextColumns if every item of a query holds the same"
              .formatted(options.queryColumn()));
    }
    if (options.queryColumn() != null && !contains(ofQuery, options.queryColumn())) {
      columns.add(new SourceColumn(options.queryColumn(), ColumnRole.GENERATED_QUERY, List.of()));
    }
    if (options.assembled()) {
      addAssembled(columns, ColumnRole.CONTEXT, ofQuery, keptApart(options));
      addAssembled(columns, ColumnRole.EXAMPLE, ofItems, keptApart(options));
    } else {
      ofQuery.forEach(feature -> columns.add(SourceColumn.of(ColumnRole.CONTEXT, feature)));
      ofItems.forEach(feature -> columns.add(SourceColumn.of(ColumnRole.EXAMPLE, feature)));
    }
    if (options.form() == RowForm.LIST) {
      columns.add(SourceColumn.mask());
      columns.add(SourceColumn.size());
    }
    requireDistinctNames(columns);
    return columns;
  }

  /** Features by what they belong to, those that {@code contextColumns} names to the query. */
  private void split(
      SourceOptions options, List<SourceFeature> ofQuery, List<SourceFeature> ofItems) {
    boolean oneExample = options.recordFormat() == RecordFormat.TF_EXAMPLE;
    ofQuery.addAll(context);
    for (SourceFeature feature : examples) {
      boolean moved =
          oneExample
              && (options.contextColumns().contains(feature.name())
                  || feature.name().equals(options.queryColumn()));
      (moved ? ofQuery : ofItems).add(feature);
    }
  }

  private Set<String> keptApart(SourceOptions options) {
    Set<String> names = new HashSet<>();
    if (options.labelColumns() != null) {
      names.addAll(options.labelColumns());
      for (String name : options.labelColumns()) {
        if (!contains(examples, name) && !contains(context, name)) {
          throw new IllegalArgumentException(
              "labelColumn '%s' is no feature of the records".formatted(name));
        }
      }
    } else if (labels == null) {
      throw new IllegalArgumentException(
          "assembled=true needs to know the label, or it would be one of the features; "
              + "give option labelColumn (empty for data without labels) or a spec");
    }
    if (labels != null) {
      names.addAll(labels);
    }
    if (options.queryColumn() != null) {
      names.add(options.queryColumn());
    }
    return names;
  }

  private static void addAssembled(
      List<SourceColumn> columns,
      ColumnRole role,
      List<SourceFeature> features,
      Set<String> keptApart) {
    List<SourceFeature> dense =
        features.stream()
            .filter(feature -> feature.isDense() && !keptApart.contains(feature.name()))
            .toList();
    features.stream()
        .filter(feature -> !dense.contains(feature))
        .forEach(feature -> columns.add(SourceColumn.of(role, feature)));
    if (role == ColumnRole.EXAMPLE) {
      columns.add(new SourceColumn(SourceColumn.FEATURES_NAME, ColumnRole.FEATURES, dense));
    } else if (!dense.isEmpty()) {
      columns.add(
          new SourceColumn(SourceColumn.CONTEXT_FEATURES_NAME, ColumnRole.CONTEXT_FEATURES, dense));
    }
  }

  private static void requireDistinctNames(List<SourceColumn> columns) {
    Map<String, ColumnRole> roles = new TreeMap<>();
    for (SourceColumn column : columns) {
      ColumnRole other = roles.put(column.name(), column.role());
      if (other != null) {
        throw new IllegalArgumentException(
            "column '%s' would be there twice, as %s and as %s; give a spec that leaves one out"
                .formatted(column.name(), other.wireName(), column.role().wireName()));
      }
    }
  }

  /** What a decoder is to read so that these columns can be shown. */
  public static RecordSpec decodedSpec(Collection<SourceColumn> columns) {
    SortedMap<String, FeatureSpec> context = new TreeMap<>();
    SortedMap<String, FeatureSpec> examples = new TreeMap<>();
    for (SourceColumn column : columns) {
      for (SourceFeature feature : column.features()) {
        (column.isOfItems() ? examples : context).put(feature.name(), feature.decodedSpec());
      }
    }
    return new RecordSpec(context, examples, List.of(), null);
  }

  /** The features among {@code columns} whose numbers of values the decoder does not check. */
  public static Stream<SourceFeature> unchecked(Collection<SourceColumn> columns, boolean ofItems) {
    return columns.stream()
        .filter(column -> column.isOfItems() == ofItems)
        .flatMap(column -> column.features().stream())
        .filter(SourceFeature::needsCountCheck);
  }

  private static boolean contains(List<SourceFeature> features, String name) {
    return features.stream().anyMatch(feature -> feature.name().equals(name));
  }

  private static List<SourceFeature> features(SortedMap<String, FeatureSpec> specs) {
    return specs.entrySet().stream()
        .map(entry -> SourceFeature.of(entry.getKey(), entry.getValue()))
        .toList();
  }
}
