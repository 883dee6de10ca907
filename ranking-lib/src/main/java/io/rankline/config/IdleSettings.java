package io.rankline.config;

import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.text.Section;

/**
 * Faults of keys that a file sets and another key makes idle: whoever wrote them meant something
 * that will not happen.
 */
final class IdleSettings {

  private final Section section;

  private IdleSettings(Section section) {
    this.section = section;
  }

  /** Those of the section {@code data}. */
  static void inData(Section section, DatasetHparams hparams) {
    boolean tables = section.has("train_input");
    boolean libSvm = hparams.datasetReader() == DatasetReader.LIBSVM;
    IdleSettings idle = new IdleSettings(section);
    for (String key : new String[] {"split", "group_column", "input_options", "lists_dir"}) {
      idle.refuse(key, !tables, "goes with train_input");
    }
    for (String key : new String[] {"dataset_reader", "format"}) {
      idle.refuse(key, tables, "must be left out with train_input, which names its format");
    }
    idle.refuse("format", libSvm, "must be left out with dataset_reader = libsvm, which has none");
    idle.refuse(
        "queries_across_files",
        !tables && !libSvm,
        "goes with dataset_reader = libsvm and with train_input: a record is a whole list");
    idle.refuse(
        "max_corrupt_share",
        hparams.onCorruptRecord() == CorruptRecordPolicy.FAIL,
        "goes with on_corrupt_record = skip");
  }

  /** Those of the section {@code pipeline}. */
  static void inPipeline(Section section, PipelineHparams hparams) {
    IdleSettings idle = new IdleSettings(section);
    idle.refuse(
        "early_stopping_min_delta",
        hparams.earlyStoppingPatience() == 0,
        "goes with early_stopping_patience");
    idle.refuse(
        "automatic_reduce_lr_metric",
        !hparams.automaticReduceLr(),
        "goes with automatic_reduce_lr = true");
    idle.refuse("strategy_options", hparams.strategy() == null, "goes with strategy");
    idle.refuse(
        "compare_with",
        hparams.modelDir().equals(hparams.compareWith()),
        "must be another folder than model_dir");
    idle.refuse(
        "warm_start",
        hparams.modelDir().equals(hparams.warmStart()),
        "must be another folder than model_dir, whose checkpoints go on by themselves");
  }

  /** Those that ask for something of the features. */
  static void inPipeline(Section section, PipelineHparams hparams, RecordSpec records) {
    new IdleSettings(section)
        .refuse(
            "use_weighted_metrics",
            hparams.useWeightedMetrics() && records.weight() == null,
            "needs a weight in data.features");
  }

  private void refuse(String key, boolean when, String rule) {
    if (when && section.has(key)) {
      section.fault(key, rule);
    }
  }
}
