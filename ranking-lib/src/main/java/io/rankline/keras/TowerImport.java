package io.rankline.keras;

import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.model.RankingModel;
import io.rankline.model.scorer.DNNScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;

/**
 * Weights of a TF-Ranking or Keras tower for a model with a {@link DNNScorer} of the same shape,
 * which then scores as the tower does.
 *
 * <p>Layers are found by their kind and order, heads of several tasks by their names; a map says
 * the rest. A bias before batch norm, which a DNNScorer has not, goes into the running mean, and
 * another epsilon of batch norm into gamma: the scores are the same. The rows of the first layer
 * are put in the order of the model's features.
 *
 * <pre>{@code
 * RankingModel model = pipeline.untrained().model();
 * TensorFile file = WeightsFile.read(Storage.ofClassPath(), "/models/saved_model");
 * TowerImport.of(model, scorer).map("click_head", "dense_3").match(file).apply();
 * }</pre>
 */
public final class TowerImport {

  /** Keras's default. */
  private static final double DEFAULT_EPSILON = 1e-3;

  /**
   * The others are other functions in Keras, or have other numbers: gelu, leakyrelu, hardsigmoid.
   */
  private static final List<Activation> AS_IN_KERAS =
      List.of(
          Activation.ELU,
          Activation.IDENTITY,
          Activation.MISH,
          Activation.RELU,
          Activation.RELU6,
          Activation.SELU,
          Activation.SIGMOID,
          Activation.SOFTPLUS,
          Activation.SOFTSIGN,
          Activation.SWISH,
          Activation.TANH);

  private final RankingModel model;
  private final DNNScorer scorer;
  private final Map<String, String> map = new TreeMap<>();
  private List<String> features = List.of();
  private @Nullable Double epsilon;

  private TowerImport(RankingModel model, DNNScorer scorer) {
    this.model = model;
    this.scorer = scorer;
  }

  /** For a model and the scorer that it was built with. */
  public static TowerImport of(RankingModel model, DNNScorer scorer) {
    return new TowerImport(model, scorer);
  }

  /**
   * Says which layer of the file goes into one of the model.
   *
   * @param place {@code input_batch_norm}, {@code hidden_1}, {@code hidden_1_batch_norm}, {@code
   *     TASK_head}, or the name of an embedding table
   * @param layer as the file names it, without the name of a tensor
   */
  public TowerImport map(String place, String layer) {
    map.put(place, layer);
    return this;
  }

  /**
   * Says in which order the tower reads the features, by their names. Default: TF-Ranking's order,
   * the context's sorted by name, then those of items sorted by name.
   */
  public TowerImport features(List<String> names) {
    features = List.copyOf(names);
    return this;
  }

  /**
   * What batch norm of the tower adds to the variance, where the file does not say it. Default
   * 0.001, as in Keras.
   *
   * @throws IllegalArgumentException unless it is above 0 and finite
   */
  public TowerImport epsilon(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epsilon must be above 0, got " + value);
    }
    epsilon = value;
    return this;
  }

  /**
   * Finds a place for every layer of a file.
   *
   * @throws IllegalArgumentException if file and model do not fit together, naming all faults
   */
  public TowerMatch match(TensorFile file) {
    List<Place> places = Place.of(model, scorer);
    LayerMatch layers = new LayerMatch(places, file);
    layers.make(map);
    List<String> faults = new ArrayList<>(layers.faults());
    int[] columns = {};
    try {
      columns = InputOrder.of(model.description().inputs()).columnsThere(features);
    } catch (IllegalArgumentException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    layers.matched().values().forEach(layer -> requireNumbers(layer, faults));
    if (!AS_IN_KERAS.contains(scorer.activation())) {
      faults.add(
          "activation %s is another function in Keras; the same are %s"
              .formatted(
                  name(scorer.activation()),
                  AS_IN_KERAS.stream().map(TowerImport::name).collect(Collectors.joining(", "))));
    }
    NetworkConfig network = NetworkConfig.of(file.modelConfig());
    faults.addAll(network.differences(scorer.activation(), scorer.useBatchNorm()));
    double there = epsilon(network, faults);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new TowerMatch(model, layers.matched(), columns, there, layers.unused(), file.leftOut());
  }

  private static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  private double epsilon(NetworkConfig network, List<String> faults) {
    SortedSet<Double> stored = network.epsilons();
    if (stored.size() > 1 && epsilon == null) {
      faults.add("batch norms of the file have different epsilons, %s".formatted(stored));
    }
    if (epsilon != null) {
      return epsilon;
    }
    return stored.isEmpty() ? DEFAULT_EPSILON : stored.first();
  }

  /** Refuses numbers that are none, and variances below 0. */
  private static void requireNumbers(FileLayer layer, List<String> faults) {
    for (StoredTensor tensor : layer.tensors().values()) {
      boolean variance = tensor.role().equals("moving_variance");
      for (int i = 0; i < tensor.values().length; i++) {
        float value = tensor.values()[i];
        if (!Float.isFinite(value) || (variance && value < 0)) {
          faults.add(
              "tensor '%s' must be finite%s, got %s at place %s"
                  .formatted(tensor.name(), variance ? " and 0 or more" : "", value, i));
          break;
        }
      }
    }
  }
}
