package io.rankline.model.kernel.block;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * An array outside of all workspaces that lives as long as its owner: it grows to the largest size
 * asked for and is used again by every step.
 */
final class ReusedArray {

  private final DataType dataType;
  private @Nullable INDArray memory;

  ReusedArray(DataType dataType) {
    this.dataType = dataType;
  }

  /** An array of this shape in 'c' order, holding anything. */
  @SuppressWarnings("try") // the scope is what counts
  INDArray of(long rows, long columns) {
    long length = rows * columns;
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray current = memory;
      if (current == null || current.length() < length) {
        if (current != null) {
          current.close();
        }
        current = Nd4j.createUninitializedDetached(dataType, 'c', length);
        memory = current;
      }
      INDArray part =
          current.length() == length ? current : current.get(NDArrayIndex.interval(0, length));
      return part.reshape('c', rows, columns);
    }
  }
}
