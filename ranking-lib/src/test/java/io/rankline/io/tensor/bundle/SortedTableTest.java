package io.rankline.io.tensor.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.MaskedCrc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;

class SortedTableTest {

  /** Entries: "dense" with 1, and "dense_1", which shares 5 letters with it, with 2. */
  private static final byte[] BLOCK = {
    0, 5, 1, 'd', 'e', 'n', 's', 'e', 1, /* */ 5, 2, 1, '_', '1', 2, /* */ 0, 0, 0, 0, 1, 0, 0, 0
  };

  /** TensorFlow packs no checkpoint, but its tables may be. */
  @Test
  void blocksMayBePackedWithSnappy() throws IOException {
    for (boolean packed : new boolean[] {false, true}) {
      assertThat(SortedTable.read("x.index", table(packed)))
          .containsOnlyKeys("dense", "dense_1")
          .containsEntry("dense", new byte[] {1})
          .containsEntry("dense_1", new byte[] {2});
    }
  }

  private static byte[] table(boolean packed) throws IOException {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    byte[] data = packed ? snapped(BLOCK) : BLOCK;
    append(table, data, packed);
    int at = table.size();
    byte[] index = {0, 1, 2, 'z', 0, (byte) data.length, 0, 0, 0, 0, 1, 0, 0, 0};
    append(table, index, false);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put((byte) 0).put((byte) 0).put((byte) at).put((byte) index.length);
    footer.putLong(40, 0xdb4775248b80fb57L);
    table.writeBytes(footer.array());
    return table.toByteArray();
  }

  private static void append(ByteArrayOutputStream table, byte[] block, boolean packed) {
    byte[] checked = Arrays.copyOf(block, block.length + 1);
    checked[block.length] = (byte) (packed ? 1 : 0);
    int crc = new MaskedCrc().of(checked, 0, checked.length);
    table.writeBytes(checked);
    table.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(crc).array());
  }

  private static byte[] snapped(byte[] block) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (SnappyCompressorOutputStream out =
        new SnappyCompressorOutputStream(packed, block.length)) {
      out.write(block);
    }
    return packed.toByteArray();
  }
}
