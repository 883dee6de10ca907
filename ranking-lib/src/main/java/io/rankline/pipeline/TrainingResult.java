package io.rankline.pipeline;

import io.rankline.model.RankingModel;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.report.DataProfile;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What came out of a training.
 *
 * @param model the model after the last step
 * @param epochs the history, earlier runs that were interrupted included
 * @param bestEpoch the epoch of the best model where it was kept
 * @param stopReason why training ended before its last epoch; empty if it did not
 * @param testLogs metrics of the exported model on the test set by name; empty without test set
 * @param exports folders of exported models
 * @param study what the exported model makes of the validation data
 * @param data what the data sets hold: of the training data, at least its first lists
 */
public record TrainingResult(
    RankingModel model,
    List<EpochResult> epochs,
    OptionalInt bestEpoch,
    String stopReason,
    Map<String, Double> testLogs,
    Map<ExportName, String> exports,
    ModelStudy study,
    List<DataProfile> data) {

  public TrainingResult {
    epochs = List.copyOf(epochs);
    testLogs = Map.copyOf(testLogs);
    exports = Map.copyOf(exports);
    data = List.copyOf(data);
  }

  /** The last epoch. */
  public EpochResult lastEpoch() {
    return epochs.get(epochs.size() - 1);
  }
}
