package io.rankline.spark.training.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rankline.config.RunConfig;
import io.rankline.pipeline.replica.ThresholdSharing;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.NoOpResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.ResidualClippingPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.TargetSparsityThresholdAlgorithm;
import org.junit.jupiter.api.Test;

class StrategyOptionsTest {

  @Test
  void averagingHasDefaults() {
    assertThat(AveragingOptions.of(Map.of())).isEqualTo(new AveragingOptions(null, 5, true, 300));
  }

  @Test
  void theSampleForClustersIsSound() {
    Map<String, String> options =
        RunConfig.load(Path.of("..", "conf", "web30k_cluster.conf"), List.of())
            .hparams()
            .strategyOptions();

    assertThat(MultiWorkerOptions.of(options))
        .isEqualTo(
            new MultiWorkerOptions(8, MultiWorkerOptions.Way.EXACT, 40_100, 64, 60, 300, null));
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
            "strategy_options.num_workers must be a whole number, got \"two\";"
                + " strategy_options.average_updaters must be true or false, got \"maybe\";"
                + " strategy_options.averaging_frequency must be a whole number of 1 or more, got"
                + " 0");
  }

  @Test
  void anUnknownOptionIsToldTheNearestKnownFirst() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AveragingOptions.of(Map.of("averaging_freq", "3")))
        .withMessage(
            "strategy_options has an unknown key 'averaging_freq'; expected one of"
                + " averaging_frequency, average_updaters, num_workers, slots_timeout");
  }

  @Test
  void anOptionOfAnotherStrategyIsToldWhoseItIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AveragingOptions.of(Map.of("gradient_sharing", "exact")))
        .withMessageStartingWith(
            "strategy_options.gradient_sharing is an option of MultiWorkerMirroredStrategy, not of"
                + " ParameterServerStrategy, whose options are ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiWorkerOptions.of(Map.of("averaging_frequency", "5")))
        .withMessageStartingWith(
            "strategy_options.averaging_frequency is an option of ParameterServerStrategy, not of"
                + " gradient_sharing=exact, whose options are ");
  }

  @Test
  void sharingIsExactOrByThreshold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiWorkerOptions.of(Map.of("gradient_sharing", "exakt")))
        .withMessage(
            "strategy_options.gradient_sharing must be one of exact, threshold, got 'exakt'");
  }

  @Test
  void sharingByThresholdHasDl4jsDefaults() {
    ThresholdSharing read = threshold("adaptive", Map.of());

    assertThat(MultiWorkerOptions.of(Map.of("gradient_sharing", "threshold")).sharing())
        .hasToString(read.toString());
    assertThat(read.algorithm()).isEqualTo(new AdaptiveThresholdAlgorithm());
    assertThat(read.residuals())
        .usingRecursiveComparison()
        .isEqualTo(new ResidualClippingPostProcessor(5, 5));
  }

  @Test
  void everyThresholdAlgorithmIsRead() {
    assertThat(threshold("fixed", Map.of("threshold", "1e-3")).algorithm())
        .isEqualTo(new FixedThresholdAlgorithm(1e-3));
    assertThat(
            threshold(
                    "target_sparsity",
                    Map.of("threshold", "0.1", "target_sparsity", "0.01", "threshold_decay", "0.9"))
                .algorithm())
        .isEqualTo(new TargetSparsityThresholdAlgorithm(0.1, 0.01, 0.9));
    ThresholdSharing adaptive =
        threshold(
            "adaptive",
            Map.of(
                "threshold", "0.1",
                "min_target_sparsity", "0.01",
                "max_target_sparsity", "0.02",
                "threshold_decay", "0.9",
                "residual_clip", "0"));
    assertThat(adaptive.algorithm())
        .isEqualTo(new AdaptiveThresholdAlgorithm(0.1, 0.01, 0.02, 0.9));
    assertThat(adaptive.residuals()).isInstanceOf(NoOpResidualPostProcessor.class);
  }

  @Test
  void sharingByThresholdIsToldAllOfItsFaultsAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                threshold(
                    "fixed",
                    Map.of(
                        "threshold", "0",
                        "target_sparsity", "0.01",
                        "residual_clip", "much",
                        "residual_clip_steps", "0")))
        .withMessage(
            "strategy_options.target_sparsity is an option of threshold_algorithm=target_sparsity,"
                + " and it is fixed; strategy_options.residual_clip must be a number, got \"much\";"
                + " strategy_options.threshold must be a number above 0, got 0.0;"
                + " strategy_options.residual_clip_steps must be a whole number of 1 or more, got"
                + " 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> threshold("adaptive", Map.of("min_target_sparsity", "0.5")))
        .withMessage(
            "strategy_options.min_target_sparsity must be at most max_target_sparsity, got 0.5 and"
                + " 0.01");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> threshold("target_sparsity", Map.of("target_sparsity", "0.1")))
        .withMessage(
            "strategy_options.target_sparsity must be a number above 0, at most 0.0625, got 0.1");
  }

  @Test
  void anOptionOfTheOtherWayOfSharingIsToldWhoseItIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiWorkerOptions.of(Map.of("threshold", "0.1")))
        .withMessage(
            "strategy_options.threshold is an option of gradient_sharing=threshold, not of"
                + " gradient_sharing=exact, whose options are port_count, port, num_workers,"
                + " gradient_sharing, slots_timeout, silence_timeout");
  }

  private static ThresholdSharing threshold(String algorithm, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("gradient_sharing", "threshold");
    options.put("threshold_algorithm", algorithm);
    return (ThresholdSharing) MultiWorkerOptions.of(options).sharing();
  }
}
