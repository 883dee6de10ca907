package io.rankline.config;

import io.rankline.data.KnownNames;
import io.rankline.data.Section;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DasalcScorer;
import io.rankline.model.scorer.DocumentInteractionAttention;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.TransformerScorer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;

/** The section {@code model.scorer}: one of the scorers with its options. */
final class ScorerText {

  private static final List<String> TYPES =
      List.of("dnn", "gam", "dasalc", "transformer", "document_interaction");

  private final Section section;

  private ScorerText(Section section) {
    this.section = section;
  }

  /**
   * The scorer; null after a fault.
   *
   * @param tasks names of the tasks, empty for one without a name
   */
  static @Nullable Scorer read(Section section, Set<String> tasks) {
    String type = section.text("type", "");
    if (!TYPES.contains(type)) {
      section.fault(
          "type",
          "must be one of %s, got '%s'"
              .formatted(String.join(", ", KnownNames.nearestFirst(type, TYPES)), type));
      return null;
    }
    if (!tasks.isEmpty() && !type.equals("dnn")) {
      section.fault(
          "type", "must be dnn for the tasks %s: only it has several outputs".formatted(tasks));
    }
    Scorer scorer = null;
    try {
      scorer = new ScorerText(section).scorer(type, tasks);
    } catch (IllegalArgumentException e) {
      section.faults(Objects.requireNonNull(e.getMessage()));
    }
    section.rejectUnknownKeys();
    return scorer;
  }

  private Scorer scorer(String type, Set<String> tasks) {
    return switch (type) {
      case "dnn" -> dnn(tasks);
      case "gam" -> gam();
      case "dasalc" -> dasalc();
      case "transformer" -> transformer();
      default -> documentInteraction();
    };
  }

  private Scorer dnn(Set<String> tasks) {
    DNNScorer.Builder builder =
        DNNScorer.builder()
            .hiddenLayerDims(widths("hidden_layer_dims"))
            .outputUnits(section.whole("output_units", 1))
            .activation(activation())
            .useBatchNorm(section.flag("use_batch_norm", true))
            .batchNormMoment(section.real("batch_norm_moment", 0.999))
            .dropout(section.real("dropout", 0.5));
    if (section.has("input_batch_norm")) {
      builder.inputBatchNorm(section.flag("input_batch_norm", true));
    }
    if (!tasks.isEmpty()) {
      builder.tasks(tasks.toArray(new String[0]));
    }
    return builder.build();
  }

  private Scorer gam() {
    return GAMScorer.builder()
        .exampleHiddenLayerDims(widths("example_hidden_layer_dims"))
        .contextHiddenLayerDims(widths("context_hidden_layer_dims"))
        .activation(activation())
        .useBatchNorm(section.flag("use_batch_norm", true))
        .batchNormMoment(section.real("batch_norm_moment", 0.999))
        .dropout(section.real("dropout", 0.5))
        .build();
  }

  private Scorer dasalc() {
    DasalcScorer.Builder builder = DasalcScorer.builder();
    if (section.has("hidden_layer_dims")) {
      builder.hiddenLayerDims(widths("hidden_layer_dims"));
    }
    return builder
        .dropout(section.real("dropout", 0.4))
        .batchNormMoment(section.real("batch_norm_moment", 0.9))
        .inputNoiseStddev(section.real("input_noise_stddev", 1.5))
        .numLayers(section.whole("num_layers", 4))
        .numHeads(section.whole("num_heads", 2))
        .headSize(section.whole("head_size", 100))
        .outputUnits(section.whole("output_units", 1))
        .build();
  }

  private Scorer transformer() {
    TransformerScorer.Builder builder = TransformerScorer.builder();
    if (section.has("input_layer_dims")) {
      builder.inputLayerDims(widths("input_layer_dims"));
    }
    return builder
        .inputDropout(section.real("input_dropout", 0))
        .blocks(section.whole("blocks", 4))
        .heads(section.whole("heads", 2))
        .feedForward(section.whole("feed_forward", 512))
        .dropout(section.real("dropout", 0.4))
        .outputUnits(section.whole("output_units", 1))
        .build();
  }

  private Scorer documentInteraction() {
    DocumentInteractionScorer.Builder builder = DocumentInteractionScorer.builder();
    if (section.has("hidden_layer_dims")) {
      builder.hiddenLayerDims(widths("hidden_layer_dims"));
    }
    builder
        .dropout(section.real("dropout", 0.5))
        .batchNormMoment(section.real("batch_norm_moment", 0.999))
        .outputUnits(section.whole("output_units", 1));
    int heads = section.whole("num_heads", 1);
    int size = section.whole("head_size", 128);
    int layers = section.whole("num_layers", 1);
    double dropout = section.real("interaction_dropout", 0.5);
    double noise = section.real("input_noise_stddev", 0);
    return builder
        .interaction(new DocumentInteractionAttention(heads, size, layers, dropout, noise))
        .build();
  }

  private int[] widths(String key) {
    List<Double> numbers = section.reals(key);
    if (numbers.stream().anyMatch(number -> number != number.intValue())) {
      section.fault(key, "must be a list of whole numbers, got " + numbers);
    }
    return numbers.stream().mapToInt(Double::intValue).toArray();
  }

  private Activation activation() {
    String name = section.text("activation", "relu");
    try {
      return Activation.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      List<String> known =
          Arrays.stream(Activation.values())
              .map(activation -> activation.name().toLowerCase(Locale.ROOT))
              .toList();
      section.fault(
          "activation",
          "must be one of %s, got '%s'"
              .formatted(String.join(", ", KnownNames.nearestFirst(name, known)), name));
      return Activation.RELU;
    }
  }
}
