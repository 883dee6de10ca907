package io.rankline.pipeline.session;

import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.LambdaMartScorer.Growing;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.text.KnownNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The strategies by TF-Ranking's names. */
public final class Strategies {

  /** Replicas in one process. */
  public static final String MIRRORED = "MirroredStrategy";

  /** Replicas on a cluster, in step. */
  public static final String MULTI_WORKER = "MultiWorkerMirroredStrategy";

  /** Replicas on a cluster that are averaged now and then. */
  public static final String PARAMETER_SERVER = "ParameterServerStrategy";

  private static final String TPU = "TPUStrategy";
  private static final String REPLICAS = "replicas";
  private static final List<String> KNOWN = List.of(MIRRORED, MULTI_WORKER, PARAMETER_SERVER, TPU);

  private Strategies() {}

  /**
   * Refuses a name that leads to no session, before any work starts.
   *
   * @throws IllegalArgumentException saying what to use instead
   */
  public static void require(@Nullable String name) {
    if (name == null || name.equals(MIRRORED) || provider(name) != null) {
      return;
    }
    if (name.equals(TPU)) {
      throw new IllegalArgumentException(
          "strategy %s needs a TPU backend, which ND4J does not have; use %s on a GPU, or %s on a cluster"
              .formatted(TPU, MIRRORED, MULTI_WORKER));
    }
    if (KNOWN.contains(name)) {
      throw new IllegalArgumentException(
          "strategy %s runs on Spark executors; put the module spark-app on the class path"
              .formatted(name));
    }
    throw new IllegalArgumentException(
        "unknown strategy '%s'; expected one of %s"
            .formatted(name, String.join(", ", KnownNames.nearestFirst(name, KNOWN))));
  }

  /**
   * Refuses what only networks do, for a model whose trees are grown.
   *
   * @throws IllegalArgumentException naming the key to leave out
   */
  public static void requireForTrees(PipelineHparams hparams) {
    String name = hparams.strategy();
    require(name);
    StrategyProvider provider = name == null ? null : provider(name);
    if (provider != null && name != null) {
      provider.requireForTrees(name, hparams.strategyOptions());
    } else if (name != null && replicas(hparams) > 1) {
      throw new IllegalArgumentException(
          "strategy_options.replicas shares out the steps of a network, and scorer lambdamart grows"
              + " trees on all processors of this machine; leave replicas out");
    }
    if (hparams.warmStart() != null) {
      throw new IllegalArgumentException(
          "warm_start gives a network its parameters, and scorer lambdamart grows trees from the"
              + " first; leave warm_start out");
    }
  }

  /**
   * Opens the session of the hyperparameters' strategy.
   *
   * @throws IllegalArgumentException as {@link #require}, and for options that it does not have
   */
  public static TrainingSession open(SessionRequest request) throws IOException {
    String name = request.hparams().strategy();
    require(name);
    StrategyProvider provider = name == null ? null : provider(name);
    Optional<Growing> growing = LambdaMartScorer.of(request.model().graph());
    if (growing.isPresent()) {
      requireForTrees(request.hparams());
      return provider == null || name == null
          ? new BoostingSession(request, growing.get())
          : provider.openForTrees(name, request, growing.get());
    }
    if (provider != null && name != null) {
      return provider.open(name, request);
    }
    int replicas = name == null ? 1 : replicas(request.hparams());
    request.hparams().preparation().precision().requireHere();
    return replicas == 1 ? new LocalSession(request) : new MirroredSession(request, replicas);
  }

  private static int replicas(PipelineHparams hparams) {
    String text = hparams.strategyOptions().getOrDefault(REPLICAS, "1");
    for (String option : hparams.strategyOptions().keySet()) {
      if (!option.equals(REPLICAS)) {
        throw new IllegalArgumentException(
            "unknown option '%s' of strategy %s; it has %s".formatted(option, MIRRORED, REPLICAS));
      }
    }
    try {
      int replicas = Integer.parseInt(text);
      if (replicas >= 1) {
        return replicas;
      }
    } catch (NumberFormatException e) {
      // Refused below, as any other value that is no number of replicas.
    }
    throw new IllegalArgumentException(
        "strategy_options.replicas must be a whole number of 1 or more, got '%s'".formatted(text));
  }

  private static @Nullable StrategyProvider provider(String name) {
    for (StrategyProvider provider : ServiceLoader.load(StrategyProvider.class)) {
      if (provider.names().contains(name)) {
        return provider;
      }
    }
    return null;
  }
}
