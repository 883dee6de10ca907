package io.rankline.model.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Floats outside of the heap, that belong to an array. */
final class NativeFloats {

  private final INDArray owner;
  private final FloatPointer base;

  private NativeFloats(INDArray owner) {
    this.owner = owner;
    this.base = new FloatPointer(owner.data().addressPointer());
  }

  /** The memory of an array, as it lies there. */
  static NativeFloats of(INDArray array) {
    return new NativeFloats(array);
  }

  /** The memory of rows one after the other; a copy of them where the array lies otherwise. */
  static NativeFloats ofRows(INDArray rows) {
    return new NativeFloats(liesRowByRow(rows) ? rows : rows.castTo(DataType.FLOAT).dup('c'));
  }

  static boolean liesRowByRow(INDArray rows) {
    return rows.dataType() == DataType.FLOAT
        && (rows.size(1) == 1 || rows.stride(1) == 1)
        && (rows.size(0) == 1 || rows.stride(0) == rows.size(1));
  }

  INDArray array() {
    return owner;
  }

  /** A pointer to an element, for OpenBLAS. */
  FloatPointer at(long index) {
    return new FloatPointer(base).position(index);
  }

  /** A window that copies to and from the heap at the speed of memory. */
  FloatBuffer window(long from, long length) {
    return new FloatPointer(base).position(from).limit(from + length).asBuffer();
  }

  float[] toHeap(int length) {
    float[] values = new float[length];
    window(0, length).get(0, values);
    return values;
  }

  void set(float[] values) {
    window(0, values.length).put(0, values);
  }
}
