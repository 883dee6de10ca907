package io.rankline.export.graph;

import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.Clip;
import io.rankline.feature.transform.CustomTransform;
import io.rankline.feature.transform.Log1p;
import io.rankline.feature.transform.MinMax;
import io.rankline.feature.transform.MissingIndicator;
import io.rankline.feature.transform.OneHot;
import io.rankline.feature.transform.PiecewiseLinear;
import io.rankline.feature.transform.QuantileNormal;
import io.rankline.feature.transform.QueryTransform;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.ZScore;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The dense inputs of a network, from values of features as operations: defaults and transforms.
 */
public final class InputGraph {

  private final Operators to;

  private InputGraph(Operators to) {
    this.to = to;
  }

  /** Where the values of features stand. */
  @FunctionalInterface
  public interface Values {

    /**
     * The values of some neighbouring features side by side, [R, sum of their inputWidth]; NaN
     * where one is missing.
     */
    String of(List<EncodedFeature> features);
  }

  /**
   * Writes a dense input.
   *
   * @param features that make it up, at least one
   * @return [R, W]
   */
  public static String write(List<EncodedFeature> features, Values values, Operators to) {
    InputGraph graph = new InputGraph(to);
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= features.size(); i++) {
      if (i == features.size() || !isAlike(features.get(i - 1), features.get(i))) {
        List<EncodedFeature> run = features.subList(from, i);
        parts.add(graph.transformed(run, values.of(run)));
        from = i;
      }
    }
    return joined(to, parts);
  }

  /**
   * Refuses transforms of the user's own, which exist in Java alone.
   *
   * @param engine the name of the format
   */
  public static void requireKnown(EncodedInputs inputs, String engine) {
    List<String> reasons = new ArrayList<>();
    Stream.concat(inputs.context().stream(), inputs.examples().stream())
        .forEach(
            feature -> {
              for (Transform transform : feature.chain().transforms()) {
                if (transform instanceof CustomTransform custom) {
                  reasons.add(
                      "feature '%s' has a transform of your own, %s, which exists in Java alone;"
                              .formatted(feature.name(), custom.getClass().getName())
                          + " apply it before the data is written");
                }
              }
            });
    if (!reasons.isEmpty()) {
      throw new UnsupportedModelException(engine, reasons);
    }
  }

  /** Whether two features can be transformed side by side. */
  private static boolean isAlike(EncodedFeature left, EncodedFeature right) {
    List<Transform> of = left.chain().transforms();
    List<Transform> other = right.chain().transforms();
    boolean alike = of.size() == other.size();
    for (int k = 0; k < of.size() && alike; k++) {
      Transform transform = of.get(k);
      alike =
          transform.isColumnwise()
              ? transform.equals(other.get(k))
              : isScaling(transform)
                  ? transform.getClass() == other.get(k).getClass()
                  : isBeside(transform)
                      && transform.equals(other.get(k))
                      && left.inputWidth() == right.inputWidth();
    }
    return alike;
  }

  /** Whether values stay, and as many results come behind them. */
  private static boolean isBeside(Transform transform) {
    return transform instanceof QueryTransform query
        ? query.beside()
        : transform instanceof MissingIndicator missing && missing.beside();
  }

  private static boolean isScaling(Transform transform) {
    return transform instanceof ZScore || transform instanceof MinMax;
  }

  private String transformed(List<EncodedFeature> run, String values) {
    String x = values;
    if (run.stream().anyMatch(feature -> !Float.isNaN(feature.defaultValue()))) {
      List<Float> defaults = new ArrayList<>();
      for (EncodedFeature feature : run) {
        for (int c = 0; c < feature.inputWidth(); c++) {
          defaults.add(feature.defaultValue());
        }
      }
      x = to.binary(Binary.OR_IF_MISSING, x, row(defaults));
    }
    int width = run.stream().mapToInt(EncodedFeature::inputWidth).sum();
    for (int k = 0; k < run.get(0).chain().transforms().size(); k++) {
      int place = k;
      List<Transform> each =
          run.stream().map(feature -> feature.chain().transforms().get(place)).toList();
      x = transformed(each, x, width);
      boolean isWider = run.size() > 1 && isBeside(each.get(0));
      width = run.size() == 1 ? each.get(0).width(width) : isWider ? 2 * width : width;
    }
    return x;
  }

  /**
   * One transform.
   *
   * @param each of the features; more than one only for what leaves columns in their places
   */
  private String transformed(List<Transform> each, String x, int width) {
    Transform first = each.get(0);
    if (first instanceof Log1p log) {
      String y = to.unary(Unary.SYMMETRIC_LOG1P, x);
      return log.cutoff() == Float.POSITIVE_INFINITY ? y : clipped(y, -log.cutoff(), log.cutoff());
    } else if (first instanceof Clip clip) {
      return clipped(x, clip.min(), clip.max());
    } else if (first instanceof ZScore) {
      return scaled(
          x,
          each.stream().flatMap(t -> ((ZScore) t).means().stream()).toList(),
          each.stream().flatMap(t -> ((ZScore) t).deviations().stream()).toList());
    } else if (first instanceof MinMax) {
      return scaled(
          x,
          each.stream().flatMap(t -> ((MinMax) t).minima().stream()).toList(),
          each.stream().flatMap(t -> ((MinMax) t).ranges().stream()).toList());
    } else if (first instanceof Bucketize buckets) {
      return bucketized(x, width, buckets);
    } else if (first instanceof OneHot oneHot) {
      return oneHot(x, width, oneHot.depth());
    } else if (first instanceof QuantileNormal bell) {
      return bell(x, bell);
    } else if (first instanceof PiecewiseLinear lines) {
      return lines(x, width, lines);
    } else if (first instanceof QueryTransform query) {
      String results = new ListTransforms(to).write(query, x, width);
      return query.beside() ? beside(x, results, width, each.size()) : results;
    } else if (first instanceof MissingIndicator missing) {
      String results = to.unary(Unary.IS_MISSING, x);
      return missing.beside() ? beside(x, results, width, each.size()) : results;
    }
    throw new IllegalArgumentException(
        "transform %s has no form for other engines".formatted(first.getClass().getName()));
  }

  /** The values of each feature, and behind them its results. */
  private String beside(String x, String results, int width, int features) {
    String both = to.sideBySide(List.of(x, results));
    if (features == 1) {
      return both;
    }
    int each = width / features;
    int[] order = new int[2 * width];
    for (int c = 0; c < order.length; c++) {
      int feature = c / (2 * each);
      boolean isResult = c / each % 2 == 1;
      order[c] = feature * each + c % each + (isResult ? width : 0);
    }
    return to.picked(both, order);
  }

  private String clipped(String x, float least, float most) {
    return to.binary(Binary.LARGER, to.binary(Binary.SMALLER, x, to.row(most)), to.row(least));
  }

  private String scaled(String x, List<Float> shifts, List<Float> scales) {
    return to.binary(Binary.OVER, to.binary(Binary.MINUS, x, row(shifts)), row(scales));
  }

  /**
   * Column by column: how many boundaries a value has reached says its bucket; bucket b is that of
   * values that have reached boundary b - 1 and not boundary b.
   */
  private String bucketized(String x, int width, Bucketize buckets) {
    String edges = row(buckets.boundaries());
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      String column = to.columns(x, c, c + 1);
      String reached = to.binary(Binary.AT_LEAST, column, edges);
      if (buckets.output() == Bucketize.Output.INDEX) {
        columns.add(to.sum(reached));
      } else {
        String present =
            to.binary(
                Binary.PLUS,
                to.binary(Binary.TIMES, to.unary(Unary.IS_MISSING, column), to.row(-1)),
                to.row(1));
        String nothing = to.binary(Binary.TIMES, present, to.row(0));
        columns.add(
            to.binary(
                Binary.MINUS,
                to.sideBySide(List.of(present, reached)),
                to.sideBySide(List.of(reached, nothing))));
      }
    }
    return joined(to, columns);
  }

  private String oneHot(String x, int width, int depth) {
    float[] numbers = new float[depth];
    for (int k = 0; k < depth; k++) {
      numbers[k] = k;
    }
    String row = to.row(numbers);
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      columns.add(to.binary(Binary.EQUAL, to.columns(x, c, c + 1), row));
    }
    return joined(to, columns);
  }

  private String bell(String x, QuantileNormal bell) {
    List<String> columns = new ArrayList<>();
    int from = 0;
    for (int c = 0; c < bell.sizes().size(); c++) {
      int end = from + bell.sizes().get(c);
      List<Float> values = bell.values().subList(from, end);
      String column = to.columns(x, c, c + 1);
      String place = bucketized(column, 1, new Bucketize(values, Bucketize.Output.ONE_HOT));
      columns.add(
          new StraightLines(to).between(column, place, values, bell.scores().subList(from, end)));
      from = end;
    }
    return joined(to, columns);
  }

  private String lines(String x, int width, PiecewiseLinear lines) {
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      columns.add(new StraightLines(to).bins(to.columns(x, c, c + 1), lines, c));
    }
    return joined(to, columns);
  }

  private static String joined(Operators to, List<String> columns) {
    return columns.size() == 1 ? columns.get(0) : to.sideBySide(columns);
  }

  private String row(List<Float> values) {
    float[] row = new float[values.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(i);
    }
    return to.row(row);
  }
}
