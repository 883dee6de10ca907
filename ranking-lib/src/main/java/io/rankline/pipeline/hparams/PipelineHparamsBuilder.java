package io.rankline.pipeline.hparams;

import io.rankline.loss.Reduction;
import io.rankline.model.optimizer.GradientClipping;
import io.rankline.model.optimizer.LearningRate;
import io.rankline.model.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects {@link PipelineHparams}; the only place of their defaults. */
public final class PipelineHparamsBuilder {

  private String modelDir = "";
  private int numEpochs;
  private @Nullable Long stepsPerEpoch;
  private @Nullable Long numTrainSteps;
  private @Nullable Long validationSteps;
  private final SortedMap<String, String> loss = new TreeMap<>();
  private Reduction lossReduction = Reduction.AUTO;
  private final SortedMap<String, Double> lossWeights = new TreeMap<>();
  private Optimizer optimizer = Optimizer.of("adam");
  private @Nullable LearningRate learningRate;
  private @Nullable Double gradientClipNorm;
  private double l1;
  private double l2;
  private int stepsPerExecution = 10;
  private boolean automaticReduceLr;
  private int earlyStoppingPatience;
  private double earlyStoppingMinDelta;
  private boolean useWeightedMetrics;
  private boolean exportBestModel;
  private String bestExporterMetric = "loss";
  private boolean bestExporterMetricHigherBetter;
  private @Nullable String strategy;
  private final SortedMap<String, String> strategyOptions = new TreeMap<>();
  private long checkpointSteps;
  private long seed = 42;
  private @Nullable String warmStart;

  PipelineHparamsBuilder() {}

  /** Folder of checkpoints, logs, report and exports. */
  public PipelineHparamsBuilder modelDir(String folder) {
    this.modelDir = folder;
    return this;
  }

  /** Number of epochs. */
  public PipelineHparamsBuilder numEpochs(int epochs) {
    this.numEpochs = epochs;
    return this;
  }

  /** Steps of an epoch. Default: one pass over the data. */
  public PipelineHparamsBuilder stepsPerEpoch(long steps) {
    this.stepsPerEpoch = steps;
    return this;
  }

  /** Steps of all epochs together, another way to say {@link #stepsPerEpoch}. */
  public PipelineHparamsBuilder numTrainSteps(long steps) {
    this.numTrainSteps = steps;
    return this;
  }

  /** Batches of a validation. Default: all. */
  public PipelineHparamsBuilder validationSteps(long steps) {
    this.validationSteps = steps;
    return this;
  }

  /** The guide's name of {@link #validationSteps}. */
  public PipelineHparamsBuilder numValidSteps(long steps) {
    return validationSteps(steps);
  }

  /** The loss of every task: {@code "softmax_loss"}, {@code "softmax_loss:0.3,..."}. */
  public PipelineHparamsBuilder loss(String specification) {
    loss.put(PipelineHparams.EVERY_TASK, specification);
    return this;
  }

  /** The loss of each task. */
  public PipelineHparamsBuilder loss(Map<String, String> byTask) {
    loss.putAll(byTask);
    return this;
  }

  /** What losses are divided by. Default AUTO. */
  public PipelineHparamsBuilder lossReduction(Reduction reduction) {
    this.lossReduction = reduction;
    return this;
  }

  /** Factor of the loss. Default 1. */
  public PipelineHparamsBuilder lossWeights(double weight) {
    lossWeights.put(PipelineHparams.EVERY_TASK, weight);
    return this;
  }

  /** Factor of each task's loss. Default 1. */
  public PipelineHparamsBuilder lossWeights(Map<String, Double> byTask) {
    lossWeights.putAll(byTask);
    return this;
  }

  /** The optimizer by name or HOCON, as {@code Optimizer.parse} reads it. Default adam. */
  public PipelineHparamsBuilder optimizer(String description) {
    return optimizer(Optimizer.parse(description));
  }

  /** The optimizer. Default adam. */
  public PipelineHparamsBuilder optimizer(Optimizer chosen) {
    this.optimizer = chosen;
    return this;
  }

  /** Constant learning rate. Default: the optimizer's. */
  public PipelineHparamsBuilder learningRate(double rate) {
    this.learningRate = LearningRate.constant(rate);
    return this;
  }

  /** Learning rate by schedule; it stands before {@link #learningRate}. */
  public PipelineHparamsBuilder lrSchedule(LearningRate schedule) {
    this.learningRate = schedule;
    return this;
  }

  /** Limit of the norm of all gradients together. Default: the optimizer's limits. */
  public PipelineHparamsBuilder gradientClipNorm(double limit) {
    this.gradientClipNorm = limit;
    return this;
  }

