package io.rankline.model.kernel.attention;

import io.rankline.model.kernel.BlasThreads;
import io.rankline.model.kernel.FloatLoops;
import io.rankline.model.kernel.Gemm;
import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention in floats on the processor: every list and head is a task, of small products by BLAS on
 * the task's own thread and passes over blocks that fit the cache.
 *
 * <p>Forward keeps, for every row and head, the logarithm of the softmax's denominator; backward
 * computes probabilities from it, a tile of rows at a time, as FlashAttention does.
 *
 * @see <a href="https://arxiv.org/abs/2205.14135">Dao et al., FlashAttention, NeurIPS 2022</a>
 */
final class ProcessorAttention implements AttentionArithmetic {

  /** Logarithms of the denominators, shape [N, heads]; grows and is used again. */
  private float[] logDenominators = {};

  @Override
  public void forward(AttentionBatch batch, INDArray output) {
    int statistics = batch.rows() * batch.heads();
    if (logDenominators.length < statistics) {
      logDenominators = new float[statistics];
    }
    NativeFloats projected = NativeFloats.of(batch.projected());
    NativeFloats out = NativeFloats.of(output);
    BlasThreads.hold(
        () ->
            AttentionTile.forEachTile(
                batch, (tile, block) -> forward(batch, projected, out, tile, block)));
  }

  private void forward(
      AttentionBatch batch,
      NativeFloats projected,
      NativeFloats out,
      AttentionTile tile,
      AttentionBlock block) {
    float[] p = tile.first.heap;
    int items = block.items();
    scores(batch, projected, tile, block);
    for (int i = 0; i < block.rows(); i++) {
      float max = FloatLoops.max(p, i * items, items);
      FloatLoops.add(p, -max, i * items, items);
      logDenominators[block.statistic(i)] = max;
    }
    tile.bits.exp(p, block.rows() * items);
    for (int i = 0; i < block.rows(); i++) {
      float sum = FloatLoops.sum(p, i * items, items);
      logDenominators[block.statistic(i)] += (float) Math.log(sum);
      FloatLoops.multiply(p, 1 / sum, i * items, items);
      if (tile.dropoutFactors(batch, block, i)) {
        FloatLoops.multiply(p, tile.keep, i * items, items);
      }
    }
    tile.first.fromHeap(block.rows() * items);
    Gemm.product(
        block.rows(),
        batch.keyDim(),
        items,
        1,
        tile.first.matrix(items),
        block.values(projected),
        0,
        block.output(out));
  }

  @Override
  public void backward(AttentionBatch batch, INDArray error, INDArray gradient) {
    NativeFloats projected = NativeFloats.of(batch.projected());
    NativeFloats byOutput = NativeFloats.ofRows(error);
    NativeFloats result = NativeFloats.of(gradient);
    BlasThreads.hold(
        () ->
            AttentionTile.forEachTile(
                batch,
                (tile, block) -> {
                  probabilities(batch, projected, tile, block);
                  slopes(batch, projected, byOutput, result, tile, block);
                }));
  }

  /** Puts the probabilities of a block of rows into the tile, as forward had them. */
  private void probabilities(
      AttentionBatch batch, NativeFloats projected, AttentionTile tile, AttentionBlock block) {
    float[] p = tile.first.heap;
    int items = block.items();
    scores(batch, projected, tile, block);
    for (int i = 0; i < block.rows(); i++) {
      FloatLoops.add(p, -logDenominators[block.statistic(i)], i * items, items);
    }
    tile.bits.exp(p, block.rows() * items);
  }

  private void slopes(
      AttentionBatch batch,
      NativeFloats projected,
      NativeFloats error,
      NativeFloats gradient,
      AttentionTile tile,
      AttentionBlock block) {
    int items = block.items();
    int rows = block.rows();
    int size = rows * items;
    int keyDim = batch.keyDim();
    float scale = (float) batch.scale();
    float others = block.isFirst() ? 0 : 1;
    Matrix dropped = tile.first.matrix(items);
    Matrix slopes = tile.second.matrix(items);
    Matrix byOutput = block.output(error);

    // Derivative by the dropped probabilities: error * V^T.
    Gemm.timesTransposed(rows, items, keyDim, 1, byOutput, block.values(projected), 0, slopes);
    tile.second.toHeap(size);
    slopesOfScores(batch, tile, block);
    tile.first.fromHeap(size);
    tile.second.fromHeap(size);

    // Values: dropped probabilities^T * error.
    Gemm.transposedTimes(items, keyDim, rows, 1, dropped, byOutput, others, block.values(gradient));
    // Queries: slopes * K.
    Gemm.product(
        rows, keyDim, items, scale, slopes, block.keys(projected), 0, block.queries(gradient));
    // Keys: slopes^T * Q.
    Gemm.transposedTimes(
        items, keyDim, rows, scale, slopes, block.queries(projected), others, block.keys(gradient));
  }

  /** From P and the derivative by dropped P to dropped P and the derivative by the scores. */
  private static void slopesOfScores(
      AttentionBatch batch, AttentionTile tile, AttentionBlock block) {
    float[] p = tile.first.heap;
    float[] slope = tile.second.heap;
    int items = block.items();
    for (int i = 0; i < block.rows(); i++) {
      int at = i * items;
      boolean drops = tile.dropoutFactors(batch, block, i);
      if (drops) {
        FloatLoops.multiply(slope, tile.keep, at, items);
      }
      float mean = FloatLoops.dot(p, slope, at, items);
      FloatLoops.softmaxSlope(slope, p, at, items, mean);
      if (drops) {
        FloatLoops.multiply(p, tile.keep, at, items);
      }
    }
  }

  /** Q K^T / sqrt(keyDim) of a block of rows, into the tile. */
  private static void scores(
      AttentionBatch batch, NativeFloats projected, AttentionTile tile, AttentionBlock block) {
    Gemm.timesTransposed(
        block.rows(),
        block.items(),
        batch.keyDim(),
        (float) batch.scale(),
        block.queries(projected),
        block.keys(projected),
        0,
        tile.first.matrix(block.items()));
    tile.first.toHeap(block.rows() * block.items());
  }
}
