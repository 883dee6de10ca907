package io.rankline.pipeline.benchmark;

import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import java.util.ArrayList;
import java.util.List;

/**
 * A made-up list as nested arrays, straight from its maker: no file, no batch, no padding.
 *
 * @param items sign(x) * ln(1 + |x|) of each feature, [N][F]
 * @param labels [N]
 * @param utility what the labels were drawn from, [N]
 */
record PlainList(double[][] items, double[] labels, double[] utility) {

  static List<PlainList> of(SyntheticLog log, long first, int count) {
    List<PlainList> lists = new ArrayList<>();
    for (long number = first; number < first + count; number++) {
      lists.add(of(log.list(number)));
    }
    return lists;
  }

  private static PlainList of(SyntheticList made) {
    int size = made.size();
    int width = made.features().length / size;
    double[][] items = new double[size][width];
    double[] labels = new double[size];
    double[] utility = new double[size];
    for (int i = 0; i < size; i++) {
      for (int f = 0; f < width; f++) {
        double x = made.features()[i * width + f];
        items[i][f] = Math.signum(x) * Math.log(1 + Math.abs(x));
      }
      labels[i] = made.labels()[i];
      utility[i] = made.trueUtility()[i];
    }
    return new PlainList(items, labels, utility);
  }

  /** One feature of each item. */
  double[] feature(int f) {
    double[] values = new double[items.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = items[i][f];
    }
    return values;
  }
}
