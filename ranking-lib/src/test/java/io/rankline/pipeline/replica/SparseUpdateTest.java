package io.rankline.pipeline.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SparseUpdateTest {

  private static final float THRESHOLD = 0.125f;

  @ParameterizedTest(name = "{0} values, one in {1} large, seed 3")
  @CsvSource({
    "0, 1",
    "1, 1",
    "1, 2",
    "15, 2",
    "16, 1",
    "17, 1",
    "33, 40",
    "4096, 100",
    "5000, 15",
    "5000, 3"
  })
  void whatIsSentAndWhatIsKeptAddUp(int length, int oneIn) {
    float[] values = values(length, oneIn, 3);
    FloatBuffer residual = direct(values);

    int[] message = SparseUpdate.take(residual, THRESHOLD);

    FloatBuffer sent = direct(new float[length]);
    SparseUpdate.add(IntBuffer.wrap(message), 1, sent);
    int large = 0;
    for (int i = 0; i < length; i++) {
      boolean reaches = Math.abs(values[i]) >= THRESHOLD;
      large += reaches ? 1 : 0;
      assertThat(sent.get(i)).isEqualTo(reaches ? Math.signum(values[i]) * THRESHOLD : 0);
      assertThat(residual.get(i)).isEqualTo(values[i] - sent.get(i));
    }
    assertThat(SparseUpdate.count(message)).isEqualTo(large);
  }

  @ParameterizedTest(name = "one in {0} large, seed 5")
  @ValueSource(ints = {20, 100, 300})
  void itTakesWhatNd4jTakes(int oneIn) {
    float[] values = values(3000, oneIn, 5);
    // ND4J's encoder takes nothing where less than two values are large.
    INDArray oracle = Nd4j.createFromArray(values.clone());
    Nd4j.getExecutioner().thresholdEncode(oracle, THRESHOLD, Integer.MAX_VALUE);
    FloatBuffer residual = direct(values);

    SparseUpdate.take(residual, THRESHOLD);

    float[] kept = new float[values.length];
    residual.get(0, kept);
    assertThat(kept).isEqualTo(oracle.toFloatVector());
  }

  @Test
  void fewValuesTakeAWordEachAndManyTwoBits() {
    int[] few = SparseUpdate.take(direct(values(16_000, 100, 1)), THRESHOLD);
    int[] many = SparseUpdate.take(direct(values(16_000, 2, 1)), THRESHOLD);

    assertThat(few).hasSize(3 + SparseUpdate.count(few));
    assertThat(many).hasSize(3 + 1000);
  }

  @Test
  void aMessageIsAddedWithAScale() {
    FloatBuffer target = direct(new float[] {1, 1, 1});

    SparseUpdate.add(
        IntBuffer.wrap(SparseUpdate.take(direct(new float[] {0, 0.2f, -0.2f}), THRESHOLD)),
        0.5f,
        target);

    assertThat(target.get(0)).isEqualTo(1);
    assertThat(target.get(1)).isEqualTo(1 + THRESHOLD / 2);
    assertThat(target.get(2)).isEqualTo(1 - THRESHOLD / 2);
  }

  @Test
  void notANumberIsNeverSent() {
    FloatBuffer residual = direct(new float[] {Float.NaN, 1});

    int[] message = SparseUpdate.take(residual, THRESHOLD);

    assertThat(SparseUpdate.count(message)).isEqualTo(1);
    assertThat(residual.get(0)).isNaN();
  }

  @Test
  void aMessageForALongerArrayIsRefused() {
    float[] values = new float[100];
    values[90] = 1;
    int[] message = SparseUpdate.take(direct(values), THRESHOLD);

    assertThatThrownBy(() -> SparseUpdate.add(IntBuffer.wrap(message), 1, direct(new float[50])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an update of 50 values has place 90");
  }

  /** Zeros, values at the threshold, just below it, and far above it. */
  private static float[] values(int length, int oneIn, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      float sign = random.nextBoolean() ? 1 : -1;
      boolean large = random.nextInt(oneIn) == 0;
      values[i] =
          switch (random.nextInt(4)) {
            case 0 -> large ? sign * THRESHOLD : 0;
            case 1 -> sign * (large ? Math.nextUp(THRESHOLD) : Math.nextDown(THRESHOLD));
            case 2 -> sign * (large ? 40 * THRESHOLD : THRESHOLD / 3);
            default -> sign * (large ? 1 + random.nextFloat() : random.nextFloat() * THRESHOLD);
          };
    }
    return values;
  }

  private static FloatBuffer direct(float[] values) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return buffer.put(0, values);
  }
}
