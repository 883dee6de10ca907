package io.rankline.pipeline.checkpoint;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.loss.LossText;
import io.rankline.model.NetworkFile;
import io.rankline.text.Hocon;
import io.rankline.text.Option;
import io.rankline.text.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;

/**
 * What distinguishes one training from another: a checkpoint goes with the network and the
 * hyperparameters that it was made with.
 */
public record ModelIdentity(
    @Option(form = Texts.class, meaning = "those that a resumed training may not change")
        SortedMap<String, String> hyperparameters,
    @Option(
            key = "layers",
            form = Texts.class,
            meaning =
                "fingerprint of each vertex by its name, with its inputs; updaters and counts of"
                    + " steps are left out, since training changes them")
        SortedMap<String, String> network) {

  /** Name of the loss among the hyperparameters; those of tasks are {@code loss of task}. */
  public static final String LOSS = "loss";

  private static final Set<String> CHANGING =
      Set.of("iUpdater", "iupdater", "biasUpdater", "iterationCount", "epochCount");

  /** What has a say in training alone: scores of the same parameters are the same without it. */
  private static final Set<String> OF_TRAINING =
      Set.of(
          "seed",
          "objective",
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

  /** Told by the shapes of parameters, in words that say more. */
  private static final Set<String> SIZES = Set.of("nin", "nout", "nIn", "nOut");

  public ModelIdentity {
    hyperparameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperparameters));
    network = Collections.unmodifiableSortedMap(new TreeMap<>(network));
  }

  /** The identity of a network that is trained with these hyperparameters. */
  public static ModelIdentity of(ComputationGraph graph, Map<String, String> hyperparameters) {
    return new ModelIdentity(new TreeMap<>(hyperparameters), fingerprints(graph, CHANGING));
  }

  /**
   * What has to be the same for one network to take the parameters of another: the shape of each of
   * them, among the hyperparameters, and what layers compute of them. Losses, dropout, penalties,
   * seeds and updaters may differ.
   */
  public static ModelIdentity ofScores(ComputationGraph graph) {
    Set<String> free = new HashSet<>(CHANGING);
    free.addAll(OF_TRAINING);
    free.addAll(SIZES);
    SortedMap<String, String> shapes = new TreeMap<>();
    graph
        .paramTable()
        .forEach((name, value) -> shapes.put("shape of " + name, Arrays.toString(value.shape())));
    return new ModelIdentity(shapes, fingerprints(graph, free));
  }

  private static SortedMap<String, String> fingerprints(ComputationGraph graph, Set<String> free) {
    ConfigObject configuration = Hocon.parseJson(graph.getConfiguration().toJson(), "network");
    SortedMap<String, String> network = new TreeMap<>();
    if (configuration.get("vertices") instanceof ConfigObject vertices
        && configuration.get("vertexInputs") instanceof ConfigObject inputs) {
      vertices.forEach(
          (name, vertex) ->
              network.put(name, fingerprint(stable(vertex, free)) + fingerprint(inputs.get(name))));
    }
    network.put(
        "inputs and outputs",
        fingerprint(configuration.get("networkInputs"))
            + fingerprint(configuration.get("networkOutputs")));
    return network;
  }

  /** What another identity has that this one has not, and the reverse, in words; empty if equal. */
  public List<String> differences(ModelIdentity there) {
    List<String> differences = new ArrayList<>();
    for (String name : names(hyperparameters, there.hyperparameters)) {
      String here = hyperparameters.get(name);
      String other = there.hyperparameters.get(name);
      if (!isSame(name, here, other)) {
        differences.add(
            "%s is %s there and %s here"
                .formatted(
                    name, other == null ? "not set" : other, here == null ? "not set" : here));
      }
    }
    for (String name : names(network, there.network)) {
      String here = network.get(name);
      String other = there.network.get(name);
      if (here == null || other == null) {
        differences.add("layer '%s' is only %s".formatted(name, here == null ? "there" : "here"));
      } else if (!here.equals(other)) {
        differences.add("layer '%s' differs".formatted(name));
      }
    }
    return differences;
  }

  /** Losses may be said in several ways. */
  private static boolean isSame(String name, @Nullable String here, @Nullable String other) {
    boolean isLoss = name.equals(LOSS) || name.startsWith(LOSS + " of ");
    if (here == null || other == null || here.equals(other) || !isLoss) {
      return Objects.equals(here, other);
    }
    try {
      return LossText.parse(here).equals(LossText.parse(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Set<String> names(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    return names;
  }

  /** The value without those keys. */
  private static Object stable(ConfigValue value, Set<String> free) {
    if (value instanceof ConfigObject object) {
      SortedMap<String, Object> kept = new TreeMap<>();
      object.forEach(
          (key, below) -> {
            if (!free.contains(key)) {
              kept.put(key, stable(below, free));
            }
          });
      return kept;
    }
    if (value instanceof ConfigList list) {
      return list.stream().map(entry -> stable(entry, free)).toList();
    }
    return value;
  }

  private static String fingerprint(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
    return NetworkFile.digest(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }
}
