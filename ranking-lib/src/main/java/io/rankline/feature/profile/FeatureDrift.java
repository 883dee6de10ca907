package io.rankline.feature.profile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * How far a feature of some data is from what a model was trained on.
 *
 * @param feature its name
 * @param index the population stability index, {@code sum((found - expected) * ln(found /
 *     expected))} over shares of values in tenths of the training data, missing ones apart; below
 *     0.1 is no drift, above 0.25 is much, by a rule of thumb of credit scoring
 * @param missingBefore share of values that were missing in training
 * @param missingNow share of values that are missing
 */
public record FeatureDrift(String feature, double index, double missingBefore, double missingNow)
    implements Serializable {

  /** From here on the rule of thumb speaks of much drift. */
  public static final double MUCH = 0.25;

  private static final int BINS = 10;

  /** Stands for a share of none, whose logarithm there is not. */
  private static final double LEAST = 1e-3;

  /** Of the features with numbers that both have, the farthest first. */
  public static List<FeatureDrift> of(InputProfile training, InputProfile data) {
    List<FeatureDrift> drifts = new ArrayList<>();
    add(training.context(), data.context(), drifts);
    add(training.examples(), data.examples(), drifts);
    drifts.sort(
        Comparator.comparingDouble(FeatureDrift::index)
            .reversed()
            .thenComparing(FeatureDrift::feature));
    return List.copyOf(drifts);
  }

  private static void add(
      SortedMap<String, ColumnProfile> training,
      SortedMap<String, ColumnProfile> data,
      List<FeatureDrift> drifts) {
    training.forEach(
        (name, before) -> {
          ColumnProfile now = data.get(name);
          if (now != null && !before.numbers().isEmpty()) {
            drifts.add(
                new FeatureDrift(name, stability(before, now), before.missing(), now.missing()));
          }
        });
  }

  private static double stability(ColumnProfile before, ColumnProfile now) {
    float[] edges = edges(before.numbers());
    double[] expected = shares(before, edges);
    double[] found = shares(now, edges);
    double index = 0;
    for (int b = 0; b < expected.length; b++) {
      double was = Math.max(expected[b], LEAST);
      double is = Math.max(found[b], LEAST);
      index += (is - was) * Math.log(is / was);
    }
    return index;
  }

  /** Values between the tenths; a value that fills several tenths stands once. */
  private static float[] edges(List<Float> quantiles) {
    float[] edges = new float[BINS - 1];
    int count = 0;
    for (int b = 1; b < BINS; b++) {
      float edge = quantiles.get(b * (quantiles.size() - 1) / BINS);
      if (count == 0 || edge > edges[count - 1]) {
        edges[count++] = edge;
      }
    }
    return Arrays.copyOf(edges, count);
  }

  /** Shares of values up to each edge, of those above, and of missing ones. */
  private static double[] shares(ColumnProfile column, float[] edges) {
    double[] shares = new double[edges.length + 2];
    for (float value : column.numbers()) {
      int bin = 0;
      while (bin < edges.length && value > edges[bin]) {
        bin++;
      }
      shares[bin] += (1 - column.missing()) / column.numbers().size();
    }
    shares[edges.length + 1] = column.missing();
    return shares;
  }
}
