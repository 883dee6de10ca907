package io.rankline.keras;

import io.rankline.model.RankingModel;
import io.rankline.model.layer.trained.RowBlockConfiguration;
import io.rankline.model.scorer.DNNScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of the model that weights of a file go into.
 *
 * @param name for people, and to map layers by
 * @param vertex of the graph
 * @param kind what it is
 * @param inputs columns of what a dense layer reads; rows of an embedding; 0 for batch norm
 * @param outputs columns of what it puts out
 * @param task name of the task that it is the head of; empty for other layers
 */
record Place(String name, String vertex, LayerKind kind, int inputs, int outputs, String task) {

  private static final String WEIGHTS = "W";

  /** The layers of a model, in the order in which rows go through them. */
  static List<Place> of(RankingModel model, DNNScorer scorer) {
    List<Place> places = new ArrayList<>();
    for (String table : model.description().inputs().tables().keySet()) {
      INDArray rows = parameter(model, table + "_embedding", WEIGHTS);
      places.add(
          new Place(
              table,
              table + "_embedding",
              LayerKind.EMBEDDING,
              Math.toIntExact(rows.size(0)),
              Math.toIntExact(rows.size(1)),
              ""));
    }
    if (scorer.inputBatchNorm()) {
      places.add(batchNorm(model, "input_batch_norm", "input_batch_norm"));
    }
    for (int k = 1; k <= scorer.hiddenLayerDims().size(); k++) {
      String vertex = "hidden_" + k;
      places.add(dense(model, vertex, ""));
      if (scorer.useBatchNorm()) {
        places.add(batchNorm(model, vertex + "_batch_norm", vertex));
      }
    }
    scorer.tasks().stream()
        .sorted()
        .forEach(task -> places.add(dense(model, task + "_head", task)));
    return places;
  }

  /** The shape of a tensor of a role. */
  List<Integer> shape(String role) {
    return role.equals("kernel") || role.equals("embeddings")
        ? List.of(inputs, outputs)
        : List.of(outputs);
  }

  /** The parameters of the layer by their names, to be set. */
  Map<String, INDArray> parameters(RankingModel model) {
    return model.graph().getVertex(vertex).paramTable(false);
  }

  /** What batch norm of this layer adds to the variance. */
  double epsilon(RankingModel model) {
    return ((RowBlockConfiguration) model.graph().getLayer(vertex).conf().getLayer()).epsilon();
  }

  private static Place dense(RankingModel model, String vertex, String task) {
    INDArray weights = parameter(model, vertex, WEIGHTS);
    return new Place(
        vertex,
        vertex,
        LayerKind.DENSE,
        Math.toIntExact(weights.size(0)),
        Math.toIntExact(weights.size(1)),
        task);
  }

  private static Place batchNorm(RankingModel model, String name, String vertex) {
    int columns = Math.toIntExact(parameter(model, vertex, "gamma").length());
    return new Place(name, vertex, LayerKind.BATCH_NORM, 0, columns, "");
  }

  private static INDArray parameter(RankingModel model, String vertex, String name) {
    return Objects.requireNonNull(model.graph().getVertex(vertex).paramTable(false).get(name));
  }
}
