package io.rankline.io.example;

/**
 * The arrays that the features of one scope go to.
 *
 * @param dense dense block, shape [rows, stride]
 * @param stride columns of the dense block
 * @param labels shape [T, rows]
 * @param weights shape [rows], or empty
 * @param rows number of rows
 * @param columns every other feature
 */
public record FeatureSink(
    float[] dense,
    int stride,
    float[] labels,
    float[] weights,
    int rows,
    ColumnBuilder[] columns) {}
