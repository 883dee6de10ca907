package io.rankline.pipeline.boosting;

import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import io.rankline.model.scorer.BoostingObjective;
import io.rankline.model.scorer.LambdaMartScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The items of a training that have a label, one list after the other.
 *
 * @param values [N, width], those of the context first
 * @param width columns
 * @param labels [N]
 * @param starts where the items of each list start, and the end of the last
 * @param weights of each list; none where they count alike
 */
public record BoostingRows(
    float[] values, int width, float[] labels, int[] starts, float[] weights) {

  /** The largest label whose gain is told from others in 32 bits: XGBoost's limit. */
  private static final int MOST_EXPONENTIAL = 31;

  /** Number of items. */
  public int items() {
    return labels.length;
  }

  /** Number of lists. */
  public int lists() {
    return starts.length - 1;
  }

  /** Collects lists. */
  public static final class Builder {

    private final LambdaMartScorer options;
    private final int labelColumn;
    private final List<float[]> values = new ArrayList<>();
    private final List<float[]> labels = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();
    private @Nullable ListLayout layout;
    private long number;

    /**
     * No list yet.
     *
     * @param labelColumn place of the label among those of a list
     */
    public Builder(LambdaMartScorer options, int labelColumn) {
      this.options = options;
      this.labelColumn = labelColumn;
    }

    /**
     * Takes the next list in.
     *
     * @param list transformed as the model reads it
     * @throws IllegalArgumentException for a value, label or weight that trees cannot take
     */
    public void add(RankingList list) {
      add(list, number + 1);
    }

    /**
     * Takes a list in.
     *
     * @param list transformed as the model reads it
     * @param number of it among all, from 1, for messages
     * @throws IllegalArgumentException for a value, label or weight that trees cannot take
     */
    public void add(RankingList list, long number) {
      this.number = number;
      layout = list.layout();
      int context = list.context().length;
      int own = list.layout().exampleWidth();
      int[] labelled = labelled(list);
      if (labelled.length == 0) {
        return;
      }
      float[] rows = new float[Math.multiplyExact(labelled.length, context + own)];
      float[] grades = new float[labelled.length];
      for (int k = 0; k < labelled.length; k++) {
        int i = labelled[k];
        System.arraycopy(list.context(), 0, rows, k * (context + own), context);
        System.arraycopy(list.examples(), i * own, rows, k * (context + own) + context, own);
        grades[k] = list.label(labelColumn, i);
        requireLabel(grades[k]);
      }
      requireFinite(rows, context + own);
      values.add(rows);
      labels.add(grades);
      if (list.layout().weights() == WeightLayout.PER_ITEM) {
        throw new IllegalArgumentException(
            "scorer lambdamart takes weights of lists, and these are weights of items; give a"
                + " weight to the context, or none");
      }
      if (list.weights().length > 0) {
        weights.add(list.weights()[0]);
      }
    }

    /**
     * The rows.
     *
     * @throws IllegalArgumentException for no item, or more values than an array holds
     */
    public BoostingRows build() {
      int[] starts = new int[labels.size() + 1];
      for (int q = 0; q < labels.size(); q++) {
        starts[q + 1] = starts[q] + labels.get(q).length;
      }
      int items = starts[labels.size()];
      if (items == 0) {
        throw new IllegalArgumentException("the training data has no item with a label");
      }
      long width = values.get(0).length / labels.get(0).length;
      if (items * width > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "scorer lambdamart takes up to %s numbers, got %s items of %s; train it on fewer lists"
                .formatted(Integer.MAX_VALUE - 8, items, width));
      }
      float[] weight = new float[weights.size()];
      for (int q = 0; q < weight.length; q++) {
        weight[q] = weights.get(q);
      }
      BoostingRows rows =
          new BoostingRows(
              concat(values, (int) (items * width)),
              (int) width,
              concat(labels, items),
              starts,
              weight);
      values.clear();
      return rows;
    }

    private static float[] concat(List<float[]> parts, int length) {
      float[] all = new float[length];
      int at = 0;
      for (float[] part : parts) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }

    private int[] labelled(RankingList list) {
      int[] items = new int[list.size()];
      int count = 0;
      for (int i = 0; i < list.size(); i++) {
        if (list.label(labelColumn, i) >= 0) {
          items[count++] = i;
        }
      }
      return Arrays.copyOf(items, count);
    }

    private void requireLabel(float label) {
      if (options.objective() == BoostingObjective.NDCG
          && options.ndcgExpGain()
          && !(label <= MOST_EXPONENTIAL && label == (int) label)) {
        throw new IllegalArgumentException(
            "list %s has the label %s, and with ndcg_exp_gain labels must be whole numbers up to"
                    .formatted(number, label)
                + " %s; set model.scorer.ndcg_exp_gain = false, for gains that are the labels"
                    .formatted(MOST_EXPONENTIAL));
      }
      if (options.objective() == BoostingObjective.MAP && label > 1) {
        throw new IllegalArgumentException(
            "list %s has the label %s, and objective = map takes 0 and 1; set data.convert_labels_to_binary"
                    .formatted(number, label)
                + " = true, or take ndcg");
      }
    }

    private void requireFinite(float[] rows, int width) {
      for (int at = 0; at < rows.length; at++) {
        if (!Float.isFinite(rows[at])) {
          throw new IllegalArgumentException(
              "list %s has the value %s of '%s', and trees take finite ones; give it a transform"
                  .formatted(number, rows[at], nameOf(at % width)));
        }
      }
    }

    private String nameOf(int column) {
      ListLayout known = Objects.requireNonNull(layout);
      int context = known.contextWidth();
      boolean ofContext = column < context;
      int place = ofContext ? column : column - context;
      for (DenseColumns dense : ofContext ? known.contextDense() : known.exampleDense()) {
        if (place >= dense.offset() && place < dense.offset() + dense.width()) {
          return dense.name();
        }
      }
      return "column " + column;
    }
  }
}
