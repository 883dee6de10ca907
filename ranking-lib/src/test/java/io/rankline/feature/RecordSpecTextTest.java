package io.rankline.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordSpecTextTest {

  private static final RecordSpec EVERYTHING =
      RecordSpec.of(
              Map.of(
                  "query_tokens",
                  new VarLenFeature(DType.STRING),
                  "locale",
                  FixedLenFeature.string(1).withDefault("en")),
              Map.of(
                  "price", FixedLenFeature.float32(1).withDefault(0.1f),
                  "visible", FixedLenFeature.float32(1).withDefault(Float.NaN),
                  "vector", new FixedLenFeature(List.of(3), DType.FLOAT32, List.of(1f, 2f, 3.5f)),
                  "matrix", FixedLenFeature.int64(2, 2),
                  "scalar", FixedLenFeature.int64().withDefault(Long.MAX_VALUE),
                  "a.b", new RaggedFeature(DType.INT64)))
          .withLabels(
              LabelSpec.of("utility", FixedLenFeature.int64(1).withDefault(-1)),
              LabelSpec.of("clicks", FixedLenFeature.float32(1)))
          .withWeight(WeightSpec.perList("w", FixedLenFeature.float32(1).withDefault(1f)));

  @Test
  void whatIsRenderedIsReadBack() {
    assertThat(RecordSpecText.parse(RecordSpecText.render(EVERYTHING), "json"))
        .isEqualTo(EVERYTHING);
    assertThat(RecordSpecText.parse(RecordSpecText.renderFormatted(EVERYTHING), "json"))
        .isEqualTo(EVERYTHING);
  }

  @Test
  void kindAndShapeHaveDefaults() {
    RecordSpec spec = RecordSpecText.parse("example { x { dtype = float32 } }", "conf");

    assertThat(spec.examples().get("x")).isEqualTo(FixedLenFeature.float32(1));
  }

  @Test
  void aRangeNamesOneFeatureANumber() {
    RecordSpec spec =
        RecordSpecText.parse("example { \"f_{9..11}_x\" { dtype = int64, default = 3 } }", "conf");

    assertThat(spec.examples().keySet()).containsExactly("f_10_x", "f_11_x", "f_9_x");
    assertThat(spec.examples().get("f_10_x")).isEqualTo(FixedLenFeature.int64(1).withDefault(3));
  }

  @Test
  void oneDefaultFillsTheShape() {
    RecordSpec spec =
        RecordSpecText.parse(
            "example { x { dtype = float32, shape = [2, 3], default = 4 } }", "conf");

    FixedLenFeature x = (FixedLenFeature) Objects.requireNonNull(spec.examples().get("x"));
    assertThat(x.defaultValues()).hasSize(6);
  }

  @Test
  void theTextMayStandInASectionOfItsOwn() {
    RecordSpec spec = RecordSpecText.parse("features { example { x { dtype = string } } }", "conf");

    assertThat(spec.examples()).containsOnlyKeys("x");
  }

  @Test
  void everyFaultIsToldAtOnceWithItsLine() {
    String text =
        """
        example {
          a { dtype = float64 }
          b { dtype = float32, shape = [0] }
          c { dtpye = float32 }
          d { kind = var_len, dtype = int64, default = 3 }
          e { dtype = int64, default = 1.5 }
        }
        label { name = a, dtype = string }
        """;

    assertThatThrownBy(() -> RecordSpecText.parse(text, "train.conf"))
        .isInstanceOf(SpecException.class)
        .extracting(e -> ((SpecException) e).problems())
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .containsExactlyInAnyOrder(
            "train.conf: 2: example.a.dtype: unknown dtype 'float64'; expected one of float32, int64,"
                + " string",
            "train.conf: 3: example.b: shape must have dimensions above 0, got [0]",
            "train.conf: 4: example.c.dtpye: unknown key 'dtpye'; did you mean 'dtype'? Known:"
                + " default, dtype, kind, shape",
            "train.conf: 4: example.c.dtype: is missing; it is one of float32, int64, string",
            "train.conf: 5: example.d.default: is for kind fixed_len, not var_len",
            "train.conf: 6: example.e.default: must be of type int64, got 1.5",
            "train.conf: 8: label: label 'a' must be one value of float32 or int64, got shape [1] of"
                + " string");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exampel {} | c: 1: exampel: unknown key 'exampel'; did you mean 'example'? Known: context,"
            + " example, label, weight",
        "example = 3 | c: 1: example: must be an object of features, got 3",
        "example { x = 3 } | c: 1: example.x: must be an object, got 3",
        "example { x { dtype = float32, kind = varlen } } | c: 1: example.x.kind: unknown kind"
            + " 'varlen'; did you mean 'var_len'? Known: fixed_len, ragged, var_len",
        "label { dtype = int64 } | c: 1: label.name: is missing",
        "label { name = y, kind = ragged, dtype = int64 } | c: 1: label.kind: must be fixed_len, got"
            + " ragged",
        "weight { name = w, dtype = float32, scope = query } | c: 1: weight.scope: must be item or"
            + " list",
        "example { y { dtype = int64 } }, label { name = y, dtype = int64 } | c: 1: 'y' is named"
            + " twice; it already is an example feature or label",
        "example { \"x{3..1}\" { dtype = int64 } } | c: 1: example.x{3..1}: range {3..1} must ascend"
            + " and name at most 1000000 features",
        "example { x { dtype = float32, shape = [2], default = [1, 2, 3] } } | c: 1: example.x: default"
            + " must be one value or as many as the shape [2] asks for, 2, got 3",
      })
  void aFaultSaysWhereAndWhat(String text, String message) {
    assertThatThrownBy(() -> RecordSpecText.parse(text.strip(), "c")).hasMessage(message);
  }

  @Test
  void textThatIsNoHoconSaysWhere() {
    assertThatThrownBy(() -> RecordSpecText.parse("example {\n x = [1, \n}", "c"))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("c: 3: ");
  }

  @Test
  void aFloatDefaultForAFixedLengthOfIntegersMustBeWhole() {
    assertThatThrownBy(() -> FixedLenFeature.int64(1).withDefault(0.5f))
        .hasMessage("default must be of type int64, got 0.5");
  }
}
