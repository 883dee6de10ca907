package io.rankline.model.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Floats outside of the heap: those of an array, or room of their own. */
public final class NativeFloats {

  /** Keeps the memory from being collected while this is in use. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Object owner;

  private final FloatPointer base;

  private NativeFloats(Object owner, FloatPointer base) {
    this.owner = owner;
    this.base = base;
  }

  /** The memory of an array, as it lies there. */
  public static NativeFloats of(INDArray array) {
    return new NativeFloats(array, new FloatPointer(array.data().addressPointer()));
  }

  /** The memory of rows one after the other; a copy of them where the array lies otherwise. */
  public static NativeFloats ofRows(INDArray rows) {
    boolean inPlace = rows.dataType() == DataType.FLOAT && isCOrderWithoutGaps(rows);
    return of(inPlace ? rows : rows.castTo(DataType.FLOAT).dup('c'));
  }

  /** A new array that holds floats: in one copy, where ND4J's own way takes 7 ns for each. */
  public static INDArray array(float[] values, long... shape) {
    if (Nd4j.getExecutioner().type() != ExecutionerType.NATIVE_CPU) {
      return Nd4j.create(values, shape, 'c');
    }
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    of(array).set(values);
    return array;
  }

  /** What an array holds, in C order. */
  public static float[] values(INDArray array) {
    if (Nd4j.getExecutioner().type() != ExecutionerType.NATIVE_CPU) {
      return array.reshape(array.length()).toFloatVector();
    }
    return ofRows(array).toHeap(Math.toIntExact(array.length()));
  }

  /** Room for floats that is not shared. */
  public static NativeFloats room(int length) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return new NativeFloats(buffer, new FloatPointer(buffer));
  }

  /** A copy of floats on the heap, in room of its own. */
  public static NativeFloats of(float[] values) {
    NativeFloats floats = room(values.length);
    floats.set(values);
    return floats;
  }

  /** Whether arrays are floats in C order without gaps, in this process's memory. */
  public static boolean has(INDArray... arrays) {
    if (Nd4j.getExecutioner().type() != ExecutionerType.NATIVE_CPU) {
      return false;
    }
    for (INDArray array : arrays) {
      if (array.dataType() != DataType.FLOAT || !isCOrderWithoutGaps(array)) {
        return false;
      }
    }
    return true;
  }

  /** By strides alone: ND4J calls a single row or column what it likes. */
  private static boolean isCOrderWithoutGaps(INDArray array) {
    long stride = 1;
    for (int dimension = array.rank() - 1; dimension >= 0; dimension--) {
      if (array.size(dimension) > 1 && array.stride(dimension) != stride) {
        return false;
      }
      stride *= array.size(dimension);
    }
    return true;
  }

  /** A pointer to an element, for OpenBLAS. */
  public FloatPointer at(long index) {
    return new FloatPointer(base).position(index);
  }

  /** A matrix whose first element stands at an index. */
  public Matrix matrix(long index, int stride) {
    return new Matrix(at(index), stride);
  }

  /** A window that copies to and from the heap at the speed of memory. */
  public FloatBuffer window(long from, long length) {
    return new FloatPointer(base).position(from).limit(from + length).asBuffer();
  }

  /** Copies the first floats. */
  public float[] toHeap(int length) {
    float[] values = new float[length];
    window(0, length).get(0, values);
    return values;
  }

  /** Sets the first floats. */
  public void set(float[] values) {
    window(0, values.length).put(0, values);
  }
}
