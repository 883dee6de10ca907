package io.rankline.model.optimizer;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is averaged over steps: gradients before an update, parameters after it.
 *
 * <pre>
 *   gradient_accumulation_steps  every k-th step updates, by the mean gradient of the last k
 *   use_ema     average = ema_momentum * average + (1 - ema_momentum) * w; begins with the first w
 *   swa_start   average = mean of w over the updates after the swa_start-th; w itself before
 * </pre>
 *
 * <p>Training goes on from w; validation, exports and the model that a training ends with have the
 * average. Running statistics of batch norm are not averaged. Both kinds of state belong to the
 * updater, and so to checkpoints and to what workers start from.
 *
 * @see <a href="https://doi.org/10.1137/0330046">Polyak and Juditsky, Acceleration of stochastic
 *     approximation by averaging, 1992</a>
 * @see <a href="https://arxiv.org/abs/1803.05407">Izmailov et al., Averaging Weights Leads to Wider
 *     Optima and Better Generalization, UAI 2018</a>
 */
public record StepAverages(
    @Option(
            fallback = "1",
            least = 1,
            meaning = "every so many steps update the parameters, by the mean of their gradients")
        int gradientAccumulationSteps,
    @Option(
            fallback = "false",
            meaning =
                "whether validation and exports have the exponential moving average of the"
                    + " parameters")
        boolean useEma,
    @Option(
            fallback = "0.99",
            least = 0,
            below = 1,
            words = "must lie in [0, 1)",
            meaning = "what an update leaves of that average")
        double emaMomentum,
    @Option(
            least = 0,
            meaning =
                "updates after which parameters are averaged, all alike, for validation and"
                    + " exports: stochastic weight averaging, in place of use_ema")
        @Nullable Long swaStart)
    implements Serializable {

  /** One gradient an update, and parameters as they are. */
  public static final StepAverages NONE = RecordCodec.of(StepAverages.class).defaults();

  public StepAverages {
    Faults.in(StepAverages.class, gradientAccumulationSteps, useEma, emaMomentum, swaStart)
        .addUnless(
            !useEma || swaStart == null,
            "",
            "one of use_ema and swa_start can be set, got true and %s",
            swaStart)
        .orThrow();
  }

  /** Updates by the mean gradient of so many steps. */
  public static StepAverages ofGradients(int steps) {
    return new StepAverages(steps, false, NONE.emaMomentum, null);
  }

  /** The exponential moving average of the parameters. */
  public static StepAverages ema(double momentum) {
    return new StepAverages(1, true, momentum, null);
  }

  /** The mean of the parameters over all updates after the first {@code start}. */
  public static StepAverages swa(long start) {
    return new StepAverages(1, false, NONE.emaMomentum, start);
  }

  /** Whether nothing is averaged. */
  public boolean isNone() {
    return gradientAccumulationSteps == 1 && !averagesParameters();
  }

  boolean averagesParameters() {
    return useEma || swaStart != null;
  }

  boolean accumulates() {
    return gradientAccumulationSteps > 1;
  }

  /** State arrays, each as long as the parameters. */
  int slots() {
    return (accumulates() ? 1 : 0) + (averagesParameters() ? 1 : 0);
  }

  /**
   * What an update leaves of the average.
   *
   * @param update its number, from 1
   */
  double keep(long update) {
    if (swaStart == null) {
      return emaMomentum;
    }
    long averaged = update - swaStart;
    return averaged <= 1 ? 0 : (averaged - 1.0) / averaged;
  }
}
