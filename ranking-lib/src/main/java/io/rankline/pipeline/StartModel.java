package io.rankline.pipeline;

import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.TransformChain;
import io.rankline.io.Folder;
import io.rankline.model.RankingModel;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.EncodedInputsText;
import io.rankline.pipeline.checkpoint.ModelIdentity;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training begins with: fresh parameters, or those of another training. It is kept in {@code
 * start/} of the model_dir, from where a run that continues takes the numbers of its transforms.
 */
final class StartModel {

  private static final Logger LOG = LoggerFactory.getLogger(StartModel.class);

  /** Differences that an error lists; there may be one a feature. */
  private static final int TOLD = 12;

  /** Whether transforms got numbers from the training data, as z_score does. */
  private final boolean fittedToData;

  StartModel(boolean fittedToData) {
    this.fittedToData = fittedToData;
  }

  /**
   * The model of a run. One that has a checkpoint goes on from it, whatever a new one would start
   * from; of a new one, the start is kept.
   *
   * @param warm the folder of a model whose parameters a new one starts from; null for fresh ones
   * @param export how the start is exported
   * @throws IOException as {@link #goingOn} and {@link #warm}
   */
  RankingModel of(
      RankingModel built,
      ModelDir modelDir,
      @Nullable Folder warm,
      Function<RankingModel, ModelExport> export)
      throws IOException {
    if (modelDir.hasCheckpoints()) {
      return goingOn(built, modelDir);
    }
    RankingModel model = warm == null ? built : warm(built, ModelDir.of(warm));
    modelDir.saveStart(export.apply(model));
    return model;
  }

  /**
   * The model to go on with from a checkpoint: as it was built, with the transforms that the
   * training began with.
   *
   * @throws IOException if it has other inputs than that training
   */
  private RankingModel goingOn(RankingModel built, ModelDir modelDir) throws IOException {
    Optional<SavedRankingModel> start = modelDir.start();
    if (start.isEmpty()) {
      return built;
    }
    RankingModel begun = start.get().model();
    List<String> differences = inputDifferences(built, begun);
    if (!differences.isEmpty()) {
      throw new IOException(
          "%s holds checkpoints of another training: %s; use another model_dir, or delete this one"
              .formatted(modelDir.folder().path(), sentence(differences)));
    }
    return withInputsOf(built, begun);
  }

  /**
   * The model with the parameters of another one, the statistics of batch norm among them.
   * Transforms that are fitted to data keep that model's numbers, which its parameters are made
   * for.
   *
   * @throws IOException if that model has other inputs or layers; says which
   */
  private RankingModel warm(RankingModel built, ModelDir.Found source) throws IOException {
    RankingModel other = source.network("warm_start");
    List<String> differences = inputDifferences(built, other);
    differences.addAll(
        ModelIdentity.ofScores(built.graph()).differences(ModelIdentity.ofScores(other.graph())));
    if (!differences.isEmpty()) {
      throw new IOException(
          "warm_start %s is another model: %s; only a model with the same features and layers can"
                  .formatted(source.place(), sentence(differences))
              + " be trained on. Begin without warm_start; where retrain goes on from what serves,"
              + " train the other model once and promote it");
    }
    built.graph().params().assign(other.graph().params());
    LOG.info("starts from the parameters of {}", source.place());
    return withInputsOf(built, other);
  }

  private RankingModel withInputsOf(RankingModel built, RankingModel other) {
    return fittedToData
        ? new RankingModel(
            built.name(),
            built.graph(),
            other.encoder(),
            built.maskFeatureName(),
            built.tasks(),
            built.scope())
        : built;
  }

  private List<String> inputDifferences(RankingModel built, RankingModel other) {
    List<String> differences = new ArrayList<>();
    EncodedInputs here = built.description().inputs();
    EncodedInputs there = other.description().inputs();
    compare(
        "",
        EncodedInputsText.describe(comparable(here)),
        EncodedInputsText.describe(comparable(there)),
        differences);
    here.vocabularies()
        .forEach(
            (name, vocabulary) -> {
              if (!vocabulary.equals(there.vocabularies().getOrDefault(name, vocabulary))) {
                differences.add("vocabulary '%s' has other tokens there".formatted(name));
              }
            });
    return differences;
  }

  private EncodedInputs comparable(EncodedInputs plan) {
    return fittedToData
        ? new EncodedInputs(
            plan.inputs(),
            plan.context().stream().map(StartModel::unfitted).toList(),
            plan.examples().stream().map(StartModel::unfitted).toList(),
            plan.contextTokens(),
            plan.exampleTokens())
        : plan;
  }

  private static EncodedFeature unfitted(EncodedFeature feature) {
    List<Transform> transforms = new ArrayList<>();
    for (Transform transform : feature.chain().transforms()) {
      transforms.add(Transform.unfitted(transform));
    }
    return new EncodedFeature(
        feature.name(),
        feature.inputWidth(),
        new TransformChain(transforms),
        feature.defaultValue(),
        feature.columns());
  }

  private static void compare(
      String path, Map<?, ?> here, Map<?, ?> there, List<String> differences) {
    TreeSet<String> keys = new TreeSet<>();
    here.keySet().forEach(key -> keys.add(String.valueOf(key)));
    there.keySet().forEach(key -> keys.add(String.valueOf(key)));
    for (String key : keys) {
      Object one = here.get(key);
      Object other = there.get(key);
      String name = path.isEmpty() ? key : path + "." + key;
      if (one == null || other == null) {
        differences.add("%s is only %s".formatted(name, one == null ? "there" : "here"));
      } else if (one instanceof Map<?, ?> below && other instanceof Map<?, ?> belowOther) {
        compare(name, below, belowOther, differences);
      } else if (!Objects.equals(one, other)) {
        differences.add("%s is %s there and %s here".formatted(name, other, one));
      }
    }
  }

  private static String sentence(List<String> differences) {
    int more = differences.size() - TOLD;
    return String.join("; ", differences.subList(0, Math.min(TOLD, differences.size())))
        + (more > 0 ? "; and %s more".formatted(more) : "");
  }
}
