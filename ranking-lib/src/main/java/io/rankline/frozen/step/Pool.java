package io.rankline.frozen.step;

import io.rankline.data.LongColumn;
import io.rankline.feature.token.Pooling;
import java.util.Arrays;

/**
 * Embeddings of the tokens of a feature, pooled; zeros for no token.
 *
 * @param table [tokens, width]
 * @param feature place of the token feature
 */
public record Pool(float[] table, int width, Pooling pooling, int feature) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    LongColumn ids = evaluation.ids(feature);
    for (int row = 0; row < ids.rows(); row++) {
      int to = row * width;
      Arrays.fill(out, to, to + width, 0);
      for (int t = ids.start(row); t < ids.end(row); t++) {
        add(Math.toIntExact(ids.values()[t]) * width, out, to, t == ids.start(row));
      }
      if (pooling == Pooling.MEAN && ids.count(row) > 0) {
        for (int c = to; c < to + width; c++) {
          out[c] /= ids.count(row);
        }
      }
    }
  }

  private void add(int from, float[] out, int to, boolean isFirst) {
    for (int c = 0; c < width; c++) {
      float value = table[from + c];
      if (pooling != Pooling.MAX) {
        out[to + c] += value;
      } else if (isFirst || value > out[to + c]) {
        out[to + c] = value;
      }
    }
  }
}
