package io.rankline.keras;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.nd4j.linalg.activations.Activation;

/**
 * A network as Keras describes it, as far as weights do not tell what is computed with them.
 *
 * @param layers dense layers, batch norms and activations, in their order
 */
record NetworkConfig(List<Layer> layers) {

  private static final String LINEAR = "linear";

  /**
   * A layer.
   *
   * @param type Keras's class: Dense, BatchNormalization or Activation
   * @param activation of it, {@code linear} for none
   * @param epsilon of a batch norm, 0 otherwise
   */
  record Layer(String type, String name, String activation, double epsilon) {

    boolean isActive() {
      return !activation.equals(LINEAR);
    }
  }

  /** Reads a description; one that cannot be read says nothing. */
  static NetworkConfig of(String json) {
    List<Layer> layers = new ArrayList<>();
    if (!json.isBlank()) {
      try {
        ConfigParseOptions options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
        collect(ConfigFactory.parseString(json, options).root().unwrapped(), layers);
      } catch (ConfigException e) {
        layers.clear();
      }
    }
    return new NetworkConfig(List.copyOf(layers));
  }

  /** What its batch norms add to the variance; all values that there are. */
  SortedSet<Double> epsilons() {
    SortedSet<Double> epsilons = new TreeSet<>();
    for (Layer layer : layers) {
      if (layer.type().equals("BatchNormalization")) {
        epsilons.add(layer.epsilon());
      }
    }
    return epsilons;
  }

  /** How it computes something else of the same weights than a tower with that activation. */
  List<String> differences(Activation activation, boolean batchNorm) {
    List<String> differences = new ArrayList<>();
    int heads = lastDense();
    String here = name(activation.name());
    SortedSet<String> others = new TreeSet<>();
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      boolean hidden = k < heads;
      if (hidden && layer.isActive() && !name(layer.activation()).equals(here)) {
        others.add(layer.activation());
      }
      if (batchNorm
          && hidden
          && layer.isActive()
          && layer.type().equals("Dense")
          && isNorm(k + 1)) {
        differences.add(
            "layer '%s' of the file has its activation before the batch norm, a DNNScorer behind it"
                .formatted(layer.name()));
      }
      if (!hidden && layer.isActive()) {
        differences.add(
            "layer '%s' of the file puts %s on the scores, a DNNScorer nothing; save the network without"
                .formatted(layer.name(), layer.activation()));
      }
    }
    if (!others.isEmpty()) {
      differences.add(
          "hidden layers of the file have activation %s, the model %s; set activation = %s"
              .formatted(String.join(" and ", others), here, others.first()));
    }
    return differences;
  }

  private boolean isNorm(int k) {
    return k < layers.size() && layers.get(k).type().equals("BatchNormalization");
  }

  private int lastDense() {
    int last = 0;
    for (int k = 0; k < layers.size(); k++) {
      last = layers.get(k).type().equals("Dense") ? k : last;
    }
    return last;
  }

  /** DL4J's names have no underscores, and Keras has two for one function. */
  private static String name(String activation) {
    String plain = activation.toLowerCase(Locale.ROOT).replace("_", "");
    return switch (plain) {
      case "silu" -> "swish";
      case "identity" -> LINEAR;
      default -> plain;
    };
  }

  private static void collect(Object value, List<Layer> layers) {
    if (value instanceof List<?> list) {
      list.forEach(one -> collect(Objects.requireNonNullElse(one, ""), layers));
    } else if (value instanceof Map<?, ?> object) {
      if (object.get("class_name") instanceof String type
          && object.get("config") instanceof Map<?, ?> config) {
        add(type, config, layers);
      }
      object.values().forEach(one -> collect(Objects.requireNonNullElse(one, ""), layers));
    }
  }

  private static void add(String type, Map<?, ?> config, List<Layer> layers) {
    String name = String.valueOf(config.get("name"));
    String activation = config.get("activation") instanceof String text ? text : LINEAR;
    switch (type) {
      case "Dense", "Activation" -> layers.add(new Layer(type, name, activation, 0));
      case "ReLU", "ELU", "LeakyReLU" ->
          layers.add(new Layer("Activation", name, type.toLowerCase(Locale.ROOT), 0));
      case "BatchNormalization" -> {
        double epsilon = config.get("epsilon") instanceof Number number ? number.doubleValue() : 0;
        layers.add(new Layer(type, name, LINEAR, epsilon));
      }
      default -> {
        // Has no part in the scores, or weights of its own, which are left over.
      }
    }
  }
}
