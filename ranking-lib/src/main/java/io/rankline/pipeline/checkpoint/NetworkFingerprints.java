package io.rankline.pipeline.checkpoint;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.text.Hocon;
import io.rankline.text.Sha256;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of each vertex of a network, by its name, of what DL4J writes of it.
 *
 * <p>Fields are left out by name and all others count. So a field that a new layer brings, of DL4J
 * or of a user too, can only make networks differ, which is refused with a message; it cannot make
 * two networks equal that compute different things.
 */
final class NetworkFingerprints {

  /**
   * Fields that change while a network trains, and {@code momentumCorrected}, which networks of
   * earlier versions lack: they go on with the correction, which is none after so many steps.
   */
  static final Set<String> CHANGING =
      Set.of(
          "iUpdater",
          "iupdater",
          "biasUpdater",
          "iterationCount",
          "epochCount",
          "momentumCorrected");

  /** Fields that matter in training alone: the same parameters score the same without them. */
  static final Set<String> OF_TRAINING =
      Set.of(
          "seed",
          "objective",
          "boosting",
          "taskWeight",
          "dropout",
          "dropoutRate",
          "idropout",
          "noiseStddev",
          "standardDeviation",
          "weightNoise",
          "momentum",
          "inputGradient",
          "weightInitFn",
          "biasInit",
          "gainInit",
          "regularization",
          "regularizationBias",
          "constraints",
          "gradientNormalization",
          "gradientNormalizationThreshold");

  /** Fields that the shapes of parameters show, too. */
  static final Set<String> SIZES = Set.of("nin", "nout", "nIn", "nOut");

  private final Set<String> leftOut;

  private NetworkFingerprints(Set<String> leftOut) {
    this.leftOut = leftOut;
  }

  /** Of all that does not change in training. */
  static SortedMap<String, String> ofTraining(ComputationGraph graph) {
    return new NetworkFingerprints(CHANGING).of(graph);
  }

  /** Of what layers compute of their parameters, whose shapes are left out. */
  static SortedMap<String, String> ofScores(ComputationGraph graph) {
    Set<String> leftOut = new TreeSet<>(CHANGING);
    leftOut.addAll(OF_TRAINING);
    leftOut.addAll(SIZES);
    return new NetworkFingerprints(leftOut).of(graph);
  }

  private SortedMap<String, String> of(ComputationGraph graph) {
    ConfigObject configuration = Hocon.parseJson(graph.getConfiguration().toJson(), "network");
    SortedMap<String, String> network = new TreeMap<>();
    if (configuration.get("vertices") instanceof ConfigObject vertices
        && configuration.get("vertexInputs") instanceof ConfigObject inputs) {
      vertices.forEach(
          (name, vertex) -> network.put(name, digest(counting(vertex)) + digest(inputs.get(name))));
    }
    network.put(
        "inputs and outputs",
        digest(configuration.get("networkInputs")) + digest(configuration.get("networkOutputs")));
    return network;
  }

  private Object counting(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      SortedMap<String, Object> kept = new TreeMap<>();
      object.forEach(
          (field, below) -> {
            if (!leftOut.contains(field)) {
              kept.put(field, counting(below));
            }
          });
      return kept;
    }
    return value instanceof ConfigList list ? list.stream().map(this::counting).toList() : value;
  }

  private static String digest(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
    return Sha256.of(text).substring(0, 16);
  }
}
