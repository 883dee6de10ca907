package io.rankline.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FlatPassTest {

  @ParameterizedTest(name = "{0} floats")
  @ValueSource(ints = {1, 1023, 1024, 1025, 32_768, 100_001})
  void everyFloatIsComputedOnceFromThoseOfTheSamePlace(int length) {
    float[] left = new float[length];
    float[] right = new float[length];
    float[] sums = new float[length];
    for (int i = 0; i < length; i++) {
      left[i] = i;
      right[i] = i % 7;
      sums[i] = left[i] + right[i];
    }
    INDArray first = NativeFloats.array(left, length);
    INDArray second = NativeFloats.array(right, length);

    FlatPass.run(
        new INDArray[] {first, second},
        (chunk, count) -> {
          FloatLoops.add(chunk[0], chunk[1], count);
          FloatLoops.multiply(chunk[1], 2, 0, count);
        });

    assertThat(NativeFloats.values(first)).isEqualTo(sums);
    assertThat(second).isEqualTo(Nd4j.createFromArray(right).mul(2));
  }
}
