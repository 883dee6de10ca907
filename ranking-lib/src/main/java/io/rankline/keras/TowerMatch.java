package io.rankline.keras;

import io.rankline.io.tensor.StoredTensor;
import io.rankline.model.RankingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which tensors of a file go where in a model: to be looked at, and to be carried out. */
public final class TowerMatch {

  /**
   * A tensor and its place.
   *
   * @param layer of the model
   * @param tensor of the file
   * @param shape its dimensions
   */
  public record Row(String layer, String tensor, List<Integer> shape) {}

  private final RankingModel model;
  private final Map<Place, FileLayer> layers;
  private final int[] columnsThere;
  private final double epsilon;
  private final List<StoredTensor> unused;
  private final List<String> leftOut;

  /**
   * A match whose shapes have been checked.
   *
   * @param layers of the file for each layer of the model
   * @param columnsThere for each column of the model's rows, that of the file's
   * @param epsilon of the file's batch norms
   * @param unused tensors without a place
   * @param leftOut names of tensors that were not read
   */
  TowerMatch(
      RankingModel model,
      Map<Place, FileLayer> layers,
      int[] columnsThere,
      double epsilon,
      List<StoredTensor> unused,
      List<String> leftOut) {
    this.model = model;
    this.layers = layers;
    this.columnsThere = columnsThere;
    this.epsilon = epsilon;
    this.unused = unused;
    this.leftOut = leftOut;
  }

  /** Every tensor that goes somewhere, in the order of the model's layers. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    layers.forEach(
        (place, layer) ->
            layer
                .tensors()
                .values()
                .forEach(tensor -> rows.add(new Row(place.name(), tensor.name(), tensor.shape()))));
    return List.copyOf(rows);
  }

  /** The tensors that go nowhere, each with its shape, or with its type where it was not read. */
  public List<String> unused() {
    List<String> names = new ArrayList<>();
    unused.forEach(tensor -> names.add(tensor.name() + " " + StoredTensor.words(tensor.shape())));
    names.addAll(leftOut);
    return List.copyOf(names);
  }

  /** Whether features stand in the file's rows as they do in the model's. */
  public boolean hasSameOrder() {
    return InputOrder.isSame(columnsThere);
  }

  /** Sets the parameters of the model. */
  public void apply() {
    layers.forEach(
        (place, layer) -> {
          switch (place.kind()) {
            case DENSE -> setDense(place, layer);
            case BATCH_NORM -> setBatchNorm(place, layer);
            case EMBEDDING -> set(place, "W", values(place, layer, "embeddings", 0));
          }
        });
  }

  private void setDense(Place place, FileLayer layer) {
    float[] kernel = values(place, layer, "kernel", 0);
    set(place, "W", place.equals(first()) ? inOrder(kernel, place.outputs()) : kernel);
    if (place.parameters(model).containsKey("b")) {
      set(place, "b", values(place, layer, "bias", 0));
    }
  }

  private void setBatchNorm(Place place, FileLayer layer) {
    boolean ofInput = place.name().equals("input_batch_norm");
    float[] gamma = values(place, layer, "gamma", 1);
    float[] mean = values(place, layer, "moving_mean", 0);
    float[] variance = values(place, layer, "moving_variance", 1);
    double here = place.epsilon(model);
    for (int j = 0; epsilon != here && j < gamma.length; j++) {
      gamma[j] = (float) (gamma[j] * Math.sqrt((variance[j] + here) / (variance[j] + epsilon)));
    }
    float[] bias = biasBefore(place);
    for (int j = 0; j < bias.length; j++) {
      mean[j] = (float) ((double) mean[j] - bias[j]);
    }
    set(place, "gamma", ofInput ? inOrder(gamma, 1) : gamma);
    float[] beta = values(place, layer, "beta", 0);
    set(place, "beta", ofInput ? inOrder(beta, 1) : beta);
    set(place, "mean", ofInput ? inOrder(mean, 1) : mean);
    set(place, "var", ofInput ? inOrder(variance, 1) : variance);
  }

  /** The bias of the dense layer that a batch norm follows, which it takes away with the mean. */
  private float[] biasBefore(Place norm) {
    for (Map.Entry<Place, FileLayer> entry : layers.entrySet()) {
      Place place = entry.getKey();
      if (place.kind() == LayerKind.DENSE && place.vertex().equals(norm.vertex())) {
        return values(place, entry.getValue(), "bias", 0);
      }
    }
    return new float[0];
  }

  /** The dense layer that reads the features. */
  private Place first() {
    return layers.keySet().stream()
        .filter(place -> place.kind() == LayerKind.DENSE)
        .findFirst()
        .orElseThrow();
  }

  /** Rows of an array in the order of the model's columns. */
  private float[] inOrder(float[] rows, int width) {
    float[] sorted = new float[rows.length];
    for (int i = 0; i < columnsThere.length; i++) {
      System.arraycopy(rows, columnsThere[i] * width, sorted, i * width, width);
    }
    return sorted;
  }

  /** The numbers of a tensor, or the same number where the layer has none of that role. */
  private static float[] values(Place place, FileLayer layer, String role, float absent) {
    float[] values = new float[place.outputs()];
    Arrays.fill(values, absent);
    return layer.tensor(role).map(tensor -> tensor.values().clone()).orElse(values);
  }

  private void set(Place place, String parameter, float[] values) {
    INDArray target = Objects.requireNonNull(place.parameters(model).get(parameter));
    target.assign(Nd4j.create(values, target.shape(), 'c').castTo(target.dataType()));
  }
}
