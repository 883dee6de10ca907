package io.rankline.model.kernel;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix in native memory, row by row.
 *
 * @param start its first element
 * @param stride floats from the start of a row to that of the next
 */
public record Matrix(FloatPointer start, int stride) {

  /** Where its first element is. */
  public long address() {
    return start.address() + start.position() * Float.BYTES;
  }

  /** The same rows from a column on. */
  public Matrix fromColumn(int column) {
    if (column == 0) {
      return this;
    }
    return new Matrix(new FloatPointer(start).position(start.position() + column), stride);
  }
}
