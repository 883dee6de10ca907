package io.rankline.model.layer.trained;

import io.rankline.frozen.step.TreeCode;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameter of a forest: trees one after the other, [trees, floats of a tree]. */
public final class TreeParameters extends NamedParameters {

  /** Its name. */
  public static final String TREES = "W";

  private final int trees;
  private final TreeCode code;

  /** Room for so many trees. */
  public TreeParameters(int trees, TreeCode code) {
    this.trees = trees;
    this.code = code;
  }

  @Override
  List<Part> parts(Layer layer) {
    return List.of(new Part(TREES, Kind.OTHER, 'c', trees, code.length()));
  }

  @Override
  void initialize(Layer layer, String name, INDArray view) {
    view.assign(0);
  }
}
