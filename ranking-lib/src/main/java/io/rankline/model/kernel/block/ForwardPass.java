package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.FloatLoops;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.Noise;
import io.rankline.model.kernel.RowThreads;
import io.rankline.model.kernel.Tile;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The forward half of {@link NativeRowBlock}. */
final class ForwardPass {

  private final RowBlockSpec spec;
  private final boolean relu;
  private final int width;
  private final @Nullable Dropout dropout;
  private final @Nullable Noise noise;

  ForwardPass(RowBlockSpec spec, boolean relu, @Nullable Dropout dropout) {
    this.spec = spec;
    this.relu = relu;
    this.width = spec.outputs();
    this.dropout = dropout;
    this.noise = spec.noise() > 0 ? new Noise(spec.noise(), spec.seed(), width) : null;
  }

  /**
   * z = x w + b, then relu where it comes before batch norm; returns the moments of z.
   *
   * @param bias repeated for the rows of a tile
   */
  ColumnMoments productAndMoments(
      NativeFloats x,
      List<? extends PanelProducts> blocks,
      float @Nullable [] bias,
      NativeFloats z,
      int rows) {
    int workers = RowThreads.workers(rows, width);
    ColumnMoments.Part[] parts = new ColumnMoments.Part[workers];
    for (int w = 0; w < workers; w++) {
      parts[w] = new ColumnMoments.Part(width);
    }
    boolean changes = bias != null || reluFirst();
    TilePass pass =
        (worker, tile, row, count) -> {
          beforeNorm(tile, count, bias);
          parts[worker].add(tile.values(), count);
        };
    panels(workers, rows, x, blocks, z, changes ? z : null, pass, w -> parts[w].flush());
    ColumnMoments moments = new ColumnMoments(width);
    for (ColumnMoments.Part part : parts) {
      moments.merge(part);
    }
    return moments;
  }

  /** The whole pass of training at once, where there is no batch norm. */
  void withoutNorm(
      NativeFloats x,
      List<? extends PanelProducts> blocks,
      float @Nullable [] bias,
      int iteration,
      NativeFloats y,
      int rows) {
    TilePass pass =
        (worker, tile, row, count) -> {
          beforeNorm(tile, count, bias);
          afterProduct(tile, row, count, null, Mode.TRAINING, iteration);
        };
    NativeFloats z = spec.isDense() ? y : x;
    panels(RowThreads.workers(rows, width), rows, x, blocks, z, y, pass, w -> {});
  }

  /** The whole pass of inference. */
  void infer(
      NativeFloats x,
      List<WeightBlock> blocks,
      float @Nullable [] bias,
      @Nullable Normalization norm,
      NativeFloats y,
      int rows) {
    TilePass pass =
        (worker, tile, row, count) -> {
          beforeNorm(tile, count, bias);
          afterProduct(tile, row, count, norm, Mode.INFERENCE, 0);
        };
    if (spec.isDense()) {
      new AlikeRows(spec, blocks).compute(x, y, rows, pass);
    } else {
      panels(RowThreads.workers(rows, width), rows, x, blocks, x, y, pass, w -> {});
    }
  }

  /** From z to the output of training. */
  void normalizeAll(NativeFloats z, Normalization norm, int iteration, NativeFloats y, int rows) {
    TilePass pass =
        (worker, tile, row, count) ->
            afterProduct(tile, row, count, norm, Mode.TRAINING, iteration);
    panels(RowThreads.workers(rows, width), rows, z, List.of(), z, y, pass, w -> {});
  }

  /** Whether noise and dropout take part. */
  private enum Mode {
    TRAINING,
    INFERENCE
  }

  private boolean reluFirst() {
    return relu && spec.norm() == NormPlace.AFTER_ACTIVATION;
  }

  private void beforeNorm(Tile tile, int count, float @Nullable [] bias) {
    float[] values = tile.values();
    if (bias != null) {
      FloatLoops.add(values, bias, count * width);
    }
    if (reluFirst()) {
      FloatLoops.relu(values, count * width);
    }
  }

  private void afterProduct(
      Tile tile, int row, int count, @Nullable Normalization norm, Mode mode, int iteration) {
    float[] values = tile.values();
    boolean reluLast = relu && !reluFirst();
    if (norm != null) {
      int length = count * width;
      if (reluLast) {
        FloatLoops.normalizeRelu(values, norm.mean(), norm.slope(), norm.offset(), length);
      } else {
        FloatLoops.normalize(values, norm.mean(), norm.slope(), norm.offset(), length);
      }
    } else if (reluLast) {
      FloatLoops.relu(values, count * width);
    }
    if (mode == Mode.TRAINING && noise != null) {
      noise.add(tile, iteration, row, count, values);
    }
    if (mode == Mode.TRAINING && dropout != null) {
      FloatLoops.multiply(values, dropout.factors(tile, iteration, row, count), 0, count * width);
    }
  }

  /**
   * Products panel by panel into z, and a pass over each panel's tiles.
   *
   * @param target where tiles go when the pass has changed them, or null if it does not
   */
  private void panels(
      int workers,
      int rows,
      NativeFloats x,
      List<? extends PanelProducts> blocks,
      NativeFloats z,
      @Nullable NativeFloats target,
      TilePass pass,
      IntConsumer endPanel) {
    int panel = Panels.rows(width);
    int inputs = spec.inputs();
    RowThreads.run(
        workers,
        rows,
        (worker, from, to) -> {
          Tile tile = new Tile(width, 1);
          for (int p = from; p < to; p += panel) {
            int n = Math.min(panel, to - p);
            long at = (long) p * width;
            for (PanelProducts block : blocks) {
              block.forward(n, x.matrix((long) p * inputs, inputs), z.matrix(at, width));
            }
            FloatBuffer source = z.window(at, (long) n * width);
            FloatBuffer sink =
                target == null ? null : target == z ? source : target.window(at, (long) n * width);
            for (int r = 0; r < n; r += tile.rows()) {
              int count = Math.min(tile.rows(), n - r);
              source.get(r * width, tile.values(), 0, count * width);
              pass.apply(worker, tile, p + r, count);
              if (sink != null) {
                sink.put(r * width, tile.values(), 0, count * width);
              }
            }
            endPanel.accept(worker);
          }
        });
  }
}
