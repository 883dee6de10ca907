package io.rankline.spark.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTest {

  private final List<String> ended = new ArrayList<>();
  private final Kept<String> kept = new Kept<>(2, ended::add);

  @Test
  void aWorkerGetsBackWhatItLeftAndNobodyElseDoes() {
    kept.giveBack("one", 0, "a");

    assertThat(kept.take("one", 1)).isNull();
    assertThat(kept.take("one", 0)).isEqualTo("a");
    assertThat(kept.take("one", 0)).as("it is lent").isNull();
    assertThat(ended).isEmpty();
  }

  @Test
  void whenAnotherTrainingBeginsThatOfTheLastOneEnds() {
    kept.giveBack("one", 0, "a");
    kept.giveBack("one", 1, "b");

    assertThat(kept.take("two", 0)).isNull();
    assertThat(ended).containsExactly("a", "b");
    assertThat(kept.idle()).isZero();
  }

  @Test
  void aWorkerHasOneAndThereAreNoMoreThanAreKept() {
    kept.giveBack("one", 0, "a");
    kept.giveBack("one", 0, "again");
    assertThat(ended).containsExactly("a");

    kept.giveBack("one", 1, "b");
    kept.giveBack("one", 2, "c");

    assertThat(ended).containsExactly("a", "again");
    assertThat(kept.take("one", 2)).isEqualTo("c");
  }

  @Test
  void thoseThatAreOverEndUnlessTheyAreLent() {
    kept.giveBack("one", 0, "a");
    kept.giveBack("one", 1, "b");
    String lent = kept.take("one", 0);

    kept.endIf(each -> true);

    assertThat(lent).isEqualTo("a");
    assertThat(ended).containsExactly("b");
  }
}
