package io.rankline.config.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.config.sweep.Halving.Round;
import org.junit.jupiter.api.Test;

class HalvingTest {

  @Test
  void oneInThreeGoesOnForThreeTimesAsManyEpochs() {
    Halving halving = Halving.of(27, 27, 3);

    assertThat(halving.rounds())
        .containsExactly(new Round(27, 1), new Round(9, 3), new Round(3, 9), new Round(1, 27));
    assertThat(halving.epochs()).isEqualTo(27 + 9 * 2 + 3 * 6 + 18);
  }

  @Test
  void numbersNeedNotFit() {
    assertThat(Halving.of(10, 30, 3).rounds())
        .containsExactly(new Round(10, 3), new Round(3, 10), new Round(1, 30));
    assertThat(Halving.of(5, 8, 2).rounds())
        .containsExactly(new Round(5, 2), new Round(2, 4), new Round(1, 8));
  }

  @Test
  void fewTrialsHaveOneRound() {
    assertThat(Halving.of(2, 30, 3).rounds()).containsExactly(new Round(2, 30));
  }

  @Test
  void fewEpochsHaveFewerRounds() {
    assertThat(Halving.of(27, 3, 3).rounds()).containsExactly(new Round(27, 1), new Round(1, 3));
    assertThat(Halving.of(27, 1, 3).rounds()).containsExactly(new Round(27, 1));
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertThatThrownBy(() -> Halving.of(9, 3, 1)).hasMessage("one in 2 or more goes on, got 1");
    assertThatThrownBy(() -> Halving.of(1, 3, 3))
        .hasMessage("takes 2 trials and 1 epoch or more, got 1 and 3");
  }
}
