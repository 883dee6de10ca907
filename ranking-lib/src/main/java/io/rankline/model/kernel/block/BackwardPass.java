package io.rankline.model.kernel.block;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.FloatLoops;
import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.RowThreads;
import io.rankline.model.kernel.Tile;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The backward half of {@link NativeRowBlock}. */
final class BackwardPass {

  /** Floats of a gradient that are on the heap at a time. */
  private static final int SUM_CHUNK = 4096;

  private final RowBlockSpec spec;
  private final boolean relu;
  private final int width;
  private final @Nullable Dropout dropout;
  private final WeightBlocks weightBlocks;
  private final ReusedArray gradients = new ReusedArray(DataType.FLOAT);
  private final ReusedArray panels = new ReusedArray(DataType.FLOAT);

  BackwardPass(
      RowBlockSpec spec, boolean relu, @Nullable Dropout dropout, WeightBlocks weightBlocks) {
    this.spec = spec;
    this.relu = relu;
    this.width = spec.outputs();
    this.dropout = dropout;
    this.weightBlocks = weightBlocks;
  }

  /**
   * What the backward pass reads.
   *
   * @param z input of batch norm; null without one
   */
  record Inputs(
      int rows,
      int iteration,
      NativeFloats x,
      @Nullable NativeFloats z,
      NativeFloats y,
      NativeFloats dy) {}

  /**
   * Coefficients of batch norm's backward pass, beside those of its forward pass; also repeated.
   */
  record NormGradient(Normalization norm, float[] tilt, float[] lift) {}

  /** Sums over rows of the gradient g behind batch norm, and of g * (z - mean). */
  double[][] normSums(Inputs in, NativeFloats z, Normalization norm) {
    int workers = RowThreads.workers(in.rows(), width);
    DoubleSums[] sums = sums(workers);
    DoubleSums[] products = sums(workers);
    int panel = Panels.rows(width);
    RowThreads.run(
        workers,
        in.rows(),
        (worker, from, to) -> {
          Tile tile = new Tile(width, 2);
          for (int p = from; p < to; p += panel) {
            int n = Math.min(panel, to - p);
            Windows windows = windows(in, z, p, n);
            for (int r = 0; r < n; r += tile.rows()) {
              int count = Math.min(tile.rows(), n - r);
              outputGradient(in, windows, tile, p, r, count);
              windows.zInto(tile, r * width, count * width);
              FloatLoops.gradientSums(
                  tile.values(),
                  outputs(tile),
                  norm.mean(),
                  sums[worker].panel(),
                  products[worker].panel(),
                  count * width);
            }
            sums[worker].flush();
            products[worker].flush();
          }
        });
    return new double[][] {DoubleSums.total(sums), DoubleSums.total(products)};
  }

  /**
   * The gradient in front of everything but the product, and both products with it.
   *
   * @param weightGradient filled with the gradient of all blocks' weights; null without a product
   * @param biasGradient filled with the gradient of the bias, or null
   * @param dx filled with the gradient at the input, or null
   */
  void products(
      Inputs in,
      @Nullable NormGradient norm,
      List<? extends PanelProducts> blocks,
      float @Nullable [] weightGradient,
      float @Nullable [] biasGradient,
      @Nullable NativeFloats dx) {
    int workers = RowThreads.workers(in.rows(), width);
    int panel = Panels.rows(width);
    int inputs = spec.inputs();
    NativeFloats panelMemory = NativeFloats.of(panels.of(workers, (long) panel * width));
    NativeFloats gradientMemory = NativeFloats.of(gradients.of(workers, weightBlocks.size()));
    DoubleSums[] bias = sums(workers);
    boolean[] started = new boolean[workers];
    RowThreads.run(
        workers,
        in.rows(),
        (worker, from, to) -> {
          Tile tile = new Tile(width, 2);
          for (int p = from; p < to; p += panel) {
            int n = Math.min(panel, to - p);
            long at = (long) p * width;
            boolean dense = spec.isDense();
            if (!dense && dx == null) {
              return;
            }
            NativeFloats dz = dense || dx == null ? panelMemory : dx;
            long dzAt = dense ? (long) worker * panel * width : at;
            FloatBuffer sink = dz.window(dzAt, (long) n * width);
            Windows windows = windows(in, in.z(), p, n);
            for (int r = 0; r < n; r += tile.rows()) {
              int count = Math.min(tile.rows(), n - r);
              outputGradient(in, windows, tile, p, r, count);
              if (norm != null) {
                windows.zInto(tile, r * width, count * width);
                normBackward(norm, tile, count);
              }
              if (biasGradient != null) {
                FloatLoops.add(bias[worker].panel(), tile.values(), count * width);
              }
              sink.put(r * width, tile.values(), 0, count * width);
            }
            bias[worker].flush();
            for (PanelProducts block : blocks) {
              Matrix panelGradient = dz.matrix(dzAt, width);
              long inputsAt = (long) p * inputs;
              block.weightGradient(
                  n,
                  in.x().matrix(inputsAt, inputs),
                  panelGradient,
                  p > from,
                  gradientMemory,
                  (long) worker * weightBlocks.size());
              if (dx != null) {
                block.inputGradient(n, panelGradient, dx.matrix(inputsAt, inputs));
              }
            }
            started[worker] = true;
          }
        });
    if (weightGradient != null) {
      sumOverWorkers(gradientMemory, started, weightGradient);
    }
    if (biasGradient != null) {
      double[] total = DoubleSums.total(bias);
      for (int j = 0; j < width; j++) {
        biasGradient[j] = (float) total[j];
      }
    }
  }

