package io.rankline.loss;

import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossTotals;
import java.util.Arrays;

/**
 * The arrays that losses compute in, kept between lists and batches so that nothing is allocated
 * after the first. One a thread: it is not safe to share.
 */
public final class LossWorkspace {

  /** The list that is evaluated. */
  final LossList list = new LossList();

  /** What the loss adds up for a batch. */
  final LossTotals batchTotals = new LossTotals();

  /** Gradient of one term over the batch, and of all terms together, shape [B, L, M]. */
  double[] termGradient = {};

  double[] batchGradient = {};

  /** The list as the batch holds it, padding included. */
  private double[] rawLabels = {};

  private double[] rawScores = {};
  private double[] rawWeights = {};

  /** A workspace without arrays; they grow with the lists that come. */
  public LossWorkspace() {}

  /** Makes room for the gradient of a batch and clears it. */
  void reserveBatch(int values, int terms) {
    if (termGradient.length < values) {
      termGradient = new double[values];
    }
    Arrays.fill(termGradient, 0, values, 0);
    if (terms > 1) {
      if (batchGradient.length < values) {
        batchGradient = new double[values];
      }
      Arrays.fill(batchGradient, 0, values, 0);
    }
  }

  /**
   * Collects the valid items of list {@code b}.
   *
   * @param divisor scores are divided by this
   * @param sampleDivisor sampled scores are divided by this
   * @param withWeights false to read all weights as 1
   * @throws IllegalArgumentException if a label, score, weight or position there is out of range
   */
  void load(LossBatch batch, int b, double divisor, double sampleDivisor, boolean withWeights) {
    int length = batch.listSize();
    int m = batch.outputs();
    list.start(length, m);
    reserve(length, m);
    Values itemWeights = withWeights ? batch.itemWeights() : null;
    Values listWeights = withWeights ? batch.listWeights() : null;
    double listWeight = listWeights == null ? 1 : requireWeight(listWeights.at(b), b, -1);
    boolean[] mask = batch.mask();
    int[] shownAt = batch.positions();
    double[] labels = list.labels();
    double[] scores = list.scores();
    double[] weights = list.weights();
    int[] positions = list.positions();
    int[] indices = list.indices();
    int n = 0;
    int start = b * length;
    batch.labels().copy(start, length, rawLabels);
    batch.scores().copy(start * m, length * m, rawScores);
    if (itemWeights != null) {
      itemWeights.copy(start, length, rawWeights);
    }
    double inverse = 1 / divisor;
    for (int i = 0; i < length; i++) {
      double label = rawLabels[i];
      if (mask == null ? label < 0 : !mask[start + i]) {
        continue;
      }
      if (!(Math.abs(label) <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "label of list %s, item %s must be finite, got %s".formatted(b, i, label));
      }
      labels[n] = label;
      weights[n] = itemWeights == null ? listWeight : requireWeight(rawWeights[i], b, i);
      positions[n] = shownAt == null ? i + 1 : requirePosition(shownAt[start + i], b, i);
      indices[n] = i;
      if (m == 1) {
        scores[n] = requireScore(rawScores[i], b, i) * inverse;
      } else {
        for (int k = 0; k < m; k++) {
          scores[n * m + k] = requireScore(rawScores[i * m + k], b, i) * inverse;
        }
      }
      n++;
    }
    boolean weighted = itemWeights != null || listWeights != null;
    list.present(n, weighted, listWeight, batch.drawKey(b), sampleDivisor);
  }

  /** Puts the gradient of the list, divided by {@code divisor}, into the term's. */
  void storeGradient(int b, double divisor) {
    int m = list.outputs();
    int start = b * list.paddedSize();
    double inverse = 1 / divisor;
    double[] gradient = list.gradient();
    double[] batch = termGradient;
    int[] indices = list.indices();
    int n = list.size();
    if (m == 1) {
      // A loop of its own: without the inner one it takes half the time.
      for (int i = 0; i < n; i++) {
        batch[start + indices[i]] = gradient[i] * inverse;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      int target = (start + indices[i]) * m;
      for (int k = 0; k < m; k++) {
        batch[target + k] = gradient[i * m + k] * inverse;
      }
    }
  }

  /** Adds the gradient of one term, times {@code scale}, to that of the batch, and clears it. */
  void addTermGradient(double scale, int values) {
    for (int i = 0; i < values; i++) {
      batchGradient[i] += scale * termGradient[i];
      termGradient[i] = 0;
    }
  }

  private void reserve(int length, int m) {
    if (rawLabels.length < length) {
      rawLabels = new double[length];
      rawWeights = new double[length];
    }
    if (rawScores.length < length * m) {
      rawScores = new double[length * m];
    }
  }

  private static double requireScore(double score, int b, int i) {
    if (!(Math.abs(score) <= Double.MAX_VALUE)) {
      throw new NonFiniteScoreException(b, i, score);
    }
    return score;
  }

  private static double requireWeight(double weight, int b, int i) {
    if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "weight of list %s%s must be 0 or more and finite, got %s"
              .formatted(b, i < 0 ? "" : ", item " + i, weight));
    }
    return weight;
  }

  private static int requirePosition(int position, int b, int i) {
    if (position < 1) {
      throw new IllegalArgumentException(
          "position of list %s, item %s must be 1 or more, got %s".formatted(b, i, position));
    }
    return position;
  }
}