  /** Factor of the sum of absolute weights in the loss. Default 0. */
  public PipelineHparamsBuilder l1(double factor) {
    this.l1 = factor;
    return this;
  }

  /** Factor of the sum of squared weights in the loss. Default 0. */
  public PipelineHparamsBuilder l2(double factor) {
    this.l2 = factor;
    return this;
  }

  /** Callbacks see the last of so many steps. Default 10. */
  public PipelineHparamsBuilder stepsPerExecution(int steps) {
    this.stepsPerExecution = steps;
    return this;
  }

  /** Whether a plateau of the validation loss lowers the learning rate. Default false. */
  public PipelineHparamsBuilder automaticReduceLr(boolean wanted) {
    this.automaticReduceLr = wanted;
    return this;
  }

  /** Epochs without progress after which training ends. Default 0: never. */
  public PipelineHparamsBuilder earlyStoppingPatience(int epochs) {
    this.earlyStoppingPatience = epochs;
    return this;
  }

  /** Progress that counts. Default 0. */
  public PipelineHparamsBuilder earlyStoppingMinDelta(double delta) {
    this.earlyStoppingMinDelta = delta;
    return this;
  }

  /** Whether validation also reports metrics with the sample weights. Default false. */
  public PipelineHparamsBuilder useWeightedMetrics(boolean wanted) {
    this.useWeightedMetrics = wanted;
    return this;
  }

  /** Whether the best epoch's model is kept and exported. Default false. */
  public PipelineHparamsBuilder exportBestModel(boolean wanted) {
    this.exportBestModel = wanted;
    return this;
  }

  /** What is best: {@code loss}, or a metric as {@code ndcg_5}. Default loss. */
  public PipelineHparamsBuilder bestExporterMetric(String metric) {
    this.bestExporterMetric = metric;
    return this;
  }

  /** Whether more of the best exporter's metric is better. Default false. */
  public PipelineHparamsBuilder bestExporterMetricHigherBetter(boolean higher) {
    this.bestExporterMetricHigherBetter = higher;
    return this;
  }

  /** The strategy by TF-Ranking's name. Default: one replica. */
  public PipelineHparamsBuilder strategy(@Nullable String name) {
    this.strategy = name;
    return this;
  }

  /** One option of the strategy, as {@code num_workers}. */
  public PipelineHparamsBuilder strategyOption(String name, String value) {
    strategyOptions.put(name, value);
    return this;
  }

  /** Steps between checkpoints. Default 0: one at the end of every epoch. */
  public PipelineHparamsBuilder checkpointSteps(long steps) {
    this.checkpointSteps = steps;
    return this;
  }

  /** Seed of initial parameters, dropout and noise. Default 42. */
  public PipelineHparamsBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Folder of an earlier training, or of an exported model, whose parameters a new training starts
   * from, batch norm's statistics among them. Counts of steps, learning rate and the optimizer's
   * state begin anew. Default: fresh parameters.
   */
  public PipelineHparamsBuilder warmStart(@Nullable String folder) {
    this.warmStart = folder;
    return this;
  }

  /**
   * The hyperparameters.
   *
   * @throws IllegalArgumentException with everything that is wrong with them, one fault a line
   */
  public PipelineHparams build() {
    List<String> problems = new ArrayList<>();
    Long steps = stepsPerEpoch;
    if (numTrainSteps != null) {
      if (stepsPerEpoch != null) {
        problems.add(
            "one of steps_per_epoch and num_train_steps can be set, got %d and %d"
                .formatted(stepsPerEpoch, numTrainSteps));
      } else if (numEpochs > 0 && numTrainSteps % numEpochs != 0) {
        problems.add(
            "num_train_steps must be a multiple of num_epochs, %d, got %d"
                .formatted(numEpochs, numTrainSteps));
      } else if (numEpochs > 0) {
        steps = numTrainSteps / numEpochs;
      }
    }
    Optimizer complete = optimizer;
    if (learningRate != null) {
      complete = complete.withLearningRate(learningRate);
    }
    if (gradientClipNorm != null) {
      complete = complete.withClipping(GradientClipping.byGlobalNorm(gradientClipNorm));
    }
    PipelineHparams built = null;
    try {
      built =
          new PipelineHparams(
              modelDir,
              numEpochs,
              steps,
              validationSteps,
              loss,
              lossReduction,
              lossWeights,
              complete,
              l1,
              l2,
              stepsPerExecution,
              automaticReduceLr,
              earlyStoppingPatience,
              earlyStoppingMinDelta,
              useWeightedMetrics,
              exportBestModel,
              bestExporterMetric,
              bestExporterMetricHigherBetter,
              strategy,
              strategyOptions,
              checkpointSteps,
              seed,
              warmStart);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    if (built == null || !problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return built;
  }
}
