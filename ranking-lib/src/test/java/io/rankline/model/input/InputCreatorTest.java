package io.rankline.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputCreatorTest {

  @Test
  void featureSpecsAreTakenAsTheyAre() {
    Map<String, FixedLenFeature> context = Map.of("a", FixedLenFeature.float32(1));
    Map<String, FixedLenFeature> examples = Map.of("b", FixedLenFeature.int64(2));

    assertThat(new FeatureSpecInputCreator(context, examples).createInputs())
        .isEqualTo(RecordSpec.of(context, examples));
  }

  @Test
  void typesLoseBatchAndListAndNamesInNeitherListAreLeftOut() {
    TypeSpecInputCreator creator =
        new TypeSpecInputCreator(
            Map.of(
                "query", TypeSpec.ragged(DType.STRING, TypeSpec.ANY, TypeSpec.ANY),
                "price", TypeSpec.tensor(DType.FLOAT32, 32, TypeSpec.ANY, 1),
                "visits", TypeSpec.ragged(DType.FLOAT32, 32, TypeSpec.ANY, 3),
                "tokens", TypeSpec.ragged(DType.INT64, 32, TypeSpec.ANY, TypeSpec.ANY),
                "label", TypeSpec.tensor(DType.FLOAT32, 32, TypeSpec.ANY)),
            List.of("query"),
            List.of("price", "visits", "tokens"));

    assertThat(creator.createInputs())
        .isEqualTo(
            RecordSpec.of(
                Map.of("query", new RaggedFeature(DType.STRING)),
                Map.of(
                    "price", FixedLenFeature.float32(1),
                    "visits", FixedLenFeature.float32(3),
                    "tokens", new RaggedFeature(DType.INT64))));
  }

  @Test
  void aNameWithoutTypeIsAnError() {
    assertThatThrownBy(
            () ->
                new TypeSpecInputCreator(
                    Map.of("price", TypeSpec.tensor(DType.FLOAT32, 1, 1, 1)),
                    List.of(),
                    List.of("prize")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 'prize' has no type; types are given for [price]");
  }

  @Test
  void typesThatAreNoFeatureAreErrors() {
    assertThatThrownBy(() -> example(TypeSpec.tensor(DType.FLOAT32, 3)).createInputs())
        .hasMessage("type of 'x' must have 2 dimensions or more, got [3]");
    assertThatThrownBy(
            () -> example(TypeSpec.tensor(DType.FLOAT32, 3, 4, TypeSpec.ANY)).createInputs())
        .hasMessage(
            "type of 'x' must know the dimensions of a value, or be ragged with one that it does"
                + " not know, got [3, 4, -1]");
    assertThatThrownBy(() -> TypeSpec.tensor(DType.FLOAT32))
        .hasMessage("shape must start with the batch, got []");
  }

  private static TypeSpecInputCreator example(TypeSpec type) {
    return new TypeSpecInputCreator(Map.of("x", type), List.of(), List.of("x"));
  }
}
