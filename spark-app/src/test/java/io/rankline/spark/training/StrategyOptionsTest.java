package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategyOptionsTest {

  @Test
  void averagingHasDefaults() {
    assertThat(AveragingOptions.of(Map.of()))
        .isEqualTo(new AveragingOptions(0, 5, true, Duration.ofMinutes(5)));
  }

  @Test
  void averagingIsToldAllOfItsFaultsAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                AveragingOptions.of(
                    Map.of(
                        "averaging_frequency", "0",
                        "average_updaters", "maybe",
                        "num_workers", "two")))
        .withMessage(
            "strategy_options.num_workers must be a whole number of 1 or more, got 'two'; strategy_options.averaging_frequency must be a whole number of 1 or more, got '0'; strategy_options.average_updaters must be true or false, got 'maybe'");
  }

  @Test
  void anUnknownOptionIsToldTheNearestKnownFirst() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AveragingOptions.of(Map.of("averaging_freq", "3")))
        .withMessage(
            "strategy_options has an unknown key 'averaging_freq'; expected one of averaging_frequency, average_updaters, num_workers, slots_timeout");
  }

  @Test
  void anOptionOfAnotherStrategyIsToldWhoseItIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AveragingOptions.of(Map.of("gradient_sharing", "exact")))
        .withMessageStartingWith(
            "strategy_options.gradient_sharing is an option of MultiWorkerMirroredStrategy, not of ParameterServerStrategy, whose options are ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterOptions.of(Map.of("averaging_frequency", "5")))
        .withMessageStartingWith(
            "strategy_options.averaging_frequency is an option of ParameterServerStrategy, not of gradient_sharing=exact, whose options are ");
  }

  @Test
  void sharingIsExactOrByThreshold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterOptions.of(Map.of("gradient_sharing", "exakt")))
        .withMessage("strategy_options.gradient_sharing must be exact or threshold, got 'exakt'");
  }

  @Test
  void sharingByThresholdIsRefusedAndNotReplacedByAnother() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterOptions.of(Map.of("gradient_sharing", "threshold")))
        .withMessage(
            "strategy_options.gradient_sharing=threshold is not there yet; use exact, or ParameterServerStrategy, whose workers send once in averaging_frequency steps");
  }
}
