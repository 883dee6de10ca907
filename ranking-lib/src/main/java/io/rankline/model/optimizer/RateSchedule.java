package io.rankline.model.optimizer;

import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.optimizer.rate.LearningRateText;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A {@link LearningRate} as DL4J asks for it, times a factor that training may lower. */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NONE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE,
    setterVisibility = JsonAutoDetect.Visibility.NONE)
record RateSchedule(LearningRate rate, double factor) implements ISchedule {

  @JsonCreator
  static RateSchedule ofJson(
      @JsonProperty("rate") String rate, @JsonProperty("factor") double factor) {
    return new RateSchedule(LearningRateText.parse(rate), factor);
  }

  @JsonProperty("rate")
  String rateText() {
    return LearningRateText.render(rate);
  }

  @Override
  @JsonProperty("factor")
  public double factor() {
    return factor;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return factor * rate.at(iteration);
  }

  @Override
  @SuppressWarnings({"CloneDeclaresCloneNotSupported", "SuperCloneMissing"}) // nothing is shared
  public RateSchedule clone() {
    return this;
  }
}
