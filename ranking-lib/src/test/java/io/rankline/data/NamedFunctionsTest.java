package io.rankline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedFunctionsTest {

  enum Steep implements Gain {
    GAIN;

    @Override
    public double of(double label) {
      return label * label;
    }
  }

  record Flat() implements RankDiscount {
    @Override
    public double of(double rank) {
      return 0.5;
    }
  }

  record Fading(double speed) implements RankDiscount {
    @Override
    public double of(double rank) {
      return Math.exp(-speed * rank);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "inverse_log2, inverse_log2, log2",
    "log2, inverse_log2, log2",
    "inverse_ln, inverse_ln, ln",
    "ln, inverse_ln, ln",
    "reciprocal, reciprocal, reciprocal"
  })
  void eitherNameOfADiscountIsRead(String text, String name, String shortName) {
    RankDiscount discount = NamedFunctions.DISCOUNTS.read(text);

    assertThat(NamedFunctions.DISCOUNTS.nameOf(discount)).isEqualTo(name);
    assertThat(NamedFunctions.DISCOUNTS.shortNameOf(discount)).isEqualTo(shortName);
  }

  @Test
  void gainsAreNamed() {
    assertThat(NamedFunctions.GAINS.read("exponential")).isEqualTo(Gain.EXPONENTIAL);
    assertThat(NamedFunctions.GAINS.read("identity")).isEqualTo(Gain.IDENTITY);
    assertThat(NamedFunctions.GAINS.shortNames()).containsExactly("exponential", "identity");
    assertThat(NamedFunctions.DISCOUNTS.shortNames()).containsExactly("ln", "log2", "reciprocal");
  }

  @Test
  void functionsOfAUserAreNamedByClass() {
    assertThat(NamedFunctions.GAINS.nameOf(Steep.GAIN)).endsWith("NamedFunctionsTest$Steep#GAIN");
    assertThat(NamedFunctions.GAINS.read(NamedFunctions.GAINS.nameOf(Steep.GAIN)))
        .isEqualTo(Steep.GAIN);
    assertThat(NamedFunctions.DISCOUNTS.read(NamedFunctions.DISCOUNTS.nameOf(new Flat())))
        .isEqualTo(new Flat());
    assertThat(NamedFunctions.DISCOUNTS.shortNameOf(new Flat())).isEqualTo("Flat[]");
  }

  @Test
  void whatHasNoNameIsRefused() {
    assertThatThrownBy(() -> NamedFunctions.DISCOUNTS.nameOf(new Fading(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Fading[speed=2.0] cannot be written as text: make it an enum, or a record without"
                + " parameters");
    assertThatThrownBy(() -> NamedFunctions.DISCOUNTS.read("log10"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown discount 'log10'; expected one of inverse_log2, inverse_ln, reciprocal, or a"
                + " class of yours");
    assertThatThrownBy(() -> NamedFunctions.GAINS.read("java.lang.Object"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown gain 'java.lang.Object'; expected one of exponential, identity, or a class of"
                + " yours");
  }
}
