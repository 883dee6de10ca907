package io.rankline.frozen.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import io.rankline.frozen.PlainRows;
import io.rankline.frozen.step.TowerLayer;
import io.rankline.frozen.step.Towers.Tower;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compiled from C has the bits of plain loops in Java. */
class CompiledTowersTest {

  @BeforeEach
  void onlyWhereThereIsALibrary() {
    assumeTrue(
        RowsLibrary.find().isPresent(),
        "the build found no C compiler, or the processor has no AVX2: there is nothing to test");
  }

  @ParameterizedTest(name = "vectors of {0} bits")
  @ValueSource(ints = {256, 512})
  void aLayerHasTheBitsOfPlainLoops(int bits) {
    RowsLibrary library = library(bits);
    SplittableRandom random = new SplittableRandom(bits);
    for (int rows = 1; rows < 30; rows++) {
      TowerLayer layer = layer(random, 1 + random.nextInt(70), 1 + random.nextInt(300));
      assertBitsOfPlainLoops(library, List.of(layer), rows, random);
    }
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {1, 2, 95, 96, 97, 200})
  void aTowerHasTheBitsOfPlainLoops(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    List<TowerLayer> layers =
        List.of(layer(random, 136, 257), layer(random, 257, 33), layer(random, 33, 1));

    assertBitsOfPlainLoops(RowsLibrary.find().orElseThrow(), layers, rows, random);
  }

  @Test
  void severalThreadsScoreAtOnce() throws InterruptedException, ExecutionException {
    SplittableRandom random = new SplittableRandom(3);
    List<TowerLayer> layers = List.of(layer(random, 40, 300), layer(random, 300, 1));
    Tower tower = tower(RowsLibrary.find().orElseThrow(), layers);
    float[] x = PlainRows.random(random, 150 * 40);
    float[] expected = plain(layers, x, 150);
    Callable<float[]> scoring =
        () -> {
          float[] out = new float[150];
          for (int k = 0; k < 50; k++) {
            tower.run(x, 150, out);
          }
          return out;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<float[]> scores : threads.invokeAll(Collections.nCopies(4, scoring))) {
        assertThat(scores.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void memoryThatIsTooShortIsRefused() {
    SplittableRandom random = new SplittableRandom(3);
    PackedLayer packed = PackedLayer.of(layer(random, 8, 40), 32);
    Memory x = new Memory(8 * 5 * Float.BYTES);
    Memory out = new Memory(64 * 5 * Float.BYTES);

    assertThatThrownBy(() -> packed.run(RowsLibrary.find().orElseThrow(), x, 8, 6, out))
        .hasMessage("6 rows of 8 columns do not fit 160 and 1280 bytes");
  }

  private static void assertBitsOfPlainLoops(
      RowsLibrary library, List<TowerLayer> layers, int rows, SplittableRandom random) {
    float[] x = PlainRows.spoilt(random, PlainRows.random(random, rows * layers.get(0).inputs()));
    float[] out = new float[rows * layers.get(layers.size() - 1).outputs()];

    tower(library, layers).run(x, rows, out);

    assertThat(out).isEqualTo(plain(layers, x, rows));
  }

  private static float[] plain(List<TowerLayer> layers, float[] x, int rows) {
    float[] out = x;
    for (TowerLayer layer : layers) {
      out = PlainRows.product(out, rows, List.of(layer.inputs()), layer.weights(), layer.bias());
      out = layer.isRectified() ? PlainRows.rectified(out) : out;
    }
    return out;
  }

  private static Tower tower(RowsLibrary library, List<TowerLayer> layers) {
    List<PackedLayer> packed = new ArrayList<>();
    layers.forEach(layer -> packed.add(PackedLayer.of(layer, library.panel())));
    return new CompiledTower(library, packed);
  }

  private static RowsLibrary library(int bits) {
    RowsLibrary library = RowsLibrary.find().orElseThrow();
    assumeTrue(library.vectorBits() >= bits, "the processor has vectors of no more than 256 bits");
    return library.withVectorBits(bits);
  }

  private static TowerLayer layer(SplittableRandom random, int inputs, int outputs) {
    return new TowerLayer(
        inputs,
        outputs,
        PlainRows.random(random, inputs * outputs),
        PlainRows.random(random, outputs),
        random.nextBoolean());
  }
}
