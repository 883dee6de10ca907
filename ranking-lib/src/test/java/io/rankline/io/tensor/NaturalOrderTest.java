package io.rankline.io.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

  @Test
  void numbersCountAsNumbersAndLayersStayTogether() {
    List<String> sorted =
        List.of(
            "dense/bias",
            "dense/kernel",
            "dense_1/bias",
            "dense_2/bias",
            "dense_10/bias",
            "dense_10/kernel",
            "densely/bias",
            "layer_with_weights-2/gamma",
            "layer_with_weights-11/gamma",
            "variables/7",
            "variables/007",
            "variables/12345678901234567890");

    for (long seed = 0; seed < 10; seed++) {
      List<String> shuffled = new ArrayList<>(sorted);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.sort(NaturalOrder.NAMES);
      assertThat(shuffled).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(sorted);
      assertThat(shuffled.subList(0, 9)).isEqualTo(sorted.subList(0, 9));
    }
  }
}
