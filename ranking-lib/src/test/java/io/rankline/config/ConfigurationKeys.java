package io.rankline.config;

import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.dataset.Base;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.TrainingShortcuts;
import io.rankline.text.Family;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.util.ArrayList;
import java.util.List;

/** The keys of the sections of a configuration file, for the page that lists them. */
public final class ConfigurationKeys {

  private ConfigurationKeys() {}

  /** Of the section {@code data}, besides {@code features} and {@code tasks}. */
  public static List<OptionSpec> ofData() {
    List<OptionSpec> keys = new ArrayList<>(RecordCodec.of(DatasetHparams.class).options());
    keys.addAll(RecordCodec.of(TableInputs.class).options());
    return keys;
  }

  /** Of the section {@code synthetic}. */
  public static List<OptionSpec> ofSyntheticData() {
    return RecordCodec.of(SyntheticSection.class).options();
  }

  /** Of the section {@code pipeline.ensemble}. */
  public static List<OptionSpec> ofEnsemble() {
    return RecordCodec.of(EnsembleSection.class).options();
  }

  /** Of the section {@code pipeline.teacher}. */
  public static List<OptionSpec> ofTeacher() {
    return RecordCodec.of(Teacher.class).options();
  }

  /** Of the section {@code pipeline.base}. */
  public static List<OptionSpec> ofBase() {
    return RecordCodec.of(Base.class).options();
  }

  /** Of the section {@code model}, besides {@code preprocess} and {@code scorer}. */
  public static List<OptionSpec> ofModel() {
    return RecordCodec.of(ModelNames.class).options();
  }

  /** The scorers by their type. */
  public static Family<Scorer> scorers() {
    return ScorerText.SCORERS;
  }

  /** Of the section {@code pipeline}. */
  public static List<OptionSpec> ofPipeline() {
    return RecordCodec.of(PipelineHparams.class).options();
  }

  /** Of the section {@code pipeline}, those that say the same as others. */
  public static List<OptionSpec> shortcuts() {
    return RecordCodec.of(TrainingShortcuts.class).options();
  }
}
