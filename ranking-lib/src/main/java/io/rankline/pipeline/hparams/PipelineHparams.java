package io.rankline.pipeline.hparams;

import io.rankline.loss.LossObjective;
import io.rankline.loss.Reduction;
import io.rankline.model.NetworkPreparation;
import io.rankline.model.kernel.Precision;
import io.rankline.model.layer.trained.TrainingPrecision;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.optimizer.OptimizerForm;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.Texts;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a pipeline trains: TF-Ranking's hyperparameters, and a few that its users miss. */
public record PipelineHparams(
    @Option(
            fallback = "",
            filled = "must be a folder",
            meaning = "folder of checkpoints, logs, report and exports, on any storage")
        String modelDir,
    @Option(fallback = "0", least = 1, meaning = "number of epochs") int numEpochs,
    @Option(least = 1, meaning = "steps of an epoch; one pass over the data by default")
        @Nullable Long stepsPerEpoch,
    @Option(
            aliases = "num_valid_steps",
            least = 1,
            meaning = "batches of a validation; all by default")
        @Nullable Long validationSteps,
    @Option(
            fallback = "{}",
            filled = "must name a loss, as softmax_loss",
            form = LossesForm.class,
            meaning = "the loss, or one of each task")
        PerTask<LossObjective> loss,
    @Option(fallback = "auto", meaning = "what losses are divided by") Reduction lossReduction,
    @Option(
            fallback = "{}",
            least = 0,
            form = TaskWeightsForm.class,
            meaning = "factor of the loss, or of that of each task; 1 for those not named")
        PerTask<Double> lossWeights,
    @Option(
            fallback = "adam",
            form = OptimizerForm.class,
            meaning = "how parameters follow gradients")
        Optimizer optimizer,
    @Option(
            key = "l1",
            fallback = "0",
            least = 0,
            meaning = "factor of the sum of absolute weights in the loss")
        double l1,
    @Option(
            key = "l2",
            fallback = "0",
            least = 0,
            meaning = "factor of the sum of squared weights in the loss")
        double l2,
    @Option(
            fallback = "float32",
            meaning =
                "what dense layers multiply in while they train: float32, or mixed_bfloat16 on"
                    + " processors that are faster with it")
        Precision precision,
    @Option(
            fallback = "false",
            meaning =
                "whether a training is refused where its precision is not to be had; it goes on in"
                    + " float32 otherwise")
        boolean precisionRequired,
    @Option(fallback = "10", least = 1, meaning = "callbacks see the last of so many steps")
        int stepsPerExecution,
    @Option(
            fallback = "false",
            meaning = "whether a plateau of automatic_reduce_lr_metric lowers the learning rate")
        boolean automaticReduceLr,
    @Option(
            fallback = "loss",
            filled = "must be loss, or a metric as ndcg_5",
            meaning = "what has to improve for the learning rate to stay: loss, or a metric")
        String automaticReduceLrMetric,
    @Option(
            fallback = "0",
            least = 0,
            meaning = "epochs without progress after which training ends; 0 for never")
        int earlyStoppingPatience,
    @Option(fallback = "0", least = 0, meaning = "progress that counts")
        double earlyStoppingMinDelta,
    @Option(
            fallback = "false",
            meaning = "whether validation also reports metrics with the sample weights")
        boolean useWeightedMetrics,
    @Option(fallback = "false", meaning = "whether the best epoch's model is kept and exported")
        boolean exportBestModel,
    @Option(
            fallback = "loss",
            filled = "must be loss, or a metric as ndcg_5",
            meaning =
                "what is best, for exports, early stopping and the report: loss, or any metric, as"
                    + " ndcg_5, map or TASK_metric/mrr; validation measures it then")
        String bestExporterMetric,
    @Option(
            meaning =
                "whether more of it is better; need not be given, since the metric says so, and is"
                    + " refused where it says the opposite")
        @Nullable Boolean bestExporterMetricHigherBetter,
    @Option(meaning = "TF-Ranking's name of the strategy; one replica by default")
        @Nullable String strategy,
    @Option(
            fallback = "{}",
            form = Texts.class,
            meaning = "options of the strategy, as num_workers")
        SortedMap<String, String> strategyOptions,
    @Option(
            fallback = "0",
            least = 0,
            meaning = "steps between checkpoints; 0 for one at the end of every epoch")
        long checkpointSteps,
    @Option(fallback = "42", meaning = "seed of initial parameters, dropout and noise") long seed,
    @Option(
            filled = "must be a folder",
            meaning =
                "model_dir of an earlier training, or an exported model, whose parameters a new"
                    + " training starts from. A training that has a checkpoint goes on from that")
        @Nullable String warmStart,
    @Option(
            fallback = "false",
            meaning =
                "whether a run that finds checkpoints of other data or data settings in model_dir"
                    + " goes on all the same")
        boolean allowChanges,
    @Option(
            filled = "must be a folder",
            meaning =
                "model_dir of an earlier training, which the report compares this one with: curves,"
                    + " values, queries, and the keys that differ")
        @Nullable String compareWith)
    implements Serializable {

  public PipelineHparams {
    strategyOptions = Collections.unmodifiableSortedMap(new TreeMap<>(strategyOptions));
    Faults.in(
            PipelineHparams.class,
            modelDir,
            numEpochs,
            stepsPerEpoch,
            validationSteps,
            loss,
            lossReduction,
            lossWeights,
            optimizer,
            l1,
            l2,
            precision,
            precisionRequired,
            stepsPerExecution,
            automaticReduceLr,
            automaticReduceLrMetric,
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
            warmStart,
            allowChanges,
            compareWith)
        .orThrow(HparamsException::new);
  }

  /** Hyperparameters with TF-Ranking's defaults; model_dir, num_epochs and loss have none. */
  public static PipelineHparamsBuilder builder() {
    return new PipelineHparamsBuilder();
  }

  /** What its networks are prepared with. */
  public NetworkPreparation preparation() {
    return new NetworkPreparation(
        optimizer.clipping(), new TrainingPrecision(precision, precisionRequired));
  }

  /** The factor of a task's loss. */
  public double lossWeight(String task) {
    return lossWeights.of(task).orElse(1.0);
  }
}
