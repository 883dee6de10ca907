package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.testing.RankingLists;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestMapsTest {

  private final SavedRankingModel model =
      SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));

  @Test
  void numbersStringsListsAndArraysAreValues() {
    float[] floats = new float[40];
    Arrays.fill(floats, 0.25f);
    Map<String, Object> first =
        Map.of("price", 2, "clicks", 7, "vector", floats, "title", List.of("red", "größe"));
    Map<String, Object> second =
        Map.of(
            "price",
            List.of(2.0),
            "clicks",
            new long[] {7},
            "vector",
            java.util.Collections.nCopies(40, 0.25),
            "title",
            new String[] {"red", "größe"});

    RankingList list =
        model.listOf(
            Map.of("hour", 3L, "query", "shoe".getBytes(StandardCharsets.UTF_8)),
            List.of(first, second));

    assertThat(list.size()).isEqualTo(2);
    assertThat(list.context()).containsExactly(3);
    RankingLists.assertSame(list.select(new int[] {0}), list.select(new int[] {1}));
    float[] scores = model.predict(list);
    assertThat(scores[0]).isEqualTo(scores[1]);
  }

  @Test
  void labelsAreLeftAloneAndNullIsMissing() {
    Map<String, Object> item = new HashMap<>();
    item.put("price", 1f);
    item.put("clicks", null);
    item.put("utility", 4);

    assertThat(model.predict(Map.of(), List.of(item)))
        .containsExactly(model.predict(Map.of(), List.of(Map.of("price", 1f))));
  }

  @Test
  void anUnknownNameIsAnErrorWithTheNearestKnownOne() {
    assertThatThrownBy(
            () -> model.predict(Map.of(), List.of(Map.of("price", 1), Map.of("prise", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "item 1: unknown feature 'prise'; did you mean 'price'? Known: clicks, price, title,"
                + " vector");
    assertThatThrownBy(() -> model.predict(Map.of("price", 1), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("context: unknown feature 'price'; did you mean 'hour'? Known: hour, query");
  }

  @Test
  void aValueOfAnotherTypeIsAnErrorThatNamesTheFeature() {
    assertThatThrownBy(() -> model.predict(Map.of(), List.of(Map.of("price", "cheap"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item 0: feature 'price' must be a number (float32), got cheap of type String");
    assertThatThrownBy(() -> model.predict(Map.of(), List.of(Map.of("price", 1, "clicks", 1.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "item 0: feature 'clicks' must be a whole number (int64), got 1.5 of type Double");
    assertThatThrownBy(() -> model.predict(Map.of("query", List.of(5)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("context: feature 'query' must be a string, got 5 of type Integer");
  }

  @Test
  void aWrongNumberOfValuesIsAnErrorThatNamesTheFeature() {
    assertThatThrownBy(() -> model.predict(Map.of(), List.of(Map.of("price", List.of(1, 2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'price'");
  }
}
