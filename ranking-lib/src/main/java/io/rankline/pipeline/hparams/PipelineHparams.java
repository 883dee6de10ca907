package io.rankline.pipeline.hparams;

import io.rankline.loss.Reduction;
import io.rankline.model.optimizer.Optimizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline trains: TF-Ranking's hyperparameters, and a few that its users miss.
 *
 * @param modelDir folder of checkpoints, logs, report and exports, on any storage
 * @param numEpochs number of epochs, 1 or more
 * @param stepsPerEpoch steps of an epoch; null for one pass over the data
 * @param validationSteps batches of a validation; null for all
 * @param loss loss of each task in the form of {@code LossText}; the key is {@code ""} for one loss
 *     that holds for every output
 * @param lossReduction what losses are divided by
 * @param lossWeights factor of each task's loss; the key is {@code ""} for all; 1 where not said
 * @param optimizer with its learning rate and clipping
 * @param l1 factor of the sum of absolute weights in the loss
 * @param l2 factor of the sum of squared weights in the loss
 * @param stepsPerExecution callbacks see the last of so many steps
 * @param automaticReduceLr whether a plateau of the validation loss lowers the learning rate
 * @param earlyStoppingPatience epochs without progress after which training ends; 0 for never
 * @param earlyStoppingMinDelta progress that counts
 * @param useWeightedMetrics whether validation also reports metrics with the sample weights
 * @param exportBestModel whether the best epoch's model is kept and exported
 * @param bestExporterMetric what is best: {@code loss}, or a metric as {@code ndcg_5}
 * @param bestExporterMetricHigherBetter whether more of it is better
 * @param strategy by TF-Ranking's name; null for one replica
 * @param strategyOptions options of the strategy, as {@code num_workers}
 * @param checkpointSteps steps between checkpoints; 0 for one at the end of every epoch
 * @param seed of initial parameters, dropout and noise
 * @param warmStart model_dir of an earlier training, or an exported model, whose parameters a new
 *     training starts from; null for fresh ones. A training that has a checkpoint goes on from that
 */
public record PipelineHparams(
    String modelDir,
    int numEpochs,
    @Nullable Long stepsPerEpoch,
    @Nullable Long validationSteps,
    SortedMap<String, String> loss,
    Reduction lossReduction,
    SortedMap<String, Double> lossWeights,
    Optimizer optimizer,
    double l1,
    double l2,
    int stepsPerExecution,
    boolean automaticReduceLr,
    int earlyStoppingPatience,
    double earlyStoppingMinDelta,
    boolean useWeightedMetrics,
    boolean exportBestModel,
    String bestExporterMetric,
    boolean bestExporterMetricHigherBetter,
    @Nullable String strategy,
    SortedMap<String, String> strategyOptions,
    long checkpointSteps,
    long seed,
    @Nullable String warmStart)
    implements Serializable {

  /** The key of a loss or weight that holds for every task. */
  public static final String EVERY_TASK = "";

  public PipelineHparams {
    loss = Collections.unmodifiableSortedMap(new TreeMap<>(loss));
    lossWeights = Collections.unmodifiableSortedMap(new TreeMap<>(lossWeights));
    strategyOptions = Collections.unmodifiableSortedMap(new TreeMap<>(strategyOptions));
    List<String> problems = new ArrayList<>();
    if (modelDir.isBlank()) {
      problems.add("model_dir must be a folder, got none");
    }
    atLeast(problems, "num_epochs", 1, numEpochs);
    if (stepsPerEpoch != null) {
      atLeast(problems, "steps_per_epoch", 1, stepsPerEpoch);
    }
    if (validationSteps != null) {
      atLeast(problems, "validation_steps", 1, validationSteps);
    }
    if (loss.isEmpty()) {
      problems.add("loss must name a loss, as softmax_loss, got none");
    }
    lossWeights.forEach(
        (task, weight) -> {
          if (!(weight >= 0) || Double.isInfinite(weight)) {
            problems.add("loss_weights must be 0 or more and finite, got " + weight);
          }
        });
    atLeast(problems, "steps_per_execution", 1, stepsPerExecution);
    atLeast(problems, "early_stopping_patience", 0, earlyStoppingPatience);
    atLeast(problems, "checkpoint_steps", 0, checkpointSteps);
    if (warmStart != null && warmStart.isBlank()) {
      problems.add("warm_start must be a folder, got none");
    }
    notNegative(problems, "early_stopping_min_delta", earlyStoppingMinDelta);
    notNegative(problems, "l1", l1);
    notNegative(problems, "l2", l2);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** Hyperparameters with TF-Ranking's defaults; model_dir, num_epochs and loss have none. */
  public static PipelineHparamsBuilder builder() {
    return new PipelineHparamsBuilder();
  }

  /** The factor of a task's loss. */
  public double lossWeight(String task) {
    Double own = lossWeights.get(task);
    Double common = lossWeights.get(EVERY_TASK);
    return own != null ? own : common != null ? common : 1;
  }

  /** Where the monitored value of the best model stands among the logs of an epoch. */
  public String bestExporterLog() {
    return bestExporterMetric.equals("loss") ? "val_loss" : "val_metric/" + bestExporterMetric;
  }

  private static void atLeast(List<String> problems, String name, long least, long value) {
    if (value < least) {
      problems.add("%s must be %d or more, got %d".formatted(name, least, value));
    }
  }

  private static void notNegative(List<String> problems, String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      problems.add("%s must be 0 or more and finite, got %s".formatted(name, value));
    }
  }
}
