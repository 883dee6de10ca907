package io.rankline.pipeline.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The network that the pipeline trains, written out from its formulas in double loops, with initial
 * parameters and an order of lists of its own: what a training is compared with.
 */
final class PlainRanker {

  private final List<PlainLayer> layers = new ArrayList<>();
  private final Random random;
  private int steps;

  /**
   * A network that has not learnt anything.
   *
   * @param features width of an item
   * @param hidden widths of the hidden layers
   */
  PlainRanker(int features, int[] hidden, long seed) {
    random = new Random(seed);
    int inputs = features;
    for (int width : hidden) {
      layers.add(new PlainLayer(inputs, width, true, random));
      inputs = width;
    }
    layers.add(new PlainLayer(inputs, 1, false, random));
  }

  /** Trains for some epochs; the loss is a mean over the lists of a batch. */
  void train(List<PlainList> lists, PlainLoss loss, int epochs, int batchSize, double rate) {
    List<PlainList> order = new ArrayList<>(lists);
    for (int epoch = 0; epoch < epochs; epoch++) {
      Collections.shuffle(order, random);
      for (int from = 0; from < order.size(); from += batchSize) {
        step(order.subList(from, Math.min(from + batchSize, order.size())), loss, rate);
      }
    }
  }

  /** A score an item. */
  double[] scores(PlainList list) {
    double[][] rows = list.items();
    for (PlainLayer layer : layers) {
      rows = layer.infer(rows);
    }
    double[] scores = new double[rows.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = rows[i][0];
    }
    return scores;
  }

  private void step(List<PlainList> batch, PlainLoss loss, double rate) {
    double[][] rows =
        batch.stream().flatMap(list -> List.of(list.items()).stream()).toArray(double[][]::new);
    for (PlainLayer layer : layers) {
      rows = layer.forward(rows);
    }
    double[][] gradient = new double[rows.length][1];
    int first = 0;
    for (PlainList list : batch) {
      double[] scores = new double[list.labels().length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = rows[first + i][0];
      }
      double[] slopes = loss.slopes(list.labels(), scores);
      for (int i = 0; i < slopes.length; i++) {
        gradient[first + i][0] = slopes[i] / batch.size();
      }
      first += slopes.length;
    }
    steps++;
    for (int k = layers.size() - 1; k >= 0; k--) {
      gradient = layers.get(k).backward(gradient, rate, steps);
    }
  }
}
