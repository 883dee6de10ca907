package io.rankline.pipeline.explanation;

import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListLayout;
import io.rankline.data.ListSize;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.model.GamExplanation;
import io.rankline.model.RankingModel;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.scorer.GAMScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one example feature adds to the score of a generalised additive model, by its value: the
 * sub-score, less its mean over items, since a constant does not change any order. With context
 * features, before the weight that the query gives it.
 *
 * @param feature its name
 * @param values as they are read, before transforms, ascending; shape [points]
 * @param scores what it adds, shape [points]
 * @param spread standard deviation of what it adds, over items
 */
public record GamCurve(String feature, double[] values, double[] scores, double spread) {

  /** More points than a chart has room for say nothing. */
  private static final int POINTS = 60;

  /** This share of items at either end is left out: few values far out would squeeze the others. */
  private static final double TAIL = 0.005;

  /** Whether a model has sub-scores. */
  public static boolean isIn(RankingModel model) {
    return model.encoder() instanceof InputEncoder
        && model.graph().getConfiguration().getVertices().containsKey(GAMScorer.SUB_LOGITS);
  }

  /**
   * The curves of a model, over the values that some lists have; the one that moves scores most
   * comes first. Features of several values an item have no curve.
   *
   * @param raw lists as they are read
   * @throws IllegalArgumentException for a model without sub-scores
   */
  public static List<GamCurve> of(RankingModel model, List<RankingList> raw) {
    List<RankingList> lists = raw.stream().filter(list -> list.size() > 0).toList();
    if (lists.isEmpty()) {
      return List.of();
    }
    ListBatch batch = new ListBatcher(ListSize.ALL).batch(lists);
    GamExplanation parts = GamExplanation.of(model, batch);
    List<GamCurve> curves = new ArrayList<>();
    for (int f = 0; f < parts.features().size(); f++) {
      double[] values = values(batch, parts.features().get(f));
      if (values.length > 0) {
        int feature = f;
        int n = parts.features().size();
        int[] known =
            IntStream.range(0, values.length)
                .filter(slot -> batch.mask()[slot] && Double.isFinite(values[slot]))
                .toArray();
        if (known.length > 0) {
          curves.add(
              of(
                  parts.features().get(f),
                  Arrays.stream(known).mapToDouble(slot -> values[slot]).toArray(),
                  Arrays.stream(known)
                      .mapToDouble(slot -> parts.subLogits()[slot * n + feature])
                      .toArray()));
        }
      }
    }
    curves.sort(Comparator.comparingDouble(GamCurve::spread).reversed());
    return curves;
  }

  private static GamCurve of(String feature, double[] values, double[] scores) {
    double mean = Arrays.stream(scores).average().orElse(0);
    double spread =
        Math.sqrt(
            Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElse(0));
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int tail = (int) (TAIL * order.length);
    int[] inner = Arrays.copyOfRange(order, tail, order.length - tail);
    // Equal values have equal scores, so one of them is enough.
    int[] distinct =
        IntStream.range(0, inner.length)
            .filter(k -> k == 0 || values[inner[k]] > values[inner[k - 1]])
            .map(k -> inner[k])
            .toArray();
    int points = Math.min(POINTS, distinct.length);
    double[] x = new double[points];
    double[] y = new double[points];
    for (int k = 0; k < points; k++) {
      int i = distinct[points == 1 ? 0 : (int) ((long) k * (distinct.length - 1) / (points - 1))];
      x[k] = values[i];
      y[k] = scores[i] - mean;
    }
    return new GamCurve(feature, x, y, spread);
  }

  /** The value of each slot, NaN where it has none or several; nothing for a vector. */
  private static double[] values(ListBatch batch, String feature) {
    ListLayout layout = batch.layout();
    int slots = batch.mask().length;
    for (DenseColumns dense : layout.exampleDense()) {
      if (dense.name().equals(feature) && dense.width() == 1) {
        int width = layout.exampleWidth();
        double[] values = new double[slots];
        Arrays.setAll(values, slot -> batch.examples()[slot * width + dense.offset()]);
        return values;
      }
    }
    for (int c = 0; c < layout.exampleColumns().size(); c++) {
      if (layout.exampleColumns().get(c).name().equals(feature)) {
        ValueColumn column = batch.exampleColumns().get(c);
        double[] values = new double[slots];
        Arrays.setAll(
            values,
            slot -> column.count(slot) == 1 ? number(column, column.start(slot)) : Double.NaN);
        return values;
      }
    }
    return new double[0];
  }

  private static double number(ValueColumn column, int place) {
    return column instanceof LongColumn longs
        ? (double) longs.values()[place]
        : column instanceof FloatColumn floats ? floats.values()[place] : Double.NaN;
  }
}
