package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.data.WeightLayout;
import io.rankline.model.kernel.NativeFloats;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Labels and weights of a batch as the arrays that a graph is trained on. */
final class LabelColumns {

  private LabelColumns() {}

  /**
   * Labels of one task, [B, L]; -1 at padding.
   *
   * @param column label column, or null for that of the task's name or the only one
   */
  static INDArray labels(ListBatch batch, String task, @Nullable String column) {
    int index = index(batch.layout().labels(), task, column);
    int items = batch.batchSize() * batch.listSize();
    float[] labels = Arrays.copyOfRange(batch.labels(), index * items, (index + 1) * items);
    return NativeFloats.array(labels, batch.batchSize(), batch.listSize());
  }

  /** Weights, [B, L] of items or [B, 1] of lists; null where the batch has none. */
  static @Nullable INDArray weights(ListBatch batch) {
    WeightLayout layout = batch.layout().weights();
    if (layout == WeightLayout.NONE) {
      return null;
    }
    return NativeFloats.array(batch.weights(), batch.batchSize(), layout.count(batch.listSize()));
  }

  /**
   * The place of a task's label among the label columns.
   *
   * @param column label column, or null for that of the task's name or the only one
   */
  static int index(List<String> columns, String task, @Nullable String column) {
    if (column == null && columns.size() == 1) {
      return 0;
    }
    String name = column == null ? task : column;
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "task '%s' needs the label '%s'; the batch has %s"
              .formatted(task, name, columns.isEmpty() ? "no labels" : columns));
    }
    return index;
  }
}
