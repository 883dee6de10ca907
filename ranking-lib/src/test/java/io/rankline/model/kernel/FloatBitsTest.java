package io.rankline.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FloatBitsTest {

  @Test
  void intsAreReadAsTheFloatsOfTheirBits() {
    int[] bits = new int[3000];
    float[] expected = new float[3001];
    for (int i = 0; i < bits.length; i++) {
      expected[i + 1] = i * 0.37f - 100;
      bits[i] = Float.floatToRawIntBits(expected[i + 1]);
    }
    float[] floats = new float[3001];

    new FloatBits().asFloats(bits, bits.length, floats, 1);

    assertThat(floats).isEqualTo(expected);
  }

  @Test
  void expIsExpToTwoUnitsOfTheLastPlace() {
    int count = 100_000;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = -87f + i * (175f / count);
    }
    float[] exp = values.clone();
    new FloatBits().exp(exp, count);

    for (int i = 0; i < count; i++) {
      double expected = Math.exp(values[i]);
      assertThat((double) exp[i])
          .as("exp(%s)", values[i])
          .isCloseTo(expected, within(2 * (double) Math.ulp((float) expected)));
    }
  }

  @Test
  void expOfVeryLittleIsNearlyNothing() {
    float[] values = {-88, -1e4f, -3e38f, Float.NEGATIVE_INFINITY, 0};
    new FloatBits().exp(values, 5);

    assertThat(values[4]).isEqualTo(1f);
    for (int i = 0; i < 4; i++) {
      assertThat(values[i]).isBetween(0f, 1e-37f);
    }
  }
}
