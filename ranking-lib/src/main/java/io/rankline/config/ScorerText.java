package io.rankline.config;

import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DasalcScorer;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.TransformerScorer;
import io.rankline.text.Draft;
import io.rankline.text.Family;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section {@code model.scorer}: one of the scorers with its options. */
final class ScorerText {

  /** The scorer that can have several tasks. */
  private static final String DNN = "dnn";

  static final Family<Scorer> SCORERS =
      Family.of(Scorer.class)
          .with(DNN, DNNScorer.class)
          .with("gam", GAMScorer.class)
          .with("dasalc", DasalcScorer.class)
          .with("transformer", TransformerScorer.class)
          .with("document_interaction", DocumentInteractionScorer.class)
          .with("lambdamart", LambdaMartScorer.class);

  private ScorerText() {}

  /**
   * The scorer; null after a fault.
   *
   * @param tasks names of the tasks, empty for one without a name
   */
  static @Nullable Scorer read(Section section, Set<String> tasks) {
    String type = section.text("type", "");
    List<String> types = SCORERS.names();
    if (!types.contains(type)) {
      section.fault(
          "type",
          "must be one of %s, got '%s'"
              .formatted(String.join(", ", KnownNames.nearestFirst(type, types)), type));
      return null;
    }
    if (!tasks.isEmpty() && !type.equals(DNN)) {
      section.fault(
          "type", "must be dnn for the tasks %s: only it has several outputs".formatted(tasks));
    }
    Scorer scorer =
        tasks.isEmpty() || !type.equals(DNN)
            ? SCORERS.read(section, type)
            : withTasks(section, tasks);
    section.rejectUnknownKeys();
    return scorer;
  }

  private static @Nullable Scorer withTasks(Section section, Set<String> tasks) {
    return RecordCodec.of(DNNScorer.class)
        .read(
            section,
            values -> {
              Draft<DNNScorer> draft = new Draft<>(DNNScorer.class, values);
              draft.set("tasks", List.copyOf(tasks));
              return draft.build();
            });
  }
}
