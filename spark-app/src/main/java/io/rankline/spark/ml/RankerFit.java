package io.rankline.spark.ml;

import io.rankline.config.ConfigurationException;
import io.rankline.config.RunConfig;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.pipeline.ModelFitPipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.dataset.TaughtDatasetBuilder;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.session.Strategies;
import io.rankline.spark.scoring.ModelFiles;
import io.rankline.spark.table.RankingTable;
import io.rankline.spark.table.TableFiles;
import io.rankline.spark.training.ClusterStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * One fit: the table is checked, written as ELWC files, and trained on as any files are. Fits take
 * turns, as each uses all slots, or all cores of the driver: two at a time would wait for slots
 * that the other holds.
 */
final class RankerFit {

  private static final Logger LOG = LoggerFactory.getLogger(RankerFit.class);

  private static final ReentrantLock TURN = new ReentrantLock(true);

  /**
   * Files of a training on the driver: it reads several side by side, in an order that depends on
   * their number, which must therefore not be that of cores or partitions.
   */
  private static final int FILES_FOR_DRIVER = 8;

  private static final int MOST_FILES = 1000;

  private static final String TRAIN = "train";
  private static final String VALID = "valid";
  private static final String MODEL = "model";

  private final NeuralRanker owner;
  private final RankerParams params;
  private final Dataset<Row> data;
  private final RankerText text;
  private final RecordSpec spec;
  private final @Nullable String group;
  private final RankingTable table;
  private final @Nullable ValidationRows validation;

  private RankerFit(NeuralRanker owner, RankerParams params, Dataset<Row> data) {
    FeatureColumns.required(owner, params, data.schema());
    this.owner = owner;
    this.params = params;
    this.data = data;
    this.text = new RankerText(owner, params);
    this.spec = text.spec(data);
    String group = owner.isSet(params.groupCol) ? owner.getOrDefault(params.groupCol) : null;
    this.group = group;
    this.table = table(spec);
    this.validation =
        owner.isSet(params.validationIndicatorCol)
            ? ValidationRows.of(data, owner.getOrDefault(params.validationIndicatorCol), group)
            : null;
  }

  private RankingTable table(RecordSpec read) {
    return FeatureColumns.holdsLists(data.schema())
        ? RankingTable.ofLists(data.schema(), read, group)
        : RankingTable.ofItems(data.schema(), read, group);
  }

  /** The table to train on: with a teacher, its scores or features too. */
  private RankingTable taught(RunConfig run) {
    if (!(run.datasetBuilder() instanceof TaughtDatasetBuilder builder)) {
      return table;
    }
    try {
      return table(builder.trainingSpec());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pipeline.teacher: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("pipeline.teacher: " + e.getMessage(), e);
    }
  }

  /**
   * A fit, with everything checked that the schema and the configuration show.
   *
   * @throws IllegalArgumentException with all that is wrong
   */
  static RankerFit of(NeuralRanker owner, RankerParams params, Dataset<Row> data) {
    RankerFit fit = new RankerFit(owner, params, data);
    RunConfig run = fit.configuration("unknown", "unknown", "unknown", List.of());
    Objects.requireNonNull(run.pipeline());
    ClusterStrategies.require(data.sparkSession(), run.hparams());
    Objects.requireNonNull(fit.taught(run));
    for (List<String> member : EnsembleFit.members(run, "unknown")) {
      Objects.requireNonNull(fit.configuration("unknown", "unknown", "unknown", member).pipeline());
    }
    return fit;
  }

  /** Trains, when it is this fit's turn. */
  NeuralRankerModel run() {
    try {
      TURN.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another fit trains", e);
    }
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession.setActiveSession(data.sparkSession());
    try {
      return train();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } finally {
      if (before.isDefined()) {
        SparkSession.setActiveSession(before.get());
      } else {
        SparkSession.clearActiveSession();
      }
      TURN.unlock();
    }
  }

