package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingFailedExceptionTest {

  private static final String WAY_OUT =
      "; the last checkpoint is kept; try a lower learning_rate, gradient_clip_norm, or transforms for features of large values";

  @Test
  void aLossThatIsNoNumberNamesStepAndLists() {
    assertThatThrownBy(
            () ->
                TrainingFailedException.requireFiniteLoss(
                    step(Double.NaN), () -> List.of("q1", "q2")))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessage(
            "loss must be finite, got NaN at step 25 (step 5 of epoch 3) on lists q1, q2"
                + WAY_OUT);
  }

  @Test
  void aBatchOfManyListsNamesTheFirstOnes() {
    List<String> lists = IntStream.range(0, 13).mapToObj(i -> "q" + i).toList();

    assertThatThrownBy(
            () ->
                TrainingFailedException.requireFiniteLoss(
                    step(Double.POSITIVE_INFINITY), () -> lists))
        .hasMessage(
            "loss must be finite, got Infinity at step 25 (step 5 of epoch 3) on lists q0, q1, q2, q3, q4, q5, q6, q7, q8, q9 and 3 more"
                + WAY_OUT);
  }

  @Test
  void listsMayBeUnknown() {
    assertThatThrownBy(() -> TrainingFailedException.requireFiniteLoss(step(Double.NaN), List::of))
        .hasMessage("loss must be finite, got NaN at step 25 (step 5 of epoch 3)" + WAY_OUT);
  }

  @Test
  void aNumberIsFineAndListsAreNotAskedFor() {
    assertThatCode(
            () ->
                TrainingFailedException.requireFiniteLoss(
                    step(-1e300),
                    () -> {
                      throw new AssertionError();
                    }))
        .doesNotThrowAnyException();
  }

  private static StepResult step(double loss) {
    return new StepResult(3, 5, 25, loss, 8, 80);
  }
}
