package io.rankline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.RecordSpec;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.ModelFitPipeline;
import io.rankline.pipeline.MultiTaskPipeline;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.Base;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.session.Strategies;
import io.rankline.text.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as a configuration file describes it: the sections {@code data}, {@code model}, {@code
 * pipeline}, and for made-up data {@code synthetic}. Plain values beside them are for substitution,
 * and so is a section {@code features} that is included.
 *
 * <pre>{@code
 * RunConfig.load(Path.of("conf/web30k_dnn.conf"), List.of("pipeline.num_epochs=3"))
 *     .pipeline().trainAndValidate();
 * }</pre>
 */
public final class RunConfig {

  private final DataSection data;
  private final ModelSection model;
  private final PipelineHparams hparams;
  private final @Nullable SyntheticSection synthetic;
  private final @Nullable EnsembleSection ensemble;
  private final @Nullable Teacher teacher;
  private final @Nullable Base base;
  private final String text;

  private RunConfig(
      DataSection data,
      ModelSection model,
      PipelineHparams hparams,
      @Nullable SyntheticSection synthetic,
      @Nullable EnsembleSection ensemble,
      @Nullable Teacher teacher,
      @Nullable Base base,
      String text) {
    this.data = data;
    this.model = model;
    this.hparams = hparams;
    this.synthetic = synthetic;
    this.ensemble = ensemble;
    this.teacher = teacher;
    this.base = base;
    this.text = text;
  }

  /**
   * Reads a file, with what it includes and the environment variables it names.
   *
   * @param file HOCON; vocabularies are looked for in its folder
   * @param overrides in the place of the file's values, as {@code pipeline.num_epochs=3}
   * @throws ConfigurationException with all faults, each with file and line
   */
  public static RunConfig load(Path file, List<String> overrides) {
    return of(
        ConfigText.load(file, overrides),
        Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  /**
   * Reads a text.
   *
   * @param text HOCON
   * @param folder where vocabularies are looked for
   * @param overrides in the place of the text's values
   * @throws ConfigurationException with all faults, each with its line
   */
  public static RunConfig parse(String text, Path folder, List<String> overrides) {
    return of(ConfigText.parse(text, overrides), folder);
  }

  /**
   * The text of a file, includes and environment in their places, whether it is a run or not.
   *
   * @throws ConfigurationException if there is no such file, or it is no HOCON
   */
  public static String textOf(Path file) {
    return ConfigText.render(ConfigText.load(file, List.of()));
  }

  static RunConfig of(Config config, Path folder) {
    Section root = Section.of(sections(config));
    try {
      return read(root, folder, ConfigText.render(config));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(Objects.requireNonNull(e.getMessage()).lines().toList(), e);
    }
  }

  /** The model. */
  public AbstractModelBuilder modelBuilder() {
    return model.modelBuilder(data.records(), base != null);
  }

  /** The network. */
  public Scorer scorer() {
    return model.scorer();
  }

  /** The data; a builder of its own each time, with no list read yet; a base is loaded. */
  public AbstractDatasetBuilder datasetBuilder() {
    return data.datasetBuilder(model.names().maskFeatureName(), teacher, base);
  }

  /** Where the data comes from and how it is read. */
  public DatasetHparams datasetHparams() {
    return data.hparams();
  }

  /** The training. */
  public PipelineHparams hparams() {
    return hparams;
  }

  /** The made-up data, where the file asks for some. */
  public Optional<SyntheticSection> synthetic() {
    return Optional.ofNullable(synthetic);
  }

  /** The ensemble that is made of several trainings, where the file asks for one. */
  public Optional<EnsembleSection> ensemble() {
    return Optional.ofNullable(ensemble);
  }

  /** What records hold: features, labels, weight; without what a base or a teacher reads. */
  public RecordSpec records() {
    return data.records();
  }

  /** The tables that lists are made of before the training, where the file names some. */
  public Optional<TableInputs> tables() {
    return data.tables().isPresent() ? Optional.of(data.tables()) : Optional.empty();
  }

  /** The configuration with includes, overrides and environment in their places. */
  public String text() {
    return text;
  }

  /**
   * What trains it: a MultiTaskPipeline where losses are given by task. Of an ensemble it trains
   * one model, with the seeds of the run.
   *
   * @throws IllegalArgumentException for a metric that it cannot measure; a pipeline of your own
   *     may
   * @throws IllegalStateException if the model has trees, and there is no library to grow them
   */
  public ModelFitPipeline pipeline() {
    ModelFitPipeline pipeline = newPipeline(datasetBuilder());
    if (scorer() instanceof LambdaMartScorer) {
      TreeGrower.find();
    }
    pipeline.monitor().requireAmong(pipeline.measured());
    return pipeline;
  }

  /** The value that says which epoch is best; loads no base, which a run of many has not yet. */
  public Monitor monitor() {
    return withoutBase().monitor();
  }

  private ModelFitPipeline withoutBase() {
    return newPipeline(data.datasetBuilder(model.names().maskFeatureName(), teacher, null));
  }

  private ModelFitPipeline newPipeline(AbstractDatasetBuilder lists) {
    if (base != null) {
      requireBase();
    }
    if (scorer() instanceof LambdaMartScorer) {
      Strategies.requireForTrees(hparams);
      if (teacher != null) {
        throw new IllegalArgumentException(
            "teacher must be left out for scorer lambdamart, whose trees grow by labels; it can be"
                + " the teacher of a network");
      }
    }
    ModelFitPipeline pipeline =
        hparams.loss().common() == null
            ? new MultiTaskPipeline(modelBuilder(), lists, hparams)
            : new SimplePipeline(modelBuilder(), lists, hparams);
    if (synthetic != null
        && data.taskNames().isEmpty()
        && TrueUtility.isKnown(synthetic, data.hparams(), hparams)) {
      pipeline.withReference(new TrueUtility(synthetic, data.hparams()).reference());
    }
    if (data.tables().groupColumn() != null && data.tables().isPresent()) {
      pipeline.withQueryFeature(data.tables().groupColumn());
    }
    return pipeline.withConfiguration(text);
  }

  private void requireBase() {
    if (scorer() instanceof LambdaMartScorer) {
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

  /** The sections without the plain values beside them, which are there to be substituted. */
  private static ConfigObject sections(Config config) {
    ConfigObject sections = config.root().withoutKey("features");
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      if (!(entry.getValue() instanceof ConfigObject)) {
        sections = sections.withoutKey(entry.getKey());
      }
    }
    return sections;
  }

  private static RunConfig read(Section root, Path folder, String text) {
    Section synthetic = root.has("synthetic") ? section(root, "synthetic") : null;
    SyntheticSection made = synthetic == null ? null : SyntheticSection.read(synthetic);
    Section dataSection = section(root, "data");
    DataSection data = dataSection == null ? null : DataSection.read(dataSection, modelDir(root));
    Section modelSection = section(root, "model");
    ModelSection model =
        modelSection == null ? null : ModelSection.read(modelSection, data, folder);
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
    RunConfig run =
        new RunConfig(
            Objects.requireNonNull(data),
            Objects.requireNonNull(model),
            Objects.requireNonNull(hparams),
            made,
            ensemble,
            teacher,
            base,
            text);
    try {
      Objects.requireNonNull(run.withoutBase()); // its constructors have rules of their own
    } catch (IllegalArgumentException e) {
      Objects.requireNonNull(pipelineSection).refused(e);
    }
    root.finish();
    return run;
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
