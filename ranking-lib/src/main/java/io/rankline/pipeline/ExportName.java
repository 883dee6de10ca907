package io.rankline.pipeline;

import io.rankline.io.Folder;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;

/** The models that a finished training exports, by the names of their folders. */
public enum ExportName {
  /** The model of the last epoch. */
  LATEST("latest_model"),
  /** The model of the best epoch, where it is kept. */
  BEST("best_model_by_metric");

  private static final String EXPORTS = "export";

  private final String folder;

  ExportName(String folder) {
    this.folder = folder;
  }

  /** The folder in {@code export/} of the model_dir. */
  public String folder() {
    return folder;
  }

  /** Where a training has this model. */
  public Folder in(Folder modelDir) {
    return modelDir.folder(EXPORTS).folder(folder);
  }

  /** Where a training has its best model, or the latest one where that was not kept. */
  public static Folder bestIn(Folder modelDir) throws IOException {
    Folder best = BEST.in(modelDir);
    return SavedRankingModel.isIn(best) ? best : LATEST.in(modelDir);
  }
}
