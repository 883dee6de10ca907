package io.rankline.export.solr;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.Clip;
import io.rankline.feature.transform.Log1p;
import io.rankline.feature.transform.MinMax;
import io.rankline.feature.transform.OneHot;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.ZScore;
import io.rankline.frozen.step.Axis;
import io.rankline.frozen.step.Value;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Solr's features for those of a model, and what the columns of the network are in them. */
final class SolrInputs {

  /**
   * A shift of so many times the scale goes into the first layer, where it costs a digit and a half
   * at most; a larger one is taken off before, by a function query.
   */
  private static final float LARGEST_SHIFT = 16;

  private final List<SolrFeature> features = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private SolrInputs() {}

  /** A feature times a weight. */
  record Term(int feature, double weight) {}

  /** A column of the network's input: a sum of terms, and an offset. */
  record Column(List<Term> terms, double offset) {

    Column scaled(float shift, float scale) {
      return new Column(
          terms.stream().map(term -> new Term(term.feature(), term.weight() / scale)).toList(),
          (offset - shift) / scale);
    }
  }

  /**
   * The features for a network.
   *
   * @param parts what its first layer reads
   */
  static SolrInputs of(EncodedInputs inputs, List<Value> parts) {
    SolrInputs solr = new SolrInputs();
    inputs.examples().forEach(feature -> solr.names.add(feature.name()));
    for (Value part : parts) {
      if (part.axis() == Axis.ITEMS) {
        for (EncodedFeature feature : inputs.examples()) {
          solr.names.remove(feature.name());
          solr.example(feature, inputs.inputs().examples());
        }
      } else {
        for (EncodedFeature feature : inputs.context()) {
          solr.context(feature, inputs.inputs().context());
        }
      }
    }
    return solr;
  }

  List<SolrFeature> features() {
    return features;
  }

  /** The first layer over features in place of columns. */
  DenseTower.Dense onFeatures(DenseTower.Dense first) {
    int outputs = first.weights().length;
    double[][] weights = new double[outputs][features.size()];
    double[] bias = first.bias().clone();
    for (int j = 0; j < outputs; j++) {
      for (int c = 0; c < columns.size(); c++) {
        double weight = first.weights()[j][c];
        for (Term term : columns.get(c).terms()) {
          weights[j][term.feature()] += weight * term.weight();
        }
        bias[j] += weight * columns.get(c).offset();
      }
    }
    return new DenseTower.Dense(weights, bias, first.activation());
  }

  private void example(EncodedFeature feature, Map<String, FeatureSpec> specs) {
    Missing missing = Missing.of(feature, specs);
    List<Transform> transforms = feature.chain().transforms();
    int folded = firstFolded(transforms);
    if (folded == 0) {
      SolrFeature field =
          SolrFeature.ofField(unique(feature.name()), feature.name(), missing.value());
      add(List.of(List.of(field)), transforms);
      return;
    }
    String field = Formula.field(feature.name());
    boolean hasDefault = !Float.isNaN(missing.value());
    List<Formula> formulas =
        formulas(
            hasDefault ? Formula.orElse(field, missing.value()) : field,
            transforms.subList(0, folded));
    boolean isSpread =
        transforms.stream().anyMatch(t -> t instanceof Bucketize || t instanceof OneHot);
    if (isSpread && !hasDefault) {
      formulas = formulas.stream().map(formula -> formula.whereThere(field)).toList();
    }
    add(functions(feature.name(), formulas), transforms.subList(folded, transforms.size()));
  }

  private void context(EncodedFeature feature, Map<String, FeatureSpec> specs) {
    Missing missing = Missing.of(feature, specs);
    boolean isRequired = Float.isNaN(missing.value());
    String macro = SolrFeature.macro(feature.name(), missing.value());
    List<Transform> transforms = feature.chain().transforms();
    int folded = firstFolded(transforms);
    if (folded == 0) {
      add(
          List.of(List.of(SolrFeature.ofQuery(unique(feature.name()), macro, isRequired))),
          transforms);
    } else {
      add(
          functions(feature.name(), formulas(macro, transforms.subList(0, folded))),
          transforms.subList(folded, transforms.size()));
    }
  }

  /** The place from which on there are only scalings that the first layer can do. */
  private static int firstFolded(List<Transform> transforms) {
    int first = transforms.size();
    while (first > 0 && isFoldable(transforms.get(first - 1))) {
      first--;
    }
    return first;
  }

  private static boolean isFoldable(Transform transform) {
    if (!(transform instanceof ZScore) && !(transform instanceof MinMax)) {
      return false;
    }
    List<Float> shifts = shifts(transform);
    List<Float> scales = scales(transform);
    boolean isSmall = true;
    for (int c = 0; c < shifts.size(); c++) {
      isSmall &= Math.abs(shifts.get(c)) <= LARGEST_SHIFT * scales.get(c);
    }
    return isSmall;
  }

  private static List<Float> shifts(Transform scaling) {
    return scaling instanceof ZScore score ? score.means() : ((MinMax) scaling).minima();
  }

  private static List<Float> scales(Transform scaling) {
    return scaling instanceof ZScore score ? score.deviations() : ((MinMax) scaling).ranges();
  }

  private static List<Formula> formulas(String value, List<Transform> transforms) {
    List<Formula> columns = List.of(Formula.of(value));
    for (Transform transform : transforms) {
      List<Formula> next = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        Formula column = columns.get(c);
        if (transform instanceof Log1p log) {
          next.add(column.log(log));
        } else if (transform instanceof Clip clip) {
          next.add(column.clipped(clip));
        } else if (transform instanceof Bucketize buckets) {
          next.addAll(column.bucketized(buckets));
        } else if (transform instanceof OneHot oneHot) {
          next.addAll(column.oneHot(oneHot.depth()));
        } else {
          next.add(column.scaled(shifts(transform).get(c), scales(transform).get(c)));
        }
      }
      columns = next;
    }
    return columns;
  }

  /** The features of each column: one, or one for values above 0 and one for those below. */
  private List<List<SolrFeature>> functions(String name, List<Formula> formulas) {
    List<List<SolrFeature>> functions = new ArrayList<>();
    for (int c = 0; c < formulas.size(); c++) {
      Formula formula = formulas.get(c);
      String column = formulas.size() == 1 ? name : "%s_%s".formatted(name, c);
      List<SolrFeature> parts = new ArrayList<>();
      parts.add(SolrFeature.ofFunction(unique(column), formula.above()));
      if (!formula.below().isEmpty()) {
        parts.add(SolrFeature.ofFunction(unique(column + "_negative"), formula.below()));
      }
      functions.add(parts);
    }
    return functions;
  }

  private void add(List<List<SolrFeature>> columnParts, List<Transform> scalings) {
    for (int c = 0; c < columnParts.size(); c++) {
      List<Term> terms = new ArrayList<>();
      for (SolrFeature part : columnParts.get(c)) {
        terms.add(new Term(features.size(), terms.isEmpty() ? 1 : -1));
        features.add(part);
      }
      Column column = new Column(terms, 0);
      for (Transform scaling : scalings) {
        column = column.scaled(shifts(scaling).get(c), scales(scaling).get(c));
      }
      columns.add(column);
    }
  }

  /** A name that no other feature has. */
  private String unique(String wanted) {
    String name = wanted;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }
}
