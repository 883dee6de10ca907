package io.rankline.pipeline.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestModelTest {

  private final List<Integer> saved = new ArrayList<>();
  private final FakeRun run = new FakeRun(Path.of("nowhere"), 0);

  @Test
  void savesEachEpochThatIsBetterThanAllBeforeIt() throws IOException {
    BestModel best = saving(Better.LOWER);

    epochs(best, 1, 3, 2, 2, 4, 1);

    assertThat(saved).containsExactly(1, 2, 5);
    assertThat(best.bestEpoch()).hasValue(5);
    assertThat(best.bestValue()).isEqualTo(1);
  }

  @Test
  void moreIsBetterWhereThatIsSaid() throws IOException {
    BestModel best = saving(Better.HIGHER);

    epochs(best, 1, 3, 2, 3, 4);

    assertThat(saved).containsExactly(1, 4);
  }

  @Test
  void anEpochWithoutNumberIsNeverBest() throws IOException {
    BestModel best = saving(Better.LOWER);

    epochs(best, 1, Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(best.bestEpoch()).isEmpty();

    epochs(best, 3, 7, Double.NaN);
    assertThat(saved).containsExactly(3);
  }

  @Test
  void aRestartedRunKnowsWhatWasBest() throws IOException {
    BestModel first = saving(Better.LOWER);
    epochs(first, 1, 3, 2);
    BestModel second = saving(Better.LOWER);
    second.restore(first.state());
    assertThat(second.bestEpoch()).hasValue(2);

    epochs(second, 3, 2.5, 1.5);

    assertThat(saved).containsExactly(1, 2, 4);
    assertThat(second.bestEpoch()).hasValue(4);
  }

  @Test
  void whatCouldNotBeSavedIsNotBest() {
    BestModel best =
        new BestModel(
            Monitor.VALIDATION_LOSS,
            (of, epoch) -> {
              throw new IOException("disk full");
            });

    assertThatThrownBy(() -> epochs(best, 1, 3)).hasMessage("disk full");
    assertThat(best.bestEpoch()).isEmpty();
  }

  private BestModel saving(Better better) {
    return new BestModel(new Monitor("val_loss", better), (of, epoch) -> saved.add(epoch.epoch()));
  }

  private void epochs(BestModel best, int first, double... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      best.onEpochEnd(run, FakeRun.epoch(first + i, "val_loss", values[i]));
    }
  }
}
