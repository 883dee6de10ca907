package io.rankline.pipeline.dataset;

import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.input.InputSettings;
import io.rankline.pipeline.input.InputSettings.Order;

/** How hyperparameters say that training and validation data is read. */
final class DatasetSettings {

  private DatasetSettings() {}

  /** Of data to train on. */
  static InputSettings training(String name, DatasetHparams hparams) {
    return new InputSettings(
        name,
        Order.TRAINING,
        hparams.trainBatchSize(),
        hparams.listSize(),
        hparams.convertLabelsToBinary(),
        hparams.shuffleExamples(),
        hparams.shuffleBufferSize(),
        hparams.seed(),
        hparams.onCorruptRecord(),
        hparams.prefetchBatches(),
        hparams.readerThreads());
  }

  /** Of data to train on, gone through once in its order. */
  static InputSettings trainPass(String name, DatasetHparams hparams) {
    return new InputSettings(
        name,
        Order.SEQUENTIAL,
        hparams.trainBatchSize(),
        hparams.listSize(),
        hparams.convertLabelsToBinary(),
        false,
        1,
        hparams.seed(),
        hparams.onCorruptRecord(),
        hparams.prefetchBatches(),
        hparams.readerThreads());
  }

  /** Of data to validate or test with: in its order, items too. */
  static InputSettings validation(String name, DatasetHparams hparams) {
    return new InputSettings(
        name,
        Order.SEQUENTIAL,
        hparams.validBatchSize(),
        hparams.effectiveValidListSize(),
        hparams.convertLabelsToBinary(),
        false,
        1,
        hparams.seed(),
        hparams.onCorruptRecord(),
        hparams.prefetchBatches(),
        hparams.readerThreads());
  }
}
