package io.rankline.feature.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.SpecException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformTextTest {

  /** Adds what its option says. */
  public record Shifted(Map<String, String> options) implements CustomTransform {
    public Shifted {
      options = Map.copyOf(options);
      Float.parseFloat(options.getOrDefault("by", "0"));
    }

    @Override
    public int width(int inputWidth) {
      return inputWidth;
    }

    @Override
    public void apply(float[] in, int rows, int inputWidth, float[] out) {
      for (int i = 0; i < rows * inputWidth; i++) {
        out[i] = in[i] + Float.parseFloat(options.getOrDefault("by", "0"));
      }
    }
  }

  private static final Map<String, TransformChain> EVERYTHING =
      Map.of(
          "a", TransformChain.of(Transform.LOG1P, Transform.clip(-5, 5), Transform.Z_SCORE),
          "b", TransformChain.of(Transform.log1p(30), Transform.MIN_MAX),
          "c.d", TransformChain.of(Transform.bucketize(0.1f, 7f), Transform.oneHot(3)),
          "e", TransformChain.of(new Bucketize(List.of(1f), Bucketize.Output.INDEX)),
          "f", TransformChain.of(new ZScore(List.of(0.1f, -3f), List.of(1e-30f, 2f))),
          "g", TransformChain.of(new MinMax(List.of(0.1f), List.of(0.7f))),
          "h", TransformChain.of(Transform.clip(0, Float.POSITIVE_INFINITY)),
          "i", TransformChain.of(new Shifted(Map.of("by", "2.5"))),
          "j", TransformChain.IDENTITY);

  @Test
  void whatIsRenderedIsReadBack() {
    assertThat(TransformText.parse(TransformText.render(EVERYTHING), "json")).isEqualTo(EVERYTHING);
  }

  @Test
  void aTransformIsANameOrANameWithParameters() {
    assertThat(
            TransformText.parse(
                """
                price = [log1p, { clip { min = -5, max = 5 } }, z_score]
                "f_{9..10}" = log1p
                pages { log1p { cutoff = 30 } }
                age = { bucketize { boundaries = [1, 7] } }
                """,
                "conf"))
        .isEqualTo(
            Map.of(
                "price",
                TransformChain.of(Transform.LOG1P, Transform.clip(-5, 5), Transform.Z_SCORE),
                "f_9",
                TransformChain.of(Transform.LOG1P),
                "f_10",
                TransformChain.of(Transform.LOG1P),
                "pages",
                TransformChain.of(Transform.log1p(30)),
                "age",
                TransformChain.of(Transform.bucketize(1f, 7f))));
  }

  @Test
  void aTransformOfYourOwnIsMadeByItsClassName() {
    TransformChain chain =
        TransformText.parse(
                "x = { custom { class = \"%s\", options { by = 2 } } }"
                    .formatted(Shifted.class.getName()),
                "conf")
            .get("x");

    assertThat(chain).isEqualTo(TransformChain.of(new Shifted(Map.of("by", "2"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = logp1 | conf: 1: x: unknown transform 'logp1'; did you mean 'log1p'? Known: bucketize,"
            + " clip, custom, log1p, min_max, missing, one_hot, piecewise_linear, quantile_normal,"
            + " query_min_max, query_rank, query_z_score, z_score",
        "x = [log1p, { clip { min = 1, max = 0 } }] | conf: 1: x[1]: min of clip must be below max,"
            + " got 1.0 and 0.0",
        "x = { clip { min = 1 } } | conf: 1: x.clip.max: is missing",
        "x = { one_hot { depth = 3, wide = 2 } } | conf: 1: x.one_hot.wide: unknown key 'wide'; did"
            + " you mean 'depth'? Known: depth",
        "x = { clip { min = a, max = 2 } } | conf: 1: x.clip.min: must be a number, got \"a\"",
        "x = 3 | conf: 1: x: must be the name of a transform, or one name with an object of"
            + " parameters, got 3",
        "x = { bucketize { boundaries = [1], output = bits } } | conf: 1: x.bucketize.output:"
            + " must be one of index, one_hot, got 'bits'",
        "x = { one_hot { depth = 2.5 } } | conf: 1: x.one_hot.depth: must be a whole number, got"
            + " 2.5",
        "\"f_{3..1}\" = log1p | conf: 1: f_{3..1}: range {3..1} must ascend and name at most"
            + " 1000000 features",
        "x = { custom { class = no.such.Thing } } | conf: 1: x: no transform no.such.Thing; a class"
            + " on the classpath is needed, with a public constructor without parameters or with"
            + " one Map of options",
        "x = { custom { class = java.lang.Object } } | conf: 1: x: java.lang.Object must implement"
            + " io.rankline.feature.transform.CustomTransform"
      })
  void faultsAreToldWithTheirPlace(String text, String message) {
    assertThatThrownBy(() -> TransformText.parse(text, "conf"))
        .isInstanceOf(SpecException.class)
        .hasMessage(message);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThatThrownBy(() -> TransformText.parse("x = nope\ny = [{ clip {} }]", "conf"))
        .asInstanceOf(InstanceOfAssertFactories.type(SpecException.class))
        .extracting(SpecException::problems)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(3);
  }

  @Test
  void optionsThatATransformRefusesAreTold() {
    assertThatThrownBy(
            () ->
                TransformText.parse(
                    "x = { custom { class = \"%s\", options { by = far } } }"
                        .formatted(Shifted.class.getName()),
                    "conf"))
        .hasMessage(
            "conf: 1: x: transform %s refuses its options {by=far}: For input string: \"far\"",
            Shifted.class.getName());
  }

  @Test
  void anotherFeatureMayNotBeGivenTwice() {
    assertThatThrownBy(() -> TransformText.parse("\"f_{1..2}\" = log1p\nf_2 = log1p", "conf"))
        .hasMessageContaining("gives 'f_2' a second time");
  }
}
