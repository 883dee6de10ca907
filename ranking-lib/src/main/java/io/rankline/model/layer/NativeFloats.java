package io.rankline.model.layer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Floats in native memory: of an array in C order without gaps, or a buffer's. */
final class NativeFloats {

  private final long address;
  private final FloatBuffer buffer;

  /** Keeps the memory from being collected while this is in use. */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final Object owner;

  private NativeFloats(long address, FloatBuffer buffer, Object owner) {
    this.address = address;
    this.buffer = buffer;
    this.owner = owner;
  }

  /**
   * The memory of an array.
   *
   * @throws IllegalArgumentException if the array is not of the kind that {@link #has} admits
   */
  static NativeFloats of(INDArray array) {
    if (!has(array)) {
      throw new IllegalArgumentException(
          "only floats in C order without gaps can be read in place, got a %s array with strides %s"
              .formatted(array.dataType(), Arrays.toString(array.stride())));
    }
    long address = array.data().addressPointer().address();
    FloatBuffer buffer = new Address(address, array.length()).asBuffer();
    return new NativeFloats(address, buffer, array);
  }

  /** Room for floats that nobody else uses. */
  static NativeFloats room(int length) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return new NativeFloats(new FloatPointer(buffer).address(), buffer, buffer);
  }

  /** Whether the arrays are of the kind that is read and written in place. */
  static boolean has(INDArray... arrays) {
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

  /** A pointer for BLAS, to the float at an index. */
  FloatPointer at(long index) {
    return new Address(address + index * Float.BYTES, 0);
  }

  void read(long index, float[] into, int count) {
    buffer.get(Math.toIntExact(index), into, 0, count);
  }

  void write(long index, float[] from, int count) {
    buffer.put(Math.toIntExact(index), from, 0, count);
  }

  private static final class Address extends FloatPointer {

    Address(long address, long length) {
      super((Pointer) null);
      this.address = address;
      this.limit = length;
      this.capacity = length;
    }
  }
}
