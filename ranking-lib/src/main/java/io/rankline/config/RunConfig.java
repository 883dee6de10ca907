package io.rankline.config;

import com.typesafe.config.Config;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.token.Vocabulary;
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
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.session.Strategies;
import io.rankline.text.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
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

  private final RunSections sections;
  private final String text;
  private final SortedMap<String, Vocabulary> vocabularies;

  private RunConfig(RunSections sections, String text, SortedMap<String, Vocabulary> vocabularies) {
    this.sections = sections;
    this.text = text;
    this.vocabularies = vocabularies;
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
    return of(config, file -> Vocabulary.ofFile(folder.resolve(file)));
  }

  /**
   * Reads a configuration.
   *
   * @param vocabularies makes the vocabulary of a file that it names
   */
  static RunConfig of(Config config, Function<String, Vocabulary> vocabularies) {
    SortedMap<String, Vocabulary> read = new TreeMap<>();
    Section root = Section.of(RunSections.among(config));
    try {
      String text = ConfigText.render(config);
      RunSections sections =
          RunSections.read(
              root,
              file -> read.computeIfAbsent(file, vocabularies),
              // The constructors of a pipeline have rules of their own.
              found -> Objects.requireNonNull(new RunConfig(found, text, read).withoutBase()));
      return new RunConfig(sections, text, read);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(Objects.requireNonNull(e.getMessage()).lines().toList(), e);
    }
  }

  /** The model. */
  public AbstractModelBuilder modelBuilder() {
    return sections.model().modelBuilder(sections.data().records(), sections.base() != null);
  }

  /** The network. */
  public Scorer scorer() {
    return sections.model().scorer();
  }

  /** The data; a builder of its own each time, with no list read yet; a base is loaded. */
  public AbstractDatasetBuilder datasetBuilder() {
    return lists(sections.base());
  }

  /** Where the data comes from and how it is read. */
  public DatasetHparams datasetHparams() {
    return sections.data().hparams();
  }

  /** The training. */
  public PipelineHparams hparams() {
    return sections.hparams();
  }

  /** The made-up data, where the file asks for some. */
  public Optional<SyntheticSection> synthetic() {
    return Optional.ofNullable(sections.synthetic());
  }

  /** The ensemble that is made of several trainings, where the file asks for one. */
  public Optional<EnsembleSection> ensemble() {
    return Optional.ofNullable(sections.ensemble());
  }

  /** What records hold: features, labels, weight; without what a base or a teacher reads. */
  public RecordSpec records() {
    return sections.data().records();
  }

  /** The tables that lists are made of before the training, where the file names some. */
  public Optional<TableInputs> tables() {
    return Optional.of(sections.data().tables()).filter(TableInputs::isPresent);
  }

  /** The configuration with includes, overrides and environment in their places. */
  public String text() {
    return text;
  }

  /** The run without the files that it was read from. */
  public PackedRun packed() {
    return new PackedRun(text, vocabularies);
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
    return newPipeline(lists(null));
  }

  private AbstractDatasetBuilder lists(@Nullable Base base) {
    String mask = sections.model().names().maskFeatureName();
    return sections.data().datasetBuilder(mask, sections.teacher(), base);
  }

  private ModelFitPipeline newPipeline(AbstractDatasetBuilder lists) {
    if (sections.base() != null) {
      sections.requireBase();
    }
    if (scorer() instanceof LambdaMartScorer) {
      Strategies.requireForTrees(sections.hparams());
      if (sections.teacher() != null) {
        throw new IllegalArgumentException(
            "teacher must be left out for scorer lambdamart, whose trees grow by labels; it can be"
                + " the teacher of a network");
      }
    }
    ModelFitPipeline pipeline =
        sections.hparams().loss().common() == null
            ? new MultiTaskPipeline(modelBuilder(), lists, sections.hparams())
            : new SimplePipeline(modelBuilder(), lists, sections.hparams());
    DatasetHparams hparams = sections.data().hparams();
    SyntheticSection made = sections.synthetic();
    if (made != null
        && sections.data().taskNames().isEmpty()
        && TrueUtility.isKnown(made, hparams, sections.hparams())) {
      pipeline.withReference(new TrueUtility(made, hparams).reference());
    }
    tables().map(TableInputs::groupColumn).ifPresent(pipeline::withQueryFeature);
    return pipeline.withConfiguration(text);
  }
}
