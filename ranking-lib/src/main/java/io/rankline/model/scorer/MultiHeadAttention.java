package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.graph.RowLayers;
import io.rankline.model.layer.ListAttention;

/**
 * Multi-head attention of lists over themselves: projections with biases, attention, and a
 * projection of the heads.
 *
 * @param heads number of heads
 * @param keyDim width of one head's queries, keys and values
 * @param outputWidth columns of the output
 * @param dropout of attention probabilities
 * @param initialization how weights start
 */
record MultiHeadAttention(
    int heads, int keyDim, int outputWidth, double dropout, Initialization initialization) {

  /** Glorot's even distribution, whose limit depends on what counts as one matrix. */
  enum Initialization {
    /**
     * As Keras has it: its kernels are of rank 3, [input, heads, keyDim] and [heads, keyDim,
     * output], and their first axis counts as that of a convolution.
     */
    KERAS,
    /** As PyTorch's xavier_uniform on a matrix each for queries, keys, values and output. */
    MATRICES
  }

  Node addTo(ModelGraph graph, String name, Node rows) {
    int width = heads * keyDim;
    Node projected =
        RowLayers.linear(
            graph, name + "_projections", rows, 3 * width, projectionLimit(rows.width()));
    Node attended =
        graph.add(
            name + "_heads",
            new ListAttention(heads, keyDim, dropout),
            width,
            Axis.ITEMS,
            projected,
            graph.mask());
    return RowLayers.linear(graph, name + "_output", attended, outputWidth, outputLimit());
  }

  private double projectionLimit(int inputWidth) {
    return switch (initialization) {
      case KERAS -> glorot((double) inputWidth * heads, (double) inputWidth * keyDim);
      case MATRICES -> glorot(inputWidth, (double) heads * keyDim);
    };
  }

  private double outputLimit() {
    return switch (initialization) {
      case KERAS -> glorot((double) heads * keyDim, (double) heads * outputWidth);
      case MATRICES -> glorot((double) heads * keyDim, outputWidth);
    };
  }

  private static double glorot(double fanIn, double fanOut) {
    return Math.sqrt(6 / (fanIn + fanOut));
  }
}
