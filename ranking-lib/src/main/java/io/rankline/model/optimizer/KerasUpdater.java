package io.rankline.model.optimizer;

import io.rankline.model.optimizer.rate.ConstantRate;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.optimizer.rule.UpdateRule;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An {@link UpdateRule} as DL4J asks for it. The learning rate is mutable, as in DL4J's own
 * updaters: that is how it changes while a network trains.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NONE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE,
    setterVisibility = JsonAutoDetect.Visibility.NONE)
final class KerasUpdater implements IUpdater {

  private final UpdateRule rule;
  private final StepAverages averages;
  private double learningRate;
  private @Nullable ISchedule schedule;

  KerasUpdater(
      UpdateRule rule, StepAverages averages, double learningRate, @Nullable ISchedule schedule) {
    this.rule = rule;
    this.averages = averages;
    this.learningRate = learningRate;
    this.schedule = schedule;
  }

  static KerasUpdater of(UpdateRule rule, StepAverages averages, LearningRate rate) {
    return rate instanceof ConstantRate constant
        ? new KerasUpdater(rule, averages, constant.value(), null)
        : new KerasUpdater(rule, averages, rate.at(0), new RateSchedule(rate, 1));
  }

  @JsonCreator
  static KerasUpdater ofJson(
      @JsonProperty("rule") String rule,
      @JsonProperty("averages") @Nullable String averages,
      @JsonProperty("learningRate") double learningRate,
      @JsonProperty("schedule") @Nullable ISchedule schedule) {
    return new KerasUpdater(
        OptimizerText.parse(rule).rule(),
        averages == null ? StepAverages.NONE : OptimizerText.parseAverages(averages),
        learningRate,
        schedule);
  }

  StepAverages averages() {
    return averages;
  }

  /** Absent where nothing is averaged, as in files of earlier versions. */
  @JsonProperty("averages")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable String averagesText() {
    return averages.isNone() ? null : OptimizerText.render(averages);
  }

  /** State arrays, each as long as the parameters. */
  int slots() {
    return rule.slots() + averages.slots();
  }

  UpdateRule rule() {
    return rule;
  }

  @JsonProperty("rule")
  String ruleText() {
    return OptimizerText.render(rule);
  }

  @JsonProperty("learningRate")
  double learningRate() {
    return learningRate;
  }

  @JsonProperty("schedule")
  @Nullable ISchedule schedule() {
    return schedule;
  }

  /** Multiplies the learning rate, now and as the schedule proceeds. */
  void scaleLearningRate(double factor) {
    learningRate *= factor;
    if (schedule instanceof RateSchedule rate) {
      schedule = new RateSchedule(rate.rate(), rate.factor() * factor);
    } else if (schedule != null) {
      throw new IllegalStateException(
          "a learning rate by %s cannot be scaled; set it instead".formatted(schedule));
    }
  }

  @Override
  public long stateSize(long parameters) {
    return slots() * parameters;
  }

  @Override
  public GradientUpdater<KerasUpdater> instantiate(@Nullable INDArray view, boolean initialize) {
    RuleUpdater updater = new RuleUpdater(this);
    if (view != null) {
      updater.setStateViewArray(view, new long[0], 'c', initialize);
    }
    return updater;
  }

  @Override
  public GradientUpdater<KerasUpdater> instantiate(
      Map<String, INDArray> state, boolean initialize) {
    RuleUpdater updater = new RuleUpdater(this);
    updater.setState(state, initialize);
    return updater;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return schedule == null ? learningRate : schedule.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double newLearningRate, @Nullable ISchedule newSchedule) {
    learningRate = newLearningRate;
    schedule = newSchedule;
  }

  @Override
  @SuppressWarnings({"CloneDeclaresCloneNotSupported", "SuperCloneMissing"}) // the class is final
  public KerasUpdater clone() {
    return new KerasUpdater(
        rule, averages, learningRate, schedule == null ? null : schedule.clone());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KerasUpdater that
        && rule.equals(that.rule)
        && averages.equals(that.averages)
        && Double.compare(learningRate, that.learningRate) == 0
        && Objects.equals(schedule, that.schedule);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, averages, learningRate, schedule);
  }

  @Override
  public String toString() {
    return "%s, learning rate %s".formatted(rule, schedule == null ? learningRate : schedule);
  }
}
