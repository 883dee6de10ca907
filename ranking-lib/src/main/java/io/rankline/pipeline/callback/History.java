package io.rankline.pipeline.callback;

import io.rankline.io.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the values of all epochs in {@code history.json} and {@code history.csv} of the model's
 * folder. Both are replaced as a whole after each epoch.
 *
 * <p>A run that continues from a checkpoint keeps the epochs that this checkpoint has behind it,
 * and drops later ones, which it trains again. A history that is missing or damaged is no reason to
 * stop; the epochs before are then missing from it.
 */
public final class History implements Callback {

  static final String JSON = "history.json";
  static final String CSV = "history.csv";

  private static final Logger log = LoggerFactory.getLogger(History.class);

  private final List<EpochResult> epochs = new ArrayList<>();

  /**
   * The epochs of a model's folder; none where it has no history.
   *
   * @throws IOException if the history is damaged
   */
  public static List<EpochResult> read(Folder modelDir) throws IOException {
    return modelDir.has(JSON) ? HistoryJson.read(modelDir, JSON) : List.of();
  }

  /** The epochs so far, those of earlier runs included. */
  public List<EpochResult> epochs() {
    return List.copyOf(epochs);
  }

  @Override
  public void onTrainBegin(TrainingRun run) throws IOException {
    if (run.finishedEpochs() == 0) {
      return;
    }
    try {
      for (EpochResult epoch : read(run.modelDir())) {
        if (epoch.epoch() <= run.finishedEpochs()) {
          epochs.add(epoch);
        }
      }
    } catch (IOException e) {
      log.warn("the history begins anew at epoch {}", run.finishedEpochs() + 1, e);
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) throws IOException {
    epochs.add(epoch);
    Folder folder = run.modelDir();
    List<EpochResult> written = epochs();
    folder.later(
        0,
        () -> {
          folder.create();
          folder.write(JSON, out -> HistoryJson.write(written, out));
          folder.write(CSV, out -> HistoryCsv.write(written, out));
        });
  }
}
