package io.rankline.export.graph;

import io.rankline.feature.transform.PiecewiseLinear;
import java.util.List;

/** Transforms that are straight lines between the numbers of a table. */
final class StraightLines {

  /** What a line has: where it begins, how long it is, its score there, and how far it rises. */
  private static final int PARTS = 4;

  private final Operators to;

  StraightLines(Operators to) {
    this.to = to;
  }

  /**
   * The score of a value, between those of the table's values next to it; the first or the last one
   * beyond them.
   *
   * @param x [R, 1]; NaN stays so
   * @param place [R, N + 1], 1 in the column that says how many of the values x has reached
   * @param values N ascending ones
   * @param scores of the values
   */
  String between(String x, String place, List<Float> values, List<Float> scores) {
    int last = values.size() - 1;
    float[] lines = new float[PARTS * (values.size() + 1)];
    for (int reached = 0; reached <= values.size(); reached++) {
      int from = Math.max(0, reached - 1);
      int end = Math.min(last, reached);
      int at = PARTS * reached;
      lines[at] = values.get(from);
      lines[at + 1] = from == end ? 1 : values.get(end) - values.get(from);
      lines[at + 2] = scores.get(from);
      lines[at + 3] = scores.get(end) - scores.get(from);
    }
    String line = to.product(place, to.matrix(values.size() + 1, PARTS, lines));
    String share =
        to.binary(
            Binary.OVER,
            to.binary(Binary.MINUS, x, to.columns(line, 0, 1)),
            to.columns(line, 1, 2));
    return to.binary(
        Binary.PLUS,
        to.binary(Binary.TIMES, between(share, to.row(0), to.row(1)), to.columns(line, 3, PARTS)),
        to.columns(line, 2, 3));
  }

  /**
   * How far a value has come through each bin, [R, bins].
   *
   * @param x column {@code column}, [R, 1]; where it is NaN there are zeros
   */
  String bins(String x, PiecewiseLinear transform, int column) {
    int bins = transform.bins();
    List<Float> edges = transform.edges().subList(column * (bins + 1), (column + 1) * (bins + 1));
    float[] from = new float[bins];
    float[] length = new float[bins];
    float[] isLine = new float[bins];
    float[] isStep = new float[bins];
    float[] least = new float[bins];
    float[] most = new float[bins];
    for (int bin = 0; bin < bins; bin++) {
      boolean isEmpty = edges.get(bin).equals(edges.get(bin + 1));
      from[bin] = edges.get(bin);
      length[bin] = isEmpty ? 1 : edges.get(bin + 1) - edges.get(bin);
      isLine[bin] = isEmpty ? 0 : 1;
      isStep[bin] = isEmpty ? 1 : 0;
      least[bin] = bin == 0 ? -Float.MAX_VALUE : 0;
      most[bin] = bin == bins - 1 ? Float.MAX_VALUE : 1;
    }
    String edge = to.row(from);
    String way = to.binary(Binary.OVER, to.binary(Binary.MINUS, x, edge), to.row(length));
    String share =
        to.binary(Binary.TIMES, between(way, to.row(least), to.row(most)), to.row(isLine));
    String reached = to.binary(Binary.TIMES, to.binary(Binary.AT_LEAST, x, edge), to.row(isStep));
    return to.binary(Binary.OR_IF_MISSING, to.binary(Binary.PLUS, share, reached), to.row(0));
  }

  private String between(String x, String least, String most) {
    return to.binary(Binary.LARGER, to.binary(Binary.SMALLER, x, most), least);
  }
}
