package io.rankline.loss;

import io.rankline.loss.lambda.LambdaItems;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that losses compute in, kept between lists and batches so that nothing is allocated
 * after the first. One a thread: it is not safe to share.
 *
 * <p>It presents one list at a time to a loss: the valid items only, in double, scores divided by
 * the temperature. Arrays are as long as the longest list seen; the first {@link #size} entries
 * count.
 */
public final class LossWorkspace {

  /** n, the number of valid items of the list. */
  int size;

  /** L, the padded length of lists in the batch. */
  int listSize;

  /** M, the number of scores of an item. */
  int outputs = 1;

  /** True if the batch has weights at all. */
  boolean weighted;

  /** The list's weight where weights are per list, else 1. */
  double listWeight = 1;

  /** Labels, shape [n]. */
  double[] y = new double[0];

  /** Scores divided by the temperature, shape [n, M]. */
  double[] s = new double[0];

  /** Weights of the items, 1 without weights, shape [n]. */
  double[] w = new double[0];

  /** Positions from 1 at which the items were shown, shape [n]. */
  int[] position = new int[0];

  /** Receives the gradient of the summed weighted loss with respect to s; zero before, [n, M]. */
  double[] g = new double[0];

  /** Index in [0, L) of each valid item. */
  int[] index = new int[0];

  /** What the loss adds up for this list. */
  final LossTotals totals = new LossTotals();

  /** Loss of the list before weighting, for listwise losses. */
  double listLoss;

  /** Weight of the list, for listwise losses. */
  double listLossWeight;

  TieOrder ties = TieOrder.BY_POSITION;

  /** What draws of this list depend on. */
  long drawKey;

  /** What the random order of equal items depends on. */
  long tieKey;

  // Scratch of kernels. Who calls whom decides which are free: see each kernel.
  double[] a = new double[0];
  double[] b = new double[0];
  double[] c = new double[0];
  double[] d = new double[0];
  double[] e = new double[0];
  double[] f = new double[0];
  double[] h = new double[0];
  int[] order = new int[0];
  int[] orderScratch = new int[0];
  int[] ranks = new int[0];

  /** The list as the batch holds it, padding included. */
  private double[] rawLabels = new double[0];

  private double[] rawScores = new double[0];
  private double[] rawWeights = new double[0];

  /** Whether pairwise losses add up their weights: only some reductions read the sums. */
  boolean countsWeights = true;

  /** Whether lists of weight 0 are evaluated too: only values per list show them. */
  boolean showsEveryList;

  /** Loss of each item, for pointwise losses, shape [n]. */
  double[] itemLoss = new double[0];

  /** Scores before sampling, shape [n], and the gradient with respect to them. */
  double[] unsampled = new double[0];

  double[] unsampledGradient = new double[0];
  double[] sampleProbability = new double[0];

  final PairRows pairs = new PairRows();
  final LambdaItems lambdaItems = new LambdaItems();
  final NeuralSort scoreSort = new NeuralSort();
  final NeuralSort labelSort = new NeuralSort();
  final Sinkhorn sinkhorn = new Sinkhorn();
  final DiscountTable discounts = new DiscountTable();

  /** Gradient of one term over the batch, and of all terms together, shape [B, L, M]. */
  double[] termGradient = new double[0];

  double[] batchGradient = new double[0];
  final LossTotals batchTotals = new LossTotals();

  private long freshSeed = System.nanoTime();

  /** A workspace without arrays; they grow with the lists that come. */
  public LossWorkspace() {}

  /** Makes losses without a seed draw anew. */
  void startEvaluation() {
    freshSeed++;
  }

  /** The seed, or one of this evaluation's own where it is null. */
  long seedOrFresh(@Nullable Long seed) {
    return seed == null ? freshSeed : seed;
  }

  /** Makes room for lists of n items with M scores. */
  void reserve(int n, int m) {
    if (y.length < n) {
      int room = Math.max(n, y.length + y.length / 2);
      y = new double[room];
      w = new double[room];
      rawLabels = new double[room];
      rawWeights = new double[room];
      position = new int[room];
      index = new int[room];
      a = new double[room + 1];
      b = new double[room + 1];
      c = new double[room + 1];
      d = new double[room + 1];
      e = new double[room + 1];
      f = new double[room + 1];
      h = new double[room + 1];
      order = new int[room];
      orderScratch = new int[room];
      ranks = new int[room];
      itemLoss = new double[room];
      unsampled = new double[room];
      unsampledGradient = new double[room];
      sampleProbability = new double[room];
    }
    if (s.length < n * m) {
      s = new double[n * m];
      rawScores = new double[n * m];
      g = new double[n * m];
    }
    pairs.reserve(n);
  }

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
   * @param withWeights false to read all weights as 1
   * @throws IllegalArgumentException if a label, score, weight or position there is out of range
   */
  void load(LossBatch batch, int b, double temperature, boolean withWeights) {
    int length = batch.listSize();
    int m = batch.outputs();
    // One more, for losses that append an item.
    reserve(length + 1, m);
    listSize = length;
    outputs = m;
    drawKey = batch.drawKey(b);
    tieKey = Draws.key(ties.seedOr(0), drawKey);
    Values itemWeights = withWeights ? batch.itemWeights() : null;
    Values listWeights = withWeights ? batch.listWeights() : null;
    boolean[] mask = batch.mask();
    int[] positions = batch.positions();
    weighted = itemWeights != null || listWeights != null;
    listWeight = listWeights == null ? 1 : requireWeight(listWeights.at(b), b, -1);
    int n = 0;
    int start = b * length;
    batch.labels().copy(start, length, rawLabels);
    batch.scores().copy(start * m, length * m, rawScores);
    if (itemWeights != null) {
      itemWeights.copy(start, length, rawWeights);
    }
    double inverse = 1 / temperature;
    for (int i = 0; i < length; i++) {
      double label = rawLabels[i];
      if (mask == null ? label < 0 : !mask[start + i]) {
        continue;
      }
      if (!(Math.abs(label) <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "label of list %d, item %d must be finite, got %s".formatted(b, i, label));
      }
      y[n] = label;
      w[n] = itemWeights == null ? listWeight : requireWeight(rawWeights[i], b, i);
      position[n] = positions == null ? i + 1 : requirePosition(positions[start + i], b, i);
      index[n] = i;
      if (m == 1) {
        s[n] = requireScore(rawScores[i], b, i) * inverse;
      } else {
        for (int k = 0; k < m; k++) {
          s[n * m + k] = requireScore(rawScores[i * m + k], b, i) * inverse;
        }
      }
      n++;
    }
    Arrays.fill(g, 0, n * m, 0);
    size = n;
    totals.clear();
    listLoss = 0;
    listLossWeight = 0;
  }

  /** Puts the gradient of this list, divided by the temperature, into the batch's. */
  void storeGradient(double[] gradient, int b, double temperature) {
    int m = outputs;
    int start = b * listSize;
    double inverse = 1 / temperature;
    for (int i = 0; i < size; i++) {
      int target = (start + index[i]) * m;
      for (int k = 0; k < m; k++) {
        gradient[target + k] = g[i * m + k] * inverse;
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

  /**
   * Sets the weight of items with a label below 0, which only a mask makes valid, to 0: pointwise
   * losses leave them out, pairwise ones have them as second items of a pair.
   */
  void dropWeightsOfNegativeLabels() {
    for (int i = 0; i < size; i++) {
      if (y[i] < 0) {
        w[i] = 0;
      }
    }
  }

  /** Sum of the labels. */
  double labelSum() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += y[i];
    }
    return sum;
  }

  /**
   * The weight of the list in a listwise loss: 1 without weights, else {@code sum w y / sum y} over
   * labels above 0, and 0 where there are none.
   */
  double listwiseWeight() {
    if (!weighted) {
      return 1;
    }
    double labelSum = 0;
    double weightedSum = 0;
    for (int i = 0; i < size; i++) {
      double label = Math.max(y[i], 0);
      labelSum += label;
      weightedSum += w[i] * label;
    }
    return labelSum > 0 ? weightedSum / labelSum : 0;
  }

  /** {@link #listwiseWeight}, but 0 where labels do not sum to more than 0. */
  double weightOfPositive() {
    return labelSum() > 0 ? listwiseWeight() : 0;
  }

  /**
   * True if a loss that gives weight 0 to lists without positive labels may leave this list out:
   * there are none, and nobody looks at the loss by itself.
   */
  boolean isLeftOut() {
    return size == 0 || (!showsEveryList && !(labelSum() > 0));
  }

  /** Records the loss of the list, for listwise losses. */
  void listwise(double loss, double weight) {
    listLoss = loss;
    listLossWeight = weight;
    totals.add(loss, weight);
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
          "weight of list %d%s must be 0 or more and finite, got %s"
              .formatted(b, i < 0 ? "" : ", item " + i, weight));
    }
    return weight;
  }

  private static int requirePosition(int position, int b, int i) {
    if (position < 1) {
      throw new IllegalArgumentException(
          "position of list %d, item %d must be 1 or more, got %d".formatted(b, i, position));
    }
    return position;
  }
}
