package io.rankline.pipeline.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.BytesColumn;
import io.rankline.data.ColumnLayout;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeaturePlaceTest {

  private static final ListLayout WORDS =
      new ListLayout(
          List.of(),
          List.of(),
          List.of(new ColumnLayout("query", BytesColumn.ofRow(List.of()))),
          List.of(
              new ColumnLayout("ids", new LongColumn(new long[0], new int[] {0, 0})),
              new ColumnLayout("title", BytesColumn.ofRow(List.of()))),
          List.of("relevance"),
          WeightLayout.NONE);

  @Test
  void numbersOfAnItemKeepTogetherAndTheOthersStay() {
    RankingList list =
        LinearModel.list(
            7, new double[] {1, 2, 3, 0}, new double[] {4, 5, 6, 1}, new double[] {7, 8, 9, 2});
    FeaturePlace pair = place(list, "pair");

    RankingList shuffled = pair.shuffled(list, new SplittableRandom(3));

    assertThat(shuffled.labels()).isEqualTo(list.labels());
    assertThat(shuffled.context()).isEqualTo(list.context());
    List<List<Float>> pairs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      assertThat(shuffled.examples()[3 * i]).isEqualTo(list.examples()[3 * i]);
      pairs.add(List.of(shuffled.examples()[3 * i + 1], shuffled.examples()[3 * i + 2]));
    }
    assertThat(pairs)
        .containsExactlyInAnyOrder(List.of(2f, 3f), List.of(5f, 6f), List.of(8f, 9f))
        .isNotEqualTo(List.of(List.of(2f, 3f), List.of(5f, 6f), List.of(8f, 9f)));
  }

  @Test
  void textsAndTokensOfAnItemKeepTogether() {
    RankingList list = words("red shoes", new long[] {1, 2, 3}, "a", "b c", "");

    RankingList titles = place(list, "title").shuffled(list, new SplittableRandom(3));
    RankingList ids = place(list, "ids").shuffled(list, new SplittableRandom(3));

    assertThat(titles(titles)).containsExactlyInAnyOrder("a", "b c", "").isNotEqualTo(titles(list));
    assertThat(((LongColumn) titles.exampleColumns().get(0)).values()).containsExactly(1, 2, 3);
    assertThat(((LongColumn) ids.exampleColumns().get(0)).values())
        .containsExactlyInAnyOrder(1, 2, 3)
        .isNotEqualTo(new long[] {1, 2, 3});
    assertThat(titles(ids)).isEqualTo(titles(list));
  }

  @Test
  void aListTakesTheQueryOfAnother() {
    RankingList list = words("red shoes", new long[] {1, 2}, "a", "b");
    RankingList donor = words("blue hats", new long[] {9}, "z");

    RankingList taken = place(list, "query").taking(list, donor);

    assertThat(((BytesColumn) taken.contextColumns().get(0)).text(1)).isEqualTo("hats");
    assertThat(titles(taken)).containsExactly("a", "b");
    assertThat(titles(place(list, "title").taking(list, donor))).containsExactly("z", "z");
  }

  @Test
  void aFeatureIsConstantWhereAllItemsHoldTheSame() {
    RankingList list = words("red shoes", new long[] {4, 4}, "a", "b");
    RankingList numbers = LinearModel.list(7, new double[] {1, 2, 3, 0}, new double[] {1, 2, 4, 1});

    assertThat(place(list, "ids").isConstantIn(list)).isTrue();
    assertThat(place(list, "title").isConstantIn(list)).isFalse();
    assertThat(place(list, "query").isConstantIn(list)).isTrue();
    assertThat(place(numbers, "good").isConstantIn(numbers)).isTrue();
    assertThat(place(numbers, "pair").isConstantIn(numbers)).isFalse();
  }

  private static FeaturePlace place(RankingList list, String name) {
    return FeaturePlace.of(list.layout()).stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static RankingList words(String query, long[] ids, String... titles) {
    int size = titles.length;
    int[] single = new int[size + 1];
    for (int i = 0; i <= size; i++) {
      single[i] = i;
    }
    List<String> all = new ArrayList<>();
    int[] offsets = new int[size + 1];
    for (int i = 0; i < size; i++) {
      all.addAll(titles[i].isEmpty() ? List.of() : List.of(titles[i].split(" ")));
      offsets[i + 1] = all.size();
    }
    BytesColumn words = BytesColumn.ofRow(all);
    return new RankingList(
        WORDS,
        size,
        size,
        new float[0],
        new float[0],
        new float[size],
        new float[0],
        List.of(BytesColumn.ofRow(List.of(query.split(" ")))),
        List.of(
            new LongColumn(ids, single), new BytesColumn(words.bytes(), words.ends(), offsets)));
  }

  private static List<String> titles(RankingList list) {
    BytesColumn column = (BytesColumn) list.exampleColumns().get(1);
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      List<String> words = new ArrayList<>();
      for (int v = column.start(i); v < column.end(i); v++) {
        words.add(column.text(v));
      }
      titles.add(String.join(" ", words));
    }
    return titles;
  }
}
