package io.rankline.loss.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.TieOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossListTest {

  private static final int ITEMS = 20;

  @Test
  void tiesKeepTheOrderOfTheList() {
    assertThat(ranksOfEqualScores(TieOrder.AS_GIVEN, 1))
        .containsExactly(IntStream.rangeClosed(1, ITEMS).toArray());
  }

  @Test
  void randomTiesAreRepeatableAndDifferBetweenLists() {
    TieOrder ties = TieOrder.random(4);

    assertThat(ranksOfEqualScores(ties, 1)).isEqualTo(ranksOfEqualScores(ties, 1));
    assertThat(ranksOfEqualScores(ties, 1)).isNotEqualTo(ranksOfEqualScores(ties, 2));
    assertThat(Arrays.stream(ranksOfEqualScores(ties, 1)).sorted())
        .containsExactly(IntStream.rangeClosed(1, ITEMS).boxed().toArray(Integer[]::new));
  }

  @Test
  void scratchIsKeptAndBelongsToItsOwner() {
    LossList list = list(TieOrder.AS_GIVEN, 1);

    assertThat(list.scratch(StringBuilder.class, StringBuilder::new))
        .isSameAs(list.scratch(StringBuilder.class, StringBuilder::new));
    assertThat(list.columns(String.class, 2))
        .hasDimensions(2, list.labels().length)
        .isSameAs(list.columns(String.class, 2))
        .isNotSameAs(list.columns(Integer.class, 2));
  }

  private static int[] ranksOfEqualScores(TieOrder ties, long drawKey) {
    return Arrays.copyOf(list(ties, drawKey).ranks(ITEMS), ITEMS);
  }

  private static LossList list(TieOrder ties, long drawKey) {
    LossList list = new LossList();
    list.startEvaluation(ties, true, true);
    list.start(ITEMS, 1);
    list.present(ITEMS, false, 1, drawKey, 1);
    return list;
  }
}
