package io.rankline.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.rankline.data.Section;
import io.rankline.loss.LossText;
import io.rankline.loss.Reduction;
import io.rankline.model.optimizer.LearningRate;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The section {@code pipeline}: hyperparameters of the training. */
final class PipelineSection {

  /** Keys of an object that is one loss; any other object has one loss a task. */
  private static final List<String> KEYS_OF_A_LOSS = List.of("name", "class", "losses");

  private final Section section;
  private final PipelineHparamsBuilder builder = PipelineHparams.builder();

  private PipelineSection(Section section) {
    this.section = section;
  }

  /**
   * The hyperparameters; null after a fault.
   *
   * @param tasks names of the tasks, empty for one without a name; null where they are not known
   */
  static @Nullable PipelineHparams read(Section section, @Nullable Set<String> tasks) {
    PipelineSection reader = new PipelineSection(section);
    reader.readLosses(tasks);
    reader.readOptimizer();
    reader.readLength();
    reader.readSelection();
    reader.readStrategy();
    PipelineHparams hparams = null;
    try {
      hparams = reader.builder.build();
    } catch (IllegalArgumentException e) {
      section.faults(Objects.requireNonNull(e.getMessage()));
    }
    section.rejectUnknownKeys();
    return hparams;
  }

  private void readLosses(@Nullable Set<String> tasks) {
    ConfigValue value = section.value("loss");
    if (value instanceof ConfigObject object
        && KEYS_OF_A_LOSS.stream().noneMatch(object::containsKey)) {
      Map<String, String> byTask = new TreeMap<>();
      object.forEach((task, loss) -> byTask.put(task, loss("loss." + task, loss)));
      builder.loss(byTask);
      if (tasks != null && !tasks.equals(byTask.keySet())) {
        section.fault(
            "loss",
            tasks.isEmpty()
                ? "must be one loss: the data has one label, and no tasks, got losses for "
                    + byTask.keySet()
                : "must be one loss, or one for each task of the data, %s, got losses for %s"
                    .formatted(tasks, byTask.keySet()));
      }
    } else if (value != null) {
      builder.loss(loss("loss", value));
    }
    if (section.has("loss_reduction")) {
      checked(
          "loss_reduction",
          () -> builder.lossReduction(Reduction.ofWireName(section.text("loss_reduction", ""))));
    }
    ConfigValue weights = section.value("loss_weights");
    if (weights instanceof ConfigObject object) {
      Section below = Objects.requireNonNull(section.below("loss_weights", weights));
      Map<String, Double> byTask = new TreeMap<>();
      object.keySet().forEach(task -> byTask.put(task, below.real(task, 1)));
      builder.lossWeights(byTask);
    } else if (weights != null) {
      builder.lossWeights(section.real("loss_weights", 1));
    }
  }

  private String loss(String path, ConfigValue value) {
    try {
      LossText.of(value);
    } catch (IllegalArgumentException e) {
      tell("loss", path.equals("loss") ? "" : path.substring(path.indexOf('.') + 1), value, e);
    }
    return value instanceof ConfigObject
        ? value.render(ConfigRenderOptions.concise())
        : String.valueOf(value.unwrapped());
  }

  private void readOptimizer() {
    ConfigValue value = section.value("optimizer");
    if (value != null) {
      try {
        builder.optimizer(Optimizer.of(value));
      } catch (IllegalArgumentException e) {
        tell("optimizer", "", value, e);
      }
    }
    LearningRate constant = LearningRate.read(section, "learning_rate");
    LearningRate schedule = LearningRate.read(section, "lr_schedule");
    LearningRate rate = schedule == null ? constant : schedule;
    if (rate != null) {
      builder.lrSchedule(rate);
    }
    ifReal("gradient_clip_norm", builder::gradientClipNorm);
    ifReal("l1", builder::l1);
    ifReal("l2", builder::l2);
  }

  private void readLength() {
    builder.modelDir(section.text("model_dir", "")).numEpochs(section.whole("num_epochs", 0));
    ifWhole("steps_per_epoch", builder::stepsPerEpoch);
    ifWhole("num_train_steps", builder::numTrainSteps);
    ifWhole("validation_steps", builder::validationSteps);
    ifWhole("num_valid_steps", builder::numValidSteps);
    ifWhole("checkpoint_steps", builder::checkpointSteps);
    ifWhole("seed", builder::seed);
    if (section.has("steps_per_execution")) {
      builder.stepsPerExecution(section.whole("steps_per_execution", 1));
    }
  }

  private void readSelection() {
    builder
        .automaticReduceLr(section.flag("automatic_reduce_lr", false))
        .earlyStoppingPatience(section.whole("early_stopping_patience", 0))
        .useWeightedMetrics(section.flag("use_weighted_metrics", false))
        .exportBestModel(section.flag("export_best_model", false))
        .bestExporterMetric(section.text("best_exporter_metric", "loss"))
        .bestExporterMetricHigherBetter(section.flag("best_exporter_metric_higher_better", false));
    ifReal("early_stopping_min_delta", builder::earlyStoppingMinDelta);
    if (section.has("warm_start")) {
      builder.warmStart(section.text("warm_start", ""));
    }
  }

  private void readStrategy() {
    if (section.has("strategy")) {
      builder.strategy(section.text("strategy", ""));
    }
    ConfigValue options = section.value("strategy_options");
    if (options != null && section.below("strategy_options", options) != null) {
      ((ConfigObject) options)
          .forEach(
              (name, value) -> builder.strategyOption(name, String.valueOf(value.unwrapped())));
    }
  }

  private void ifWhole(String key, Consumer<Long> set) {
    Long number = section.whole(key);
    if (number != null) {
      set.accept(number);
    }
  }

  private void ifReal(String key, Consumer<Double> set) {
    if (section.has(key)) {
      set.accept(section.real(key, 0));
    }
  }

  private void checked(String key, Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException e) {
      section.fault(key, "is wrong: " + e.getMessage());
    }
  }

  /** Faults of an object come with their places; that of a plain name gets its own. */
  private void tell(String key, String task, ConfigValue value, IllegalArgumentException e) {
    String message = Objects.requireNonNull(e.getMessage());
    if (value instanceof ConfigObject) {
      message.lines().forEach(section::add);
    } else {
      section.fault(key, (task.isEmpty() ? "" : "of " + task + " ") + "is wrong: " + message);
    }
  }
}
