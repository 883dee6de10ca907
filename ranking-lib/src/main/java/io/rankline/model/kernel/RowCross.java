package io.rankline.model.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Rows h scaled by rows c, element by element: {@code h * c + h}, or {@code dropout(relu(h * c +
 * h))}. Backward computes the cross again rather than keep it.
 *
 * @param rectified whether there is a relu
 * @param dropout null for none
 * @param iteration of which dropout draws
 */
public record RowCross(boolean rectified, @Nullable Dropout dropout, int iteration) {

  /**
   * Computes the cross.
   *
   * @param h [N, width]
   * @param c [N, width]
   * @param out filled, [N, width]
   */
  public void forward(INDArray h, INDArray c, INDArray out) {
    if (NativeFloats.has(h, c, out)) {
      int width = Math.toIntExact(h.size(1));
      RowPass.run(
          new INDArray[] {h, c},
          new INDArray[] {out},
          (tile, stripe, row, rows) ->
              forward(
                  tile.array(0),
                  tile.array(1),
                  factors(tile, row, rows, width),
                  tile.array(2),
                  rows * width));
      return;
    }
    cross(h, c, out);
    if (rectified) {
      Transforms.relu(out, false);
    }
    if (dropout != null) {
      out.muli(dropout.factors(iteration, h.size(0), out.dataType()));
    }
  }

  /**
   * The gradients.
   *
   * @param error gradient at the output
   * @param byH filled with the gradient at h
   * @param byC filled with the gradient at c
   */
  public void backward(INDArray h, INDArray c, INDArray error, INDArray byH, INDArray byC) {
    if (NativeFloats.has(h, c, error, byH, byC)) {
      int width = Math.toIntExact(h.size(1));
      RowPass.run(
          new INDArray[] {h, c, error},
          new INDArray[] {byH, byC},
          (tile, stripe, row, rows) ->
              backward(tile, factors(tile, row, rows, width), rows * width));
      return;
    }
    INDArray passed = error;
    if (rectified) {
      passed = cross(h, c, byH).gt(0).castTo(error.dataType()).muli(error);
    }
    if (dropout != null) {
      passed = passed.mul(dropout.factors(iteration, h.size(0), error.dataType()));
    }
    passed.muli(h, byC);
    c.addi(1, byH);
    byH.muli(passed);
  }

  private void forward(float[] h, float[] c, float[] keep, float[] out, int count) {
    float least = rectified ? 0 : Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      out[i] = Math.max(least, h[i] * (c[i] + 1)) * keep[i];
    }
  }

  private void backward(Tile tile, float[] keep, int count) {
    float[] h = tile.array(0);
    float[] c = tile.array(1);
    float[] error = tile.array(2);
    float[] byH = tile.array(3);
    float[] byC = tile.array(4);
    for (int i = 0; i < count; i++) {
      float factor = c[i] + 1;
      float passed = rectified && !(h[i] * factor > 0) ? 0 : error[i] * keep[i];
      byH[i] = passed * factor;
      byC[i] = passed * h[i];
    }
  }

  private float[] factors(Tile tile, int row, int rows, int width) {
    if (dropout != null) {
      return dropout.factors(tile, iteration, row, rows);
    }
    Arrays.fill(tile.factors(), 0, rows * width, 1f);
    return tile.factors();
  }

  private static INDArray cross(INDArray h, INDArray c, INDArray into) {
    c.addi(1, into);
    return into.muli(h);
  }
}
