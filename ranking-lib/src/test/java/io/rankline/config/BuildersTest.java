package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.rankline.data.ListSize;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.io.record.RecordFormat;
import io.rankline.loss.LossObjective;
import io.rankline.loss.Reduction;
import io.rankline.model.kernel.Precision;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DasalcScorer;
import io.rankline.model.scorer.DocumentInteractionAttention;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.TransformerScorer;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PerTask;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** Every option of a record can be set in Java, and every method of a builder sets one. */
class BuildersTest {

  /** Components that are set under another name. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "numHeads", "interaction",
          "headSize", "interaction",
          "numLayers", "interaction",
          "interactionDropout", "interaction",
          "inputNoiseStddev", "interaction");

  static Stream<Arguments> builders() {
    return Stream.of(
        Arguments.of(DatasetHparams.class, DatasetHparams.builder()),
        Arguments.of(PipelineHparams.class, PipelineHparams.builder()),
        Arguments.of(DNNScorer.class, DNNScorer.builder()),
        Arguments.of(GAMScorer.class, GAMScorer.builder()),
        Arguments.of(DasalcScorer.class, DasalcScorer.builder()),
        Arguments.of(TransformerScorer.class, TransformerScorer.builder()),
        Arguments.of(DocumentInteractionScorer.class, DocumentInteractionScorer.builder()));
  }

  static Stream<Arguments> scorers() {
    return builders().skip(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scorers")
  void everyOptionOfAScorerHasAMethod(Class<? extends Record> type, Object builder) {
    Set<String> methods =
        Arrays.stream(builder.getClass().getMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());

    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      assertThat(methods).containsAnyOf(name, RENAMED.getOrDefault(name, name));
    }
  }

  @Test
  void everyOptionOfHyperparametersIsSetByItsKey() {
    for (OptionSpec option : RecordCodec.of(DatasetHparams.class).options()) {
      assertThat(DatasetHparams.builder().option(option.key(), some(option))).isNotNull();
    }
    for (OptionSpec option : RecordCodec.of(PipelineHparams.class).options()) {
      assertThat(PipelineHparams.builder().option(option.key(), some(option))).isNotNull();
    }
  }

  private static Object some(OptionSpec option) {
    String fallback = option.shownFallback();
    return fallback == null || fallback.isEmpty()
        ? some(option.type())
        : ConfigFactory.parseString("value = " + fallback).getValue("value").unwrapped();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("builders")
  void everyMethodSetsAnOption(Class<? extends Record> type, Object builder)
      throws ReflectiveOperationException {
    for (Method method : builder.getClass().getMethods()) {
      if (method.getReturnType() == builder.getClass()
          && !isByName(method)
          && !method.getName().equals("option")) {
        Object[] values =
            Arrays.stream(method.getParameterTypes()).map(BuildersTest::some).toArray();
        assertThat(method.invoke(builder, values)).isSameAs(builder);
      }
    }
    try {
      assertThat(builder.getClass().getMethod("build").invoke(builder)).isInstanceOf(type);
    } catch (InvocationTargetException e) {
      // A builder that does not know the name of a component has an IllegalStateException.
      assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The optimizer by its name; the other method sets the same. */
  private static boolean isByName(Method method) {
    return method.getName().equals("optimizer") && method.getParameterTypes()[0] == String.class;
  }

  private static Object some(Class<?> type) {
    Map<Class<?>, Object> values =
        Map.ofEntries(
            Map.entry(String.class, "softmax_loss"),
            Map.entry(int.class, 1),
            Map.entry(Integer.class, 1),
            Map.entry(ListSize.class, ListSize.ALL),
            Map.entry(long.class, 1L),
            Map.entry(Long.class, 1L),
            Map.entry(double.class, 0.5),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(int[].class, new int[] {2}),
            Map.entry(String[].class, new String[] {"task"}),
            Map.entry(Map.class, Map.of()),
            Map.entry(PerTask.class, "softmax_loss"),
            Map.entry(List.class, List.of()),
            Map.entry(Activation.class, Activation.RELU),
            Map.entry(Reduction.class, Reduction.MEAN),
            Map.entry(Precision.class, Precision.MIXED_BFLOAT16),
            Map.entry(Optimizer.class, Optimizer.of("adam")),
            Map.entry(LearningRate.class, LearningRate.constant(1)),
            Map.entry(LossObjective.class, LossObjective.parse("softmax_loss")),
            Map.entry(DatasetReader.class, DatasetReader.TFRECORD),
            Map.entry(RecordFormat.class, RecordFormat.ELWC),
            Map.entry(CorruptRecordPolicy.class, CorruptRecordPolicy.FAIL),
            Map.entry(DocumentInteractionAttention.class, new DocumentInteractionAttention(1, 2)));
    return Objects.requireNonNull(values.get(type), type.getName());
  }
}
