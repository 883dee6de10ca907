package io.rankline.io.tensor.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.StringData;
import io.rankline.io.tensor.FloatFormat;
import java.nio.ByteBuffer;

/**
 * Numbers of bfloat16, which Keras 3 stores as opaque values of two bytes without a tag, and says
 * in an attribute what they are. jHDF opens no group that has such, so they are announced as texts
 * of two bytes before it reads the file; a type of that kind is as long.
 */
final class UntypedNumbers {

  /** In an object header: a type of 8 bytes, opaque, without a tag, of two bytes a value. */
  private static final byte[] HEADER = {3, 0, 8, 0};

  private static final int HEADER_REST = 4;
  private static final byte[] OPAQUE = {0x15, 0, 0, 0, Short.BYTES, 0, 0, 0};
  private static final byte TEXT = 0x13;
  private static final String TYPE = "dtype";
  private static final String BFLOAT16 = "bfloat16";

  private UntypedNumbers() {}

  /** Makes jHDF open a file that has such numbers. */
  static void announce(byte[] file) {
    int last = file.length - HEADER.length - HEADER_REST - OPAQUE.length;
    for (int at = 0; at <= last; at++) {
      int type = at + HEADER.length + HEADER_REST;
      if (file[type] == OPAQUE[0] && holds(file, type, OPAQUE) && holds(file, at, HEADER)) {
        file[type] = TEXT;
      }
    }
  }

  private static boolean holds(byte[] file, int at, byte[] wanted) {
    for (int k = 0; k < wanted.length; k++) {
      if (file[at + k] != wanted[k]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a dataset is of such numbers. */
  static boolean isIn(Dataset dataset) {
    Attribute type = dataset.getAttribute(TYPE);
    return dataset instanceof DatasetBase
        && dataset.getDataType() instanceof StringData text
        && text.getSize() == Short.BYTES
        && type != null
        && BFLOAT16.equals(type.getData());
  }

  /** The numbers of such a dataset. */
  static float[] of(Dataset dataset) {
    ByteBuffer buffer = ((DatasetBase) dataset).getDataBuffer();
    byte[] stored = new byte[buffer.remaining()];
    buffer.get(stored);
    return FloatFormat.BFLOAT16.read(stored);
  }
}
