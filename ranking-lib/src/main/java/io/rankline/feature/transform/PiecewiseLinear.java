package io.rankline.feature.transform;

import io.rankline.text.Option;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a value has come through each of some bins, which hold about as many values each: 1 for
 * bins below it, 0 for those above, the share in its own. A straight line over each bin is then one
 * weight of the layer that reads it, so a network can bend where it likes.
 *
 * <pre>
 *   f_t(x) = (x - edge_t) / (edge_t+1 - edge_t), at least 0 but for the first bin, at most 1 but for the last
 * </pre>
 *
 * <p>A missing value sets none. A bin without width is 1 from its edge on.
 *
 * @see <a href="https://arxiv.org/abs/2203.05556">Gorishniy, Rubachev, Babenko, On Embeddings for
 *     Numerical Features in Tabular Deep Learning, 2022</a>
 */
public record PiecewiseLinear(
    @Option(fallback = "8", least = 1, meaning = "columns that become of one") int bins,
    @Option(
            fallback = "[]",
            meaning =
                "bins + 1 edges of each column, ascending, one column after the other; empty until"
                    + " fitted")
        List<Float> edges)
    implements SampledTransform {

  static final String NAME = "piecewise_linear";

  public PiecewiseLinear {
    edges = List.copyOf(edges);
    if (bins < 1) {
      throw new IllegalArgumentException(
          "bins of %s must be 1 or more, got %s".formatted(NAME, bins));
    }
    boolean ascending = edges.size() % (bins + 1) == 0;
    for (int i = 0; i < edges.size(); i++) {
      ascending &=
          Float.isFinite(edges.get(i)) && (i % (bins + 1) == 0 || edges.get(i - 1) <= edges.get(i));
    }
    if (!ascending) {
      throw new IllegalArgumentException(
          "%s must have %s ascending edges for each column, got %s"
              .formatted(NAME, bins + 1, edges));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isFitted() {
    return !edges.isEmpty();
  }

  @Override
  public Transform unfitted() {
    return new PiecewiseLinear(bins, List.of());
  }

  @Override
  public boolean isColumnwise() {
    return false;
  }

  @Override
  public int width(int inputWidth) {
    ColumnScaling.requireWidth(NAME, edges.size() / (bins + 1), inputWidth);
    return Math.multiplyExact(inputWidth, bins);
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    ColumnScaling.requireFitted(NAME, isFitted());
    for (int c = 0; c < inputWidth; c++) {
      for (int bin = 0; bin < bins; bin++) {
        float from = edges.get(c * (bins + 1) + bin);
        float to = edges.get(c * (bins + 1) + bin + 1);
        for (int row = 0; row < rows; row++) {
          float value = in[row * inputWidth + c];
          out[(row * inputWidth + c) * bins + bin] =
              Float.isNaN(value) ? 0 : share(value, from, to, bin);
        }
      }
    }
  }

  private float share(float value, float from, float to, int bin) {
    if (from == to) {
      return value >= from ? 1 : 0;
    }
    float share = (float) (((double) value - from) / ((double) to - from));
    float least = bin == 0 ? share : Math.max(0, share);
    return bin == bins - 1 ? least : Math.min(1, least);
  }

  @Override
  public Transform fitted(List<ColumnStatistics> statistics, List<ValueSample> samples) {
    List<Float> fitted = new ArrayList<>();
    for (ValueSample sample : samples) {
      float[] column = sample.sorted();
      for (int edge = 0; edge <= bins; edge++) {
        fitted.add(column[(int) ((long) edge * (column.length - 1) / bins)]);
      }
    }
    return new PiecewiseLinear(bins, fitted);
  }
}