  private NeuralRankerModel train() throws IOException {
    SparkSession spark = data.sparkSession();
    String asked = owner.isSet(params.stagingDir) ? owner.getOrDefault(params.stagingDir) : null;
    try (StagingFolder staging = StagingFolder.make(spark, asked)) {
      String train = staging.path(TRAIN);
      String valid = validation == null ? train : staging.path(VALID);
      RunConfig run = configuration(train, valid, staging.path(MODEL), List.of());
      requireNewFolder(run.hparams());
      Dataset<Row> rows = validation == null ? data : validation.toTrain();
      requireSome(write(rows, taught(run), train, run));
      if (validation != null) {
        TableFiles.Written written = write(validation.toValidate(), table, valid, run);
        validation.requireSome(written.lists());
      }
      if (run.ensemble().isPresent()) {
        EnsembleFit ensemble = new EnsembleFit(run, named(run.text(), staging));
        Folder export =
            ensemble.train(
                member -> train(configuration(train, valid, staging.path(MODEL), member), staging));
        return new NeuralRankerModel(owner.uid(), ModelFiles.read(export), null, null);
      }
      TrainingResult result = train(run, staging);
      ModelFiles files = ModelFiles.read(EnsembleFit.export(result));
      return new NeuralRankerModel(owner.uid(), files, result.epochs(), result.study());
    }
  }

  private static TrainingResult train(RunConfig run, StagingFolder staging) throws IOException {
    ModelFitPipeline pipeline = run.pipeline().withConfiguration(named(run.text(), staging));
    TrainingResult result;
    try {
      result = pipeline.trainAndValidate();
    } catch (IOException e) {
      throw new IOException(named(String.valueOf(e.getMessage()), staging), e);
    }
    result.data().stream()
        .filter(profile -> !profile.leftOut().isEmpty())
        .forEach(profile -> LOG.warn("{}: {}", profile.name(), profile.leftOut()));
    return result;
  }

  /** A text without the folders that last as long as the fit. */
  private static String named(String text, StagingFolder staging) {
    return text.replace(staging.path(TRAIN), "train rows of a DataFrame")
        .replace(staging.path(VALID), "validation rows of a DataFrame")
        .replace(staging.path(MODEL), "kept for the fit only");
  }

  private void requireSome(TableFiles.Written training) {
    if (training.lists() == 0) {
      throw new IllegalArgumentException(
          training.faultyRows() > 0
              ? "there is nothing to train on: no list can be made of any of %s rows"
                  .formatted(training.faultyRows())
              : validation == null
                  ? "there is nothing to train on: the DataFrame has no rows"
                  : validation.nothingToTrainOn());
    }
  }

  private TableFiles.Written write(
      Dataset<Row> rows, RankingTable read, String folder, RunConfig run) throws IOException {
    boolean onExecutors =
        run.hparams().strategy() != null && !Strategies.MIRRORED.equals(run.hparams().strategy());
    int slots = data.sparkSession().sparkContext().defaultParallelism();
    int files =
        onExecutors
            ? Math.min(MOST_FILES, Math.max(slots, rows.rdd().getNumPartitions()))
            : FILES_FOR_DRIVER;
    TableFiles.Written written =
        TableFiles.write(rows, read, folder, files, run.datasetHparams().onCorruptRecord());
    LOG.info("{} lists of {} items in {} files", written.lists(), written.items(), files);
    return written;
  }

  /**
   * What is trained.
   *
   * @param more overrides above all others
   * @throws IllegalArgumentException with all that is wrong
   */
  private RunConfig configuration(String train, String valid, String modelDir, List<String> more) {
    List<String> overrides = new ArrayList<>(text.overrides());
    overrides.add("data.train_input_pattern=\"%s\"".formatted(train));
    overrides.add("data.valid_input_pattern=\"%s\"".formatted(valid));
    overrides.add("data.dataset_reader=tfrecord");
    overrides.add("data.format=elwc");
    if (!text.hasModelDir()) {
      overrides.add("pipeline.model_dir=\"%s\"".formatted(modelDir));
    }
    if (validation == null && !text.hasValidationSteps()) {
      // Nothing to validate with: an epoch ends with the metrics of a batch of training data.
      overrides.add("pipeline.validation_steps=1");
    }
    overrides.addAll(more);
    try {
      return RunConfig.parse(text.text(spec), Path.of("").toAbsolutePath(), overrides);
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException(RankerText.faults(e.problems()), e);
    }
  }

  /** A fit never goes on where another one ended: those of a grid would find each other's. */
  private static void requireNewFolder(PipelineHparams hparams) throws IOException {
    if (!Storage.ofClassPath().folder(hparams.modelDir()).names().isEmpty()) {
      throw new IOException(
          "modelDir '%s' is not empty; each fit needs a folder of its own: name another, or leave modelDir out, as in cross-validation"
              .formatted(hparams.modelDir()));
    }
  }
}
