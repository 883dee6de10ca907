package io.rankline.pipeline.checkpoint;

import io.rankline.loss.LossText;
import io.rankline.text.Option;
import io.rankline.text.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  public ModelIdentity {
    hyperparameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperparameters));
    network = Collections.unmodifiableSortedMap(new TreeMap<>(network));
  }

  /** The identity of a network that is trained with these hyperparameters. */
  public static ModelIdentity of(ComputationGraph graph, Map<String, String> hyperparameters) {
    return new ModelIdentity(new TreeMap<>(hyperparameters), NetworkFingerprints.ofTraining(graph));
  }

  /**
   * What has to be the same for one network to take the parameters of another: the shape of each of
   * them, among the hyperparameters, and what layers compute of them. Losses, dropout, penalties,
   * seeds and updaters may differ.
   */
  public static ModelIdentity ofScores(ComputationGraph graph) {
    SortedMap<String, String> shapes = new TreeMap<>();
    graph
        .paramTable()
        .forEach((name, value) -> shapes.put("shape of " + name, Arrays.toString(value.shape())));
    return new ModelIdentity(shapes, NetworkFingerprints.ofScores(graph));
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

  /** Equal as text, or as losses, which have several texts. */
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
}
