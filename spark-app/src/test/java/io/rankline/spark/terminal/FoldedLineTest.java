package io.rankline.spark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldedLineTest {

  private static final String LINE = "epoch 1/9  loss 31.48  val_metric/ndcg_10 0.98  6 % waiting";

  @Test
  void aLineThatFitsStaysAsItIs() {
    assertThat(FoldedLine.of(LINE, 60)).isEqualTo(LINE);
  }

  @Test
  void aNarrowTerminalHasTheRestBelowAndNoValueIsTorn() {
    assertThat(FoldedLine.of(LINE, 30))
        .isEqualTo(
            """
            epoch 1/9  loss 31.48
              val_metric/ndcg_10 0.98
              6 % waiting\
            """);
  }

  @Test
  void aValueThatIsWiderThanTheTerminalHasALineOfItsOwn() {
    assertThat(FoldedLine.of("since the last checkpoint  lr 1", 20))
        .isEqualTo("since the last checkpoint\n  lr 1");
  }

  @Test
  void aLineInAFileIsNotFolded() {
    assertThat(FoldedLine.of(LINE.repeat(9))).isEqualTo(LINE.repeat(9));
  }
}
