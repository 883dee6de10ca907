package io.rankline.export.graph;

import io.rankline.feature.token.Pooling;
import java.util.List;

/**
 * The operations that a network is made of, in the words of an engine.
 *
 * <p>Tensors go by names. They are float32 and have rows and columns, [R, W]; rows are lists, or
 * items one list after the other, as the engine likes to have them, with or without padding.
 */
public interface Operators {

  /** A constant of one row, [1, W]. */
  String row(float... values);

  /** A constant matrix, [rows, columns], row by row. */
  String matrix(int rows, int columns, float[] values);

  /** A function of each number. */
  String unary(Unary function, String x);

  /**
   * A function of each pair of numbers; a tensor of one row or one column is repeated as the other
   * needs.
   */
  String binary(Binary function, String x, String y);

  /** The matrix product, [R, K] by [K, W]. */
  String product(String x, String matrix);

  /** Columns from {@code from} to before {@code to}. */
  String columns(String x, int from, int to);

  /** The columns that are named, in this order. */
  String picked(String x, int... columns);

  /** Columns side by side. */
  String sideBySide(List<String> parts);

  /** The softmax of each row. */
  String softmax(String x);

  /** The sum of each row, [R, 1]. */
  String sum(String x);

  /** Repeats a row of each list for each of its items. */
  String ofItems(String lists);

  /**
   * For each item, the sums of the columns over the items of its list, [R, W]. Padding has no part
   * in it; what stands there is undefined.
   */
  String sumOfList(String x);

  /** The same with the largest numbers. None may be NaN. */
  String largestOfList(String x);

  /**
   * For each item, how many items of its list have a smaller number, and half of those that have
   * the same, itself among them: 0.5 for the smallest.
   *
   * @param x one column, [R, 1]; NaN is not counted and gets some number
   */
  String placeInList(String x);

  /**
   * Scaled dot-product attention of every list over its own items; padding has no part in it.
   *
   * @param x queries, keys and values of all heads side by side, [R, 3 * heads * keyDim]
   * @return [R, heads * keyDim]
   */
  String attend(String x, int heads, int keyDim);

  /**
   * The sum of trees on each row, [R, 1].
   *
   * @param x [R, width]
   */
  String trees(String x, int width, TreeLevels trees);

  /**
   * Pooled embeddings of the tokens of a feature; zeros for no token.
   *
   * @param feature its place among the token features of the model: those of the context, then
   *     those of the examples
   * @param table [rows, width], row by row
   */
  String pooled(int feature, float[] table, int width, Pooling pooling);
}
