package io.rankline.frozen.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TreesTest {

  private static final TreeCode CODE = new TreeCode(2);

  @Test
  void valuesBelowTheThresholdGoToTheFirstChild() {
    float[] scores = new float[4];

    Trees.of(CODE, tree(), 2).add(new float[] {1, 0, 0.5f, 0, 0.4f, 8, 0.4f, 7}, 2, 4, scores);

    assertThat(scores).containsExactly(3, 3, 2, 1);
  }

  @Test
  void leavesAreAddedToTheScoresThatAreThere() {
    float[] two = Arrays.copyOf(tree(), 2 * CODE.length());
    CODE.leaf(two, 7, 10);
    float[] scores = {100, 200};

    Trees.of(CODE, two, 2).add(new float[] {0, 0, 1, 1}, 2, 2, scores);

    assertThat(scores).containsExactly(111, 213);
  }

  @Test
  void roomWithoutTreesCountsForNothing() {
    float[] room = Arrays.copyOf(tree(), 5 * CODE.length());

    assertThat(Trees.of(CODE, room, 2).count()).isEqualTo(1);
    assertThat(Trees.of(CODE, new float[CODE.length()], 2).count()).isZero();
  }

  @Test
  void manyRowsHaveTheScoresOfEachByItself() {
    float[] rows = new float[2 * 1000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i * 7919 % 16 / 1.6f;
    }
    float[] scores = new float[1000];

    Trees.of(CODE, tree(), 2).add(rows, 2, 1000, scores);

    for (int r = 0; r < 1000; r++) {
      assertThat(scores[r]).isEqualTo(rows[2 * r] >= 0.5f ? 3 : rows[2 * r + 1] >= 8 ? 2 : 1);
    }
  }

  @Test
  void whatIsNoTreeIsRefused() {
    float[] third = tree();
    third[0] = 4;
    float[] deep = tree();
    deep[6] = 1;

    assertThatThrownBy(() -> Trees.of(CODE, third, 2))
        .hasMessage("a tree reads column 3.0 of rows of 2 columns");
    assertThatThrownBy(() -> Trees.of(CODE, deep, 2))
        .hasMessage("a tree is deeper than its 2 splits");
    assertThatThrownBy(() -> Trees.of(CODE, new float[15], 2))
        .hasMessage("trees of depth 2 must have 14 numbers each, got 15 in all");
    assertThatThrownBy(() -> CODE.split(CODE.empty(), 3, 0, 0))
        .hasMessage("a tree is deeper than its 2 splits");
    assertThatThrownBy(() -> new TreeCode(13))
        .hasMessage("the depth of trees must be from 1 to 12, got 13");
  }

  /** Column 0 from 0.5 on is 3; below it, column 1 below 8 is 1 and from there on 2. */
  private static float[] tree() {
    float[] tree = CODE.empty();
    CODE.split(tree, 0, 0, 0.5f);
    CODE.split(tree, 1, 1, 8);
    CODE.leaf(tree, 3, 1);
    CODE.leaf(tree, 4, 2);
    CODE.leaf(tree, 2, 3);
    return tree;
  }
}
