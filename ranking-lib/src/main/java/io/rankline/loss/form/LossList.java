package io.rankline.loss.form;

import io.rankline.data.TieOrder;
import io.rankline.loss.arithmetic.Draws;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One list as a loss sees it: the valid items only, in double, scores divided by the temperature.
 * It collects what the loss makes of them, and keeps the scratch of losses between lists, so that
 * nothing is allocated after the first. Arrays are as long as the longest list seen; the first
 * {@link #size} entries count.
 */
public final class LossList {

  private int size;
  private int paddedSize;
  private int outputs = 1;
  private boolean weighted;
  private double listWeight = 1;
  private double[] labels = {};
  private double[] scores = {};
  private double[] weights = {};
  private double[] gradient = {};
  private int[] positions = {};
  private int[] indices = {};

  private boolean countsWeights = true;
  private boolean showsEveryList;
  private double sampleDivisor = 1;
  private long drawKey;
  private long freshSeed = System.nanoTime();

  private final LossTotals totals = new LossTotals();
  private double[] itemLosses = {};
  private double listLoss;
  private double listLossWeight;

  private final ItemRanks order = new ItemRanks();

  private final LossScratch scratch = new LossScratch();

  /** Without arrays; they grow with the lists that come. */
  public LossList() {}

  /** n, the number of valid items. */
  public int size() {
    return size;
  }

  /** L, the padded length of lists in the batch. */
  public int paddedSize() {
    return paddedSize;
  }

  /** M, the number of scores of an item. */
  public int outputs() {
    return outputs;
  }

  /** Labels, shape [n]. */
  public double[] labels() {
    return labels;
  }

  /** Scores divided by the temperature, shape [n, M]. */
  public double[] scores() {
    return scores;
  }

  /** Weights of the items, 1 without weights, shape [n]. */
  public double[] weights() {
    return weights;
  }

  /** The list's weight where weights are per list, else 1. */
  public double listWeight() {
    return listWeight;
  }

  /** Positions from 1 at which the items were shown, shape [n]. */
  public int[] positions() {
    return positions;
  }

  /** Index in [0, L) of each item, shape [n]. */
  public int[] indices() {
    return indices;
  }

  /** Receives the gradient of the summed weighted loss by the scores; zero before, shape [n, M]. */
  public double[] gradient() {
    return gradient;
  }

  /** What the loss added up for this list. */
  public LossTotals totals() {
    return totals;
  }

  /** Loss of each item before weighting, for pointwise losses, shape [n]. */
  public double[] itemLosses() {
    return itemLosses;
  }

  /** Loss of the list before weighting, for listwise losses. */
  public double listLoss() {
    return listLoss;
  }

  /** Weight of the list, for listwise losses. */
  public double listLossWeight() {
    return listLossWeight;
  }

  /** Whether pairwise losses add up their weights: only some reductions read the sums. */
  public boolean countsWeights() {
    return countsWeights;
  }

  /** Whether lists of weight 0 are evaluated too: only values of single lists show them. */
  public boolean showsEveryList() {
    return showsEveryList;
  }

  /** What sampled scores are still to be divided by. */
  public double sampleDivisor() {
    return sampleDivisor;
  }

  /** Says what lists are evaluated for. Makes losses without a seed draw again. */
  public void startEvaluation(TieOrder newTies, boolean counts, boolean shows) {
    order.breakTies(newTies);
    countsWeights = counts;
    showsEveryList = shows;
    freshSeed++;
  }

  /**
   * Makes room for a list and clears what the last one left. Its items are put into the arrays, and
   * {@link #present} says how many they are.
   *
   * @param newPaddedSize L, at least the number of items
   * @param newOutputs M
   */
  public void start(int newPaddedSize, int newOutputs) {
    paddedSize = newPaddedSize;
    outputs = newOutputs;
    // One more, for losses that append an item.
    int items = newPaddedSize + 1;
    if (labels.length < items) {
      int room = LossScratch.room(items, labels.length);
      labels = new double[room];
      weights = new double[room];
      positions = new int[room];
      indices = new int[room];
      itemLosses = new double[room];
    }
    if (scores.length < items * newOutputs) {
      scores = new double[items * newOutputs];
      gradient = new double[items * newOutputs];
    }
  }

  /**
   * Presents the items that were put into the arrays.
   *
   * @param newSize n
   * @param hasWeights whether the batch has weights at all
   * @param newListWeight the list's weight where weights are per list, else 1
   * @param newDrawKey what draws of this list depend on
   * @param newSampleDivisor what sampled scores are still to be divided by
   */
  public void present(
      int newSize,
      boolean hasWeights,
      double newListWeight,
      long newDrawKey,
      double newSampleDivisor) {
    size = newSize;
    weighted = hasWeights;
    listWeight = newListWeight;
    drawKey = newDrawKey;
    sampleDivisor = newSampleDivisor;
    Arrays.fill(gradient, 0, newSize * outputs, 0);
    totals.clear();
    listLoss = 0;
    listLossWeight = 0;
  }

  /** Adds up what stands in {@link #itemLosses}, for pointwise losses. */
  public void addItems() {
    double loss = 0;
    double weight = 0;
    int nonzero = 0;
    for (int i = 0; i < size; i++) {
      loss += itemLosses[i] * weights[i];
      weight += weights[i];
      nonzero += weights[i] != 0 ? 1 : 0;
    }
    totals.addWeighted(loss);
    totals.addWeights(weight, nonzero);
  }

  /** Records the loss of the list, for listwise losses. */
  public void addList(double loss, double weight) {
    listLoss = loss;
    listLossWeight = weight;
    totals.add(loss, weight);
  }

  /** Sum of the labels. */
  public double labelSum() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += labels[i];
    }
    return sum;
  }

  /**
   * The weight of the list in a listwise loss: 1 without weights, else {@code sum w y / sum y} over
   * labels above 0, and 0 where there are none.
   */
  public double weight() {
    if (!weighted) {
      return 1;
    }
    double labelSum = 0;
    double weightedSum = 0;
    for (int i = 0; i < size; i++) {
      double label = Math.max(labels[i], 0);
      labelSum += label;
      weightedSum += weights[i] * label;
    }
    return labelSum > 0 ? weightedSum / labelSum : 0;
  }

  /** {@link #weight}, but 0 where labels do not sum to more than 0. */
  public double weightOfPositive() {
    return labelSum() > 0 ? weight() : 0;
  }

  /** Items by label, highest first, equal labels as given. Overwritten by the next call. */
  public int[] byLabel() {
    return byLabel(size);
  }

  /** As {@link #byLabel()}, of {@code n} items where a loss has appended some. */
  public int[] byLabel(int n) {
    return order.byLabel(labels, n);
  }

  /** Items by label, highest first, equal labels as the objective wants ties to be broken. */
  public int[] byLabelWithTies() {
    return order.byLabelWithTies(labels, size, drawKey);
  }

  /** Items by a key of a loss's own, shape [n], highest first. Overwritten by the next call. */
  public int[] byKey(double[] keys) {
    return order.byKey(keys, size);
  }

  /**
   * Rank from 1 of each item by score, ties as the objective wants them to be broken.
   *
   * @param n number of items, appended ones included
   */
  public int[] ranks(int n) {
    return order.ranks(scores, n, drawKey);
  }

  /**
   * What draws of one sample depend on.
   *
   * @param seed of the loss; null for draws that never repeat
   */
  public long sampleKey(@Nullable Long seed, int sample) {
    return Draws.key(Draws.key(seed == null ? freshSeed : seed, drawKey), sample);
  }

  /** The scratch of a type, made by the first call and kept for all lists. */
  public <T> T scratch(Class<T> type, Supplier<T> maker) {
    return scratch.of(type, maker);
  }

  /**
   * Scratch arrays with room for a number an item and one more, not cleared.
   *
   * @param owner whose arrays they are; no two owners share one
   * @param count how many, always the same for one owner
   */
  public double[][] columns(Class<?> owner, int count) {
    return scratch.columns(owner, count, labels.length);
  }
}
