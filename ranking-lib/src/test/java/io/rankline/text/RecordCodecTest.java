package io.rankline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  enum Colour {
    RED,
    DARK_BLUE
  }

  record Size(@Option(fallback = "1", least = 1) int width, @Option(fallback = "2") int height) {
    Size {
      Faults.in(Size.class, width, height)
          .addUnless(
              height >= width, "height", "must be width or more, got %d and %d", width, height)
          .orThrow();
    }
  }

  record Thing(
      @Option(filled = "must be a name") String name,
      @Option(fallback = "0.5", least = 0, below = 1) double dropRate,
      @Option(fallback = "[1, 2]", filled = "must have one number", least = 1) List<Integer> dims,
      @Option(fallback = "dark_blue") Colour colour,
      @Option(fallback = "{}") Size size,
      @Option(fallback = "{}", least = 0) SortedMap<String, Double> weights,
      @Option(aliases = "old_limit", above = 0) @Nullable Double limit,
      @Option(fallback = "7") long seed,
      @Option(fallback = "true") boolean wanted) {
    Thing {
      Faults.in(Thing.class, name, dropRate, dims, colour, size, weights, limit, seed, wanted)
          .orThrow();
    }
  }

  private static final RecordCodec<Thing> CODEC = RecordCodec.of(Thing.class);

  @Test
  void whatIsNotSaidHasItsDefault() {
    assertThat(read("name = a"))
        .isEqualTo(
            new Thing(
                "a",
                0.5,
                List.of(1, 2),
                Colour.DARK_BLUE,
                new Size(1, 2),
                new TreeMap<>(),
                null,
                7,
                true));
  }

  @Test
  void everyTypeIsReadBackFromWhatIsWritten() {
    Thing thing =
        new Thing(
            "b",
            0.25,
            List.of(3),
            Colour.RED,
            new Size(4, 5),
            new TreeMap<>(Map.of("x", 1.5)),
            2.0,
            -1,
            false);

    String text = Hocon.render(RecordCodec.write(thing));

    assertThat(read(text)).isEqualTo(thing);
    assertThat(text)
        .isEqualTo(
            "{\"colour\":\"red\",\"dims\":[3],\"drop_rate\":0.25,\"limit\":2.0,\"name\":\"b\","
                + "\"seed\":-1,\"size\":{\"height\":5,\"width\":4},\"wanted\":false,"
                + "\"weights\":{\"x\":1.5}}");
  }

  @Test
  void allFaultsAreToldAtOnceEachWithItsLineAndKey() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    drop_rate = 1.5
                    dims = [0, 3]
                    colour = green
                    size { width = 9, depth = 1 }
                    weights { x = -1, y = 2 }
                    old_limit = 0
                    seed = now
                    wnated = false\
                    """))
        .isInstanceOf(FaultsException.class)
        .hasMessage(
            """
            f: 1: name is missing; it must be a name
            f: 3: colour must be one of red, dark_blue, got 'green'
            f: 4: size.height must be width or more, got 9 and 2
            f: 4: unknown key size.depth; expected one of width, height
            f: 7: seed must be a whole number, got "now"
            f: 1: drop_rate must be in [0, 1), got 1.5
            f: 2: dims must be 1 or more, got [0, 3]
            f: 5: weights must be 0 or more and finite, got -1.0
            f: 6: old_limit must be above 0 and finite, got 0.0
            f: 8: unknown key wnated; expected one of wanted, name, seed, drop_rate, size, weights, limit, dims, colour, old_limit\
            """);
  }

  @Test
  void aConstructorTellsTheSameWordsWithoutPlaces() {
    assertThatThrownBy(() -> new Size(0, -1))
        .isInstanceOf(FaultsException.class)
        .hasMessage("width must be 1 or more, got 0\nheight must be width or more, got 0 and -1");
  }

  @Test
  void aDraftHasTheDefaultsOfTheRecord() {
    Draft<Size> draft = new Draft<>(Size.class);
    draft.set("height", 3);

    assertThat(draft.build()).isEqualTo(new Size(1, 3));
  }

  @Test
  void aDraftOfAComponentThatIsNotThereIsAnError() {
    Draft<Size> draft = new Draft<>(Size.class);
    draft.set("hieght", 3);

    assertThatThrownBy(draft::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Size has no components [hieght]");
  }

  @Test
  void faultsKeepPlaceKeyAndRuleApart() {
    Section section = Section.parse("name = a, size { width = 0 }", "f");
    CODEC.read(section);

    assertThat(section.faults())
        .containsExactly(new Fault("f: 1", "size.width", "must be 1 or more, got 0"));
  }

  @Test
  void thePageOfKeysKnowsTypeDefaultAndRule() {
    assertThat(CODEC.options())
        .extracting(
            OptionSpec::key,
            OptionSpec::typeWords,
            OptionSpec::shownFallback,
            OptionSpec::ruleWords)
        .startsWith(
            tuple("name", "a text", null, "must be a name"),
            tuple("drop_rate", "a number", "0.5", "must be in [0, 1)"));
  }

  private static Thing read(String text) {
    Section section = Section.parse(text, "f");
    Thing thing = CODEC.read(section);
    section.rejectUnknownKeys();
    section.finish();
    return Objects.requireNonNull(thing);
  }
}
