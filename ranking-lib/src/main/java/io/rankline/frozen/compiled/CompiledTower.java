package io.rankline.frozen.compiled;

import com.sun.jna.Memory;
import io.rankline.frozen.step.Towers.Tower;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A tower in native memory. Some rows at a time go through all layers, while they are in cache. */
final class CompiledTower implements Tower {

  /** A multiple of the rows that a kernel takes at a time. */
  private static final int ROWS = 96;

  private final RowsLibrary library;
  private final List<PackedLayer> layers;
  private final ConcurrentLinkedQueue<Buffers> buffers = new ConcurrentLinkedQueue<>();

  /** What a layer reads, and what it writes. */
  private record Buffers(Memory in, Memory out) {

    Buffers swapped() {
      return new Buffers(out, in);
    }
  }

  CompiledTower(RowsLibrary library, List<PackedLayer> layers) {
    this.library = library;
    this.layers = List.copyOf(layers);
  }

  @Override
  public void run(float[] x, int rows, float[] out) {
    PackedLayer first = layers.get(0);
    PackedLayer last = layers.get(layers.size() - 1);
    Buffers pooled = buffers.poll();
    Buffers memory = pooled == null ? allocate() : pooled;
    for (int from = 0; from < rows; from += ROWS) {
      int count = Math.min(ROWS, rows - from);
      memory.in().write(0, x, from * first.inputs(), count * first.inputs());
      int stride = first.inputs();
      for (PackedLayer layer : layers) {
        layer.run(library, memory.in(), stride, count, memory.out());
        stride = layer.stride();
        memory = memory.swapped();
      }
      if (stride == last.outputs()) {
        memory.in().read(0, out, from * stride, count * stride);
      } else {
        for (int r = 0; r < count; r++) {
          memory
              .in()
              .read(
                  (long) r * stride * Float.BYTES,
                  out,
                  (from + r) * last.outputs(),
                  last.outputs());
        }
      }
    }
    buffers.offer(memory);
  }

  private Buffers allocate() {
    int most = layers.get(0).inputs();
    for (PackedLayer layer : layers) {
      most = Math.max(most, layer.stride());
    }
    return new Buffers(
        PackedLayer.floats((long) ROWS * most), PackedLayer.floats((long) ROWS * most));
  }
}
