package io.rankline.model.layer.trained;

import io.rankline.model.kernel.block.BlockArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Where the parameters of a {@link RowBlockConfiguration} stand, and what they are at first. */
final class RowBlockParameters extends NamedParameters {

  static final RowBlockParameters INSTANCE = new RowBlockParameters();

  static final String WEIGHTS = "W";
  private static final String BIAS = "b";
  private static final String GAMMA = "gamma";
  private static final String BETA = "beta";
  private static final String MEAN = "mean";
  private static final String VARIANCE = "var";

  private static final Set<String> STATISTICS = Set.of(MEAN, VARIANCE);

  private RowBlockParameters() {}

  /** Whether a parameter is set by what the layer sees rather than learned. */
  static boolean isStatistic(String name) {
    return STATISTICS.contains(name);
  }

  static BlockArrays arrays(Map<String, INDArray> table) {
    return new BlockArrays(
        table.get(WEIGHTS),
        table.get(BIAS),
        table.get(GAMMA),
        table.get(BETA),
        table.get(MEAN),
        table.get(VARIANCE));
  }

  @Override
  List<Part> parts(Layer layer) {
    RowBlockConfiguration block = (RowBlockConfiguration) layer;
    long outputs = block.getNOut();
    List<Part> parts = new ArrayList<>();
    if (block.isDense()) {
      int groups = block.groupWidths().length;
      parts.add(
          groups == 1
              ? new Part(WEIGHTS, Kind.WEIGHT, 'f', block.getNIn(), outputs)
              : new Part(WEIGHTS, Kind.WEIGHT, 'c', block.getNIn() * (outputs / groups)));
    }
    if (block.hasBias()) {
      parts.add(new Part(BIAS, Kind.BIAS, 'c', outputs));
    }
    if (block.isNormalized()) {
      for (String name : List.of(GAMMA, BETA, MEAN, VARIANCE)) {
        parts.add(new Part(name, Kind.OTHER, 'c', outputs));
      }
    }
    return parts;
  }

  @Override
  void initialize(Layer layer, String name, INDArray view) {
    RowBlockConfiguration block = (RowBlockConfiguration) layer;
    switch (name) {
      case WEIGHTS -> initializeWeights(block, view.reshape('f', new long[] {view.length()}));
      case BIAS -> view.assign(block.getBiasInit());
      case GAMMA, VARIANCE -> view.assign(1);
      default -> view.assign(0);
    }
  }

  /** Each group on its own, so that fan-in and fan-out are the group's. */
  private static void initializeWeights(RowBlockConfiguration layer, INDArray weights) {
    int[] widths = layer.groupWidths();
    long outputs = layer.getNOut() / widths.length;
    long from = 0;
    for (int width : widths) {
      long to = from + width * outputs;
      layer
          .getWeightInitFn()
          .init(
              (double) width,
              (double) outputs,
              new long[] {width, outputs},
              IWeightInit.DEFAULT_WEIGHT_INIT_ORDER,
              weights.get(NDArrayIndex.interval(from, to)));
      from = to;
    }
  }
}
