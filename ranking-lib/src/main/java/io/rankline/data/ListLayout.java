package io.rankline.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which column of a {@link RankingList} or {@link ListBatch} holds what. Features are sorted by
 * name within each group.
 *
 * @param contextDense fixed-length float context features, C columns in all
 * @param exampleDense fixed-length float example features, F columns in all
 * @param contextColumns every other context feature
 * @param exampleColumns every other example feature
 * @param labels names of the label columns, T of them; none for data to be scored
 * @param weights what the weights of a list are
 */
public record ListLayout(
    List<DenseColumns> contextDense,
    List<DenseColumns> exampleDense,
    List<ColumnLayout> contextColumns,
    List<ColumnLayout> exampleColumns,
    List<String> labels,
    WeightLayout weights)
    implements Serializable {

  public ListLayout {
    contextDense = List.copyOf(contextDense);
    exampleDense = List.copyOf(exampleDense);
    contextColumns = List.copyOf(contextColumns);
    exampleColumns = List.copyOf(exampleColumns);
    labels = List.copyOf(labels);
  }

  /** The same columns without weights. */
  public ListLayout withoutWeights() {
    return new ListLayout(
        contextDense, exampleDense, contextColumns, exampleColumns, labels, WeightLayout.NONE);
  }

  /** The same columns with labels of these names; this layout where it has them. */
  public ListLayout withLabels(List<String> names) {
    return names.equals(labels)
        ? this
        : new ListLayout(
            contextDense, exampleDense, contextColumns, exampleColumns, names, weights);
  }

  /** The same columns, and behind the dense ones of the items one more. */
  public ListLayout withExample(String name) {
    List<DenseColumns> more = new ArrayList<>(exampleDense);
    more.add(new DenseColumns(name, exampleWidth(), 1, List.of(0f)));
    return new ListLayout(contextDense, more, contextColumns, exampleColumns, labels, weights);
  }

  /** C, the number of dense context columns. */
  public int contextWidth() {
    return width(contextDense);
  }

  /** F, the number of dense example columns. */
  public int exampleWidth() {
    return width(exampleDense);
  }

  /** The dense row of an item that is padding, shape [F]. */
  public float[] paddingRow() {
    float[] row = new float[exampleWidth()];
    for (DenseColumns columns : exampleDense) {
      for (int i = 0; i < columns.width(); i++) {
        row[columns.offset() + i] = columns.padding().get(i);
      }
    }
    return row;
  }

  private static int width(List<DenseColumns> columns) {
    if (columns.isEmpty()) {
      return 0;
    }
    DenseColumns last = columns.get(columns.size() - 1);
    return last.offset() + last.width();
  }
}
