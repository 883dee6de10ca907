package io.rankline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownNamesTest {

  @Test
  void theMisspelledNameComesFirst() {
    assertThat(KnownNames.nearestFirst("ndgc", List.of("map", "mrr", "ndcg", "dcg")))
        .startsWith("ndcg");
  }

  @Test
  void aShortenedNameIsNearTheWholeOne() {
    assertThat(KnownNames.nearestFirst("softmax", List.of("mean_loss", "softmax_loss")))
        .containsExactly("softmax_loss", "mean_loss");
  }

  @Test
  void equallyLikelyNamesKeepTheirOrder() {
    assertThat(KnownNames.nearestFirst("x", List.of("b", "a"))).containsExactly("b", "a");
  }

  @Test
  void editsAreInsertionsDropsAndReplacements() {
    assertThat(KnownNames.edits("kitten", "sitting")).isEqualTo(3); // k/s, e/i, +g
    assertThat(KnownNames.edits("", "abc")).isEqualTo(3);
    assertThat(KnownNames.edits("abc", "abc")).isZero();
  }
}
