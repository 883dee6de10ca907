package io.rankline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.token.Vocabulary;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.dataset.Base;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.text.Section;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the sections of a run say.
 *
 * @param data the lists
 * @param model the network
 * @param hparams the training
 * @param synthetic made-up data, or null
 * @param ensemble several trainings in place of one, or null
 * @param teacher whose scores are learned in place of labels, or null
 * @param base whose scores are corrected, or null
 */
record RunSections(
    DataSection data,
    ModelSection model,
    PipelineHparams hparams,
    @Nullable SyntheticSection synthetic,
    @Nullable EnsembleSection ensemble,
    @Nullable Teacher teacher,
    @Nullable Base base) {

  /** Without the plain values beside them, which are there to be substituted. */
  static ConfigObject among(Config config) {
    ConfigObject sections = config.root().withoutKey("features");
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      if (!(entry.getValue() instanceof ConfigObject)) {
        sections = sections.withoutKey(entry.getKey());
      }
    }
    return sections;
  }

  /**
   * Reads them all.
   *
   * @param vocabularies makes the vocabulary of a file that the model names
   * @param rules of the training, which throw IllegalArgumentException
   * @throws IllegalArgumentException with all faults
   */
  static RunSections read(
      Section root, Function<String, Vocabulary> vocabularies, Consumer<RunSections> rules) {
    Section synthetic = root.has("synthetic") ? section(root, "synthetic") : null;
    SyntheticSection made = synthetic == null ? null : SyntheticSection.read(synthetic);
    Section dataSection = section(root, "data");
    DataSection data = dataSection == null ? null : DataSection.read(dataSection, modelDir(root));
    Section modelSection = section(root, "model");
    ModelSection model =
        modelSection == null ? null : ModelSection.read(modelSection, data, vocabularies);
    Section pipelineSection = section(root, "pipeline");
    EnsembleSection ensemble =
        pipelineSection == null ? null : PipelineSection.ensemble(pipelineSection);
    Teacher teacher = pipelineSection == null ? null : PipelineSection.teacher(pipelineSection);
    Base base = pipelineSection == null ? null : PipelineSection.base(pipelineSection);
    PipelineHparams hparams =
        pipelineSection == null
            ? null
            : PipelineSection.read(pipelineSection, data == null ? null : data.taskNames());
    if (pipelineSection != null && hparams != null && data != null) {
      IdleSettings.inPipeline(pipelineSection, hparams, data.records());
    }
    root.rejectUnknownKeys();
    root.finish();
    RunSections sections =
        new RunSections(
            Objects.requireNonNull(data),
            Objects.requireNonNull(model),
            Objects.requireNonNull(hparams),
            made,
            ensemble,
            teacher,
            base);
    try {
      rules.accept(sections);
    } catch (IllegalArgumentException e) {
      Objects.requireNonNull(pipelineSection).refused(e);
    }
    root.finish();
    return sections;
  }

  /** Refuses a base where scores cannot be added to its. */
  void requireBase() {
    if (model.scorer() instanceof LambdaMartScorer) {
      throw new IllegalArgumentException(
          "base must be left out for scorer lambdamart, whose trees grow from nothing; it can be"
              + " the base of a network");
    }
    if (!data.taskNames().isEmpty()) {
      throw new IllegalArgumentException(
          "base must be left out for several tasks, got " + data.taskNames());
    }
    if (teacher != null) {
      throw new IllegalArgumentException(
          "base must be left out with a teacher: what a network adds to it is learned by labels");
    }
  }

  /** Where the training's files go; what is wrong with it is the section pipeline's to say. */
  private static String modelDir(Section root) {
    return root.value("pipeline") instanceof ConfigObject pipeline
            && pipeline.get("model_dir") != null
        ? String.valueOf(pipeline.get("model_dir").unwrapped())
        : "";
  }

  private static @Nullable Section section(Section root, String key) {
    ConfigValue value = root.value(key);
    if (value == null) {
      root.fault("%s { ... } is missing".formatted(key));
      return null;
    }
    return root.below(key, value);
  }
}
