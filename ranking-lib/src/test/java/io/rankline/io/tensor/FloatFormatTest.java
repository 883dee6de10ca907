package io.rankline.io.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class FloatFormatTest {

  @Test
  void everyHalfIsRead() {
    float[] read = FloatFormat.FLOAT16.read(shorts(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8001, 0x0400));

    assertThat(read).containsExactly(1, -2, 65504, 0x1p-24f, -0x1p-24f, 0x1p-14f);
    assertThat(FloatFormat.FLOAT16.read(shorts(0x7c00, 0xfc00)))
        .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(FloatFormat.FLOAT16.read(shorts(0x7e00))[0]).isNaN();
  }

  @Test
  void everyBrainFloatIsRead() {
    assertThat(FloatFormat.BFLOAT16.read(shorts(0x3f80, 0xc000, 0x0080)))
        .containsExactly(1, -2, Float.MIN_NORMAL);
    assertThat(FloatFormat.BFLOAT16.read(shorts(0xffc0))[0]).isNaN();
  }

  @Test
  void doublesAreRounded() {
    ByteBuffer stored = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    stored.putDouble(0.1).putDouble(1e300).putDouble(1 + 0x1p-24);

    assertThat(FloatFormat.FLOAT64.read(stored.array()))
        .containsExactly(0.1f, Float.POSITIVE_INFINITY, 1);
  }

  private static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }
}
