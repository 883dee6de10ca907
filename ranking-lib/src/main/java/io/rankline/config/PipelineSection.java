package io.rankline.config;

import com.typesafe.config.ConfigValue;
import io.rankline.pipeline.dataset.Base;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.hparams.PerTask;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.hparams.TrainingShortcuts;
import io.rankline.text.Draft;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section {@code pipeline}: hyperparameters of the training. */
final class PipelineSection {

  private PipelineSection() {}

  /**
   * The hyperparameters; null after a fault.
   *
   * @param tasks names of the tasks, empty for one without a name; null where they are not known
   */
  static @Nullable PipelineHparams read(Section section, @Nullable Set<String> tasks) {
    Map<String, @Nullable Object> shortcuts = new HashMap<>();
    RecordCodec.of(TrainingShortcuts.class)
        .read(
            section,
            values -> {
              shortcuts.putAll(values);
              return new Draft<>(TrainingShortcuts.class, values).build();
            });
    PipelineHparams hparams =
        RecordCodec.of(PipelineHparams.class)
            .read(section, values -> new PipelineHparamsBuilder(values, shortcuts).build());
    if (hparams != null && tasks != null) {
      requireTasks(section, hparams.loss(), tasks);
    }
    if (hparams != null) {
      IdleSettings.inPipeline(section, hparams);
    }
    section.rejectUnknownKeys();
    return hparams;
  }

  /** The ensemble that it asks for; null where it asks for none, and after a fault. */
  static @Nullable EnsembleSection ensemble(Section section) {
    ConfigValue value = section.value(EnsembleSection.KEY);
    Section below = value == null ? null : section.below(EnsembleSection.KEY, value);
    return below == null ? null : EnsembleSection.read(below);
  }

  /** Whose scores it trains on; null where it trains on labels, and after a fault. */
  static @Nullable Teacher teacher(Section section) {
    ConfigValue value = section.value(Teacher.KEY);
    Section below = value == null ? null : section.below(Teacher.KEY, value);
    if (below == null) {
      return null;
    }
    Teacher teacher = RecordCodec.of(Teacher.class).read(below);
    below.rejectUnknownKeys();
    return teacher;
  }

  /** Whose scores it adds to; null for a model that stands alone, and after a fault. */
  static @Nullable Base base(Section section) {
    ConfigValue value = section.value(Base.KEY);
    Section below = value == null ? null : section.below(Base.KEY, value);
    if (below == null) {
      return null;
    }
    Base base = RecordCodec.of(Base.class).read(below);
    below.rejectUnknownKeys();
    return base;
  }

  private static void requireTasks(Section section, PerTask<?> losses, Set<String> tasks) {
    Set<String> ofLosses = losses.byTask().keySet();
    if (losses.common() == null && !ofLosses.equals(tasks)) {
      section.fault(
          "loss",
          tasks.isEmpty()
              ? "must be one loss: the data has one label, and no tasks, got losses for " + ofLosses
              : "must be one loss, or one for each task of the data, %s, got losses for %s"
                  .formatted(tasks, ofLosses));
    }
  }
}