  private void sumOverWorkers(NativeFloats memory, boolean[] started, float[] sum) {
    int size = sum.length;
    RowThreads.run(
        RowThreads.workers(size, 1),
        size,
        (worker, from, to) -> {
          float[] part = new float[SUM_CHUNK];
          float[] total = new float[SUM_CHUNK];
          for (int at = from; at < to; at += SUM_CHUNK) {
            int length = Math.min(SUM_CHUNK, to - at);
            Arrays.fill(total, 0);
            for (int w = 0; w < started.length; w++) {
              if (started[w]) {
                memory.window((long) w * size + at, length).get(0, part, 0, length);
                FloatLoops.add(total, part, length);
              }
            }
            System.arraycopy(total, 0, sum, at, length);
          }
        });
  }

  /** What the gradients of a tile belong to. */
  private static float[] outputs(Tile tile) {
    return tile.array(1);
  }

  private DoubleSums[] sums(int workers) {
    DoubleSums[] sums = new DoubleSums[workers];
    for (int w = 0; w < workers; w++) {
      sums[w] = new DoubleSums(width);
    }
    return sums;
  }

  private void normBackward(NormGradient norm, Tile tile, int count) {
    FloatLoops.normalizeBackward(
        tile.values(),
        outputs(tile),
        norm.norm().mean(),
        norm.norm().slope(),
        norm.tilt(),
        norm.lift(),
        count * width);
    if (relu && spec.norm() == NormPlace.AFTER_ACTIVATION) {
      FloatLoops.wherePositive(tile.values(), outputs(tile), 1, count * width);
    }
  }

  /** Loads dy and takes it back through dropout, and through relu where that comes last. */
  private void outputGradient(
      Inputs in, Windows windows, Tile tile, int firstRow, int row, int count) {
    int from = row * width;
    int length = count * width;
    windows.dy().get(from, tile.values(), 0, length);
    if (relu && spec.norm() != NormPlace.AFTER_ACTIVATION) {
      windows.y().get(from, outputs(tile), 0, length);
      float factor = dropout == null ? 1 : dropout.scale();
      FloatLoops.wherePositive(tile.values(), outputs(tile), factor, length);
    } else if (dropout != null) {
      FloatLoops.multiply(
          tile.values(),
          dropout.factors(tile, in.iteration(), (long) firstRow + row, count),
          0,
          length);
    }
  }

  private record Windows(FloatBuffer dy, FloatBuffer y, @Nullable FloatBuffer z) {

    void zInto(Tile tile, int from, int length) {
      if (z != null) {
        z.get(from, outputs(tile), 0, length);
      }
    }
  }

  private Windows windows(Inputs in, @Nullable NativeFloats z, int row, int rows) {
    long at = (long) row * width;
    long length = (long) rows * width;
    return new Windows(
        in.dy().window(at, length),
        in.y().window(at, length),
        z == null ? null : z.window(at, length));
  }
}
