package io.rankline.model;

import io.rankline.model.kernel.NativeFloats;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.buffer.DataBuffer.AllocationMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An entry of the archive of a network.
 *
 * @param name of the entry
 * @param head bytes before the numbers
 * @param numbers that it ends with, the most significant byte first
 */
record NetworkEntry(String name, byte[] head, float[] numbers) {

  private static final int BLOCK = 1 << 14;

  /** Of an array, as Nd4j.write writes it, one number at a time. */
  static NetworkEntry of(String name, INDArray array) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(head);
    array.shapeInfoDataBuffer().write(out);
    out.writeUTF(AllocationMode.MIXED_DATA_TYPES.name());
    out.writeLong(array.length());
    out.writeUTF(DataType.FLOAT.name());
    float[] numbers =
        NativeFloats.has(array)
            ? NativeFloats.of(array).toHeap(Math.toIntExact(array.length()))
            : array.castTo(DataType.FLOAT).reshape(array.length()).toFloatVector();
    return new NetworkEntry(name, head.toByteArray(), numbers);
  }

  long size() {
    return head.length + (long) Float.BYTES * numbers.length;
  }

  void writeTo(ZipOutputStream zip) throws IOException {
    CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    writeContent(sum);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size());
    entry.setCrc(sum.getChecksum().getValue());
    zip.putNextEntry(entry);
    writeContent(zip);
    zip.closeEntry();
  }

  private void writeContent(OutputStream out) throws IOException {
    out.write(head);
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES);
    for (int from = 0; from < numbers.length; from += BLOCK) {
      int count = Math.min(BLOCK, numbers.length - from);
      block.asFloatBuffer().put(numbers, from, count);
      out.write(block.array(), 0, count * Float.BYTES);
    }
  }
}
