package io.rankline.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatTextTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "0.1f, 0.1",
    "1f, 1.0",
    "-0f, -0.0",
    "0f, 0.0",
    "9000000f, 9e+06",
    "100000f, 100000.0",
    "1000000f, 1e+06",
    "1234567f, 1234567.0",
    "0.00001f, 1e-05",
    "0.0001f, 0.0001",
    "-23.02585093f, -23.0258503",
    "-3.08565402f, -3.08565402",
    "16777217f, 16777216.0",
    "3.4028235e38f, 3.40282347e+38",
    "1.4e-45f, 1.4013e-45",
    "NaNf, NaN",
    "Infinityf, Infinity",
    "-Infinityf, -Infinity",
  })
  void floatsAreWrittenAsTensorFlowServingWritesThem(String value, String text) {
    assertThat(FloatText.of(Float.parseFloat(value.substring(0, value.length() - 1))))
        .isEqualTo(text);
  }

  @Test
  void everyFloatReadsBackAsItself() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertThat(Float.parseFloat(FloatText.of(value))).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void plainFloatsAreThoseOfExactDecimals(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      float power = (float) Math.pow(10, random.nextInt(-5, 8));
      float any = (float) (random.nextDouble(1, 10) * power);
      float round = (float) (random.nextInt(1, 10_000_000) * Math.pow(10, random.nextInt(-11, 1)));
      float edge = Float.intBitsToFloat(Float.floatToIntBits(power) + random.nextInt(-20, 20));
      for (float value : new float[] {any, -any, round, edge}) {
        if (!FloatText.of(value).equals(FloatText.ofAny(value))) {
          assertThat(FloatText.of(value)).isEqualTo(FloatText.ofAny(value));
        }
      }
    }
  }
}
