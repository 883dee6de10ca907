package io.rankline.frozen.compiled;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.rankline.frozen.step.TowerLayer;
import java.lang.ref.Reference;
import java.util.Arrays;

/**
 * A layer in native memory: weights in panels of some columns, for each input the weights of a
 * panel's columns; zeros beyond the last column.
 *
 * @param panels number of panels
 * @param panel columns of each
 */
record PackedLayer(
    int inputs,
    int outputs,
    boolean isRectified,
    int panels,
    int panel,
    Memory weights,
    Memory bias) {

  /** Bytes of a line of the processor's cache. */
  static final int LINE = 64;

  static PackedLayer of(TowerLayer layer, int panel) {
    int panels = (layer.outputs() + panel - 1) / panel;
    long size = (long) layer.inputs() * panel;
    Memory weights = floats(size * panels);
    float[] packed = new float[Math.toIntExact(size)];
    for (int p = 0; p < panels; p++) {
      int columns = Math.min(panel, layer.outputs() - p * panel);
      Arrays.fill(packed, 0);
      for (int j = 0; j < columns; j++) {
        int from = (p * panel + j) * layer.inputs();
        for (int i = 0; i < layer.inputs(); i++) {
          packed[i * panel + j] = layer.weights()[from + i];
        }
      }
      weights.write(p * size * Float.BYTES, packed, 0, packed.length);
    }
    Memory bias = floats((long) panels * panel);
    bias.clear();
    bias.write(0, layer.bias(), 0, layer.outputs());
    return new PackedLayer(
        layer.inputs(), layer.outputs(), layer.isRectified(), panels, panel, weights, bias);
  }

  /** Columns of its result, those beyond the last one included. */
  int stride() {
    return panels * panel;
  }

  /** Multiplies rows, which stand {@code strideIn} floats apart. */
  void run(RowsLibrary library, Memory x, int strideIn, int rows, Memory out) {
    if (rows < 0
        || strideIn < inputs
        || x.size() < (long) rows * strideIn * Float.BYTES
        || out.size() < (long) rows * stride() * Float.BYTES) {
      throw new IllegalArgumentException(
          "%s rows of %s columns do not fit %s and %s bytes"
              .formatted(rows, strideIn, x.size(), out.size()));
    }
    try {
      library.dense(
          Pointer.nativeValue(x),
          strideIn,
          rows,
          inputs,
          Pointer.nativeValue(weights),
          Pointer.nativeValue(bias),
          panels,
          isRectified,
          Pointer.nativeValue(out),
          stride());
    } finally {
      // An address keeps nothing alive.
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(out);
    }
  }

  /** Memory for so many floats, from the beginning of a line on. */
  static Memory floats(long count) {
    return new Memory(Math.max(count, 1) * Float.BYTES + LINE).align(LINE);
  }
}
