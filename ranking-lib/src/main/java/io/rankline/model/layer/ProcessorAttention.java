package io.rankline.model.layer;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.rankline.model.kernel.BlasThreads;
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
    float[] p = tile.first;
    int items = block.items();
    scores(batch, projected, tile, block);
    tile.firstNative.read(0, p, block.rows() * items);
    for (int i = 0; i < block.rows(); i++) {
      float max = RowArithmetic.max(p, i * items, items);
      RowArithmetic.add(p, i * items, items, -max);
      logDenominators[block.statistic(i)] = max;
    }
    tile.bits.exp(p, block.rows() * items);
    for (int i = 0; i < block.rows(); i++) {
      float sum = RowArithmetic.sum(p, i * items, items);
      logDenominators[block.statistic(i)] += (float) Math.log(sum);
      RowArithmetic.multiply(p, i * items, items, 1 / sum);
      if (batch.dropout() != null) {
        tile.bits.keep(
            batch.dropout(), block.rowKey(batch.dropout(), i), tile.keep, i * items, items);
        RowArithmetic.multiply(p, i * items, items, tile.keep);
      }
    }
    tile.firstNative.write(0, p, block.rows() * items);
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        block.rows(),
        batch.keyDim(),
        items,
        1f,
        tile.firstNative.at(0),
        items,
        projected.at(block.values()),
        3 * batch.width(),
        0f,
        out.at(block.output()),
        batch.width());
  }

  @Override
  public void backward(AttentionBatch batch, INDArray epsilon, INDArray gradient) {
    NativeFloats projected = NativeFloats.of(batch.projected());
    NativeFloats error = NativeFloats.of(epsilon);
    NativeFloats result = NativeFloats.of(gradient);
    BlasThreads.hold(
        () ->
            AttentionTile.forEachTile(
                batch,
                (tile, block) -> {
                  probabilities(batch, projected, tile, block);
                  slopes(batch, projected, error, result, tile, block);
                }));
  }

  /** Puts the probabilities of a block of rows into the tile, as forward had them. */
  private void probabilities(
      AttentionBatch batch, NativeFloats projected, AttentionTile tile, AttentionBlock block) {
    float[] p = tile.first;
    int items = block.items();
    scores(batch, projected, tile, block);
    tile.firstNative.read(0, p, block.rows() * items);
    for (int i = 0; i < block.rows(); i++) {
      RowArithmetic.add(p, i * items, items, -logDenominators[block.statistic(i)]);
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
    int size = block.rows() * items;
    int keyDim = batch.keyDim();
    int width = 3 * batch.width();
    float others = block.isFirst() ? 0f : 1f;

    // Derivative by the dropped probabilities: epsilon * V^T.
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        block.rows(),
        items,
        keyDim,
        1f,
        error.at(block.output()),
        batch.width(),
        projected.at(block.values()),
        width,
        0f,
        tile.secondNative.at(0),
        items);
    tile.secondNative.read(0, tile.second, size);
    slopesOfScores(batch, tile, block);
    tile.firstNative.write(0, tile.first, size);
    tile.secondNative.write(0, tile.second, size);

    // Values: dropped probabilities^T * epsilon.
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        items,
        keyDim,
        block.rows(),
        1f,
        tile.firstNative.at(0),
        items,
        error.at(block.output()),
        batch.width(),
        others,
        gradient.at(block.values()),
        width);
    // Queries: slopes * K.
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        block.rows(),
        keyDim,
        items,
        (float) batch.scale(),
        tile.secondNative.at(0),
        items,
        projected.at(block.keys()),
        width,
        0f,
        gradient.at(block.queries()),
        width);
    // Keys: slopes^T * Q.
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        items,
        keyDim,
        block.rows(),
        (float) batch.scale(),
        tile.secondNative.at(0),
        items,
        projected.at(block.queries()),
        width,
        others,
        gradient.at(block.keys()),
        width);
  }

  /** From P and the derivative by dropped P to dropped P and the derivative by the scores. */
  private static void slopesOfScores(
      AttentionBatch batch, AttentionTile tile, AttentionBlock block) {
    float[] p = tile.first;
    float[] slope = tile.second;
    int items = block.items();
    for (int i = 0; i < block.rows(); i++) {
      int at = i * items;
      if (batch.dropout() != null) {
        tile.bits.keep(batch.dropout(), block.rowKey(batch.dropout(), i), tile.keep, at, items);
        RowArithmetic.multiply(slope, at, items, tile.keep);
      }
      float mean = RowArithmetic.dot(p, slope, at, items);
      RowArithmetic.softmaxSlope(slope, p, at, items, mean);
      if (batch.dropout() != null) {
        RowArithmetic.multiply(p, at, items, tile.keep);
      }
    }
  }

  /** Q K^T / sqrt(keyDim) of a block of rows, into the tile. */
  private static void scores(
      AttentionBatch batch, NativeFloats projected, AttentionTile tile, AttentionBlock block) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        block.rows(),
        block.items(),
        batch.keyDim(),
        (float) batch.scale(),
        projected.at(block.queries()),
        3 * batch.width(),
        projected.at(block.keys()),
        3 * batch.width(),
        0f,
        tile.firstNative.at(0),
        block.items());
  }
}
