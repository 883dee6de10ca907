package io.rankline.pipeline;

/** The models that a finished training exports, by the names of their folders. */
public enum ExportName {
  /** The model of the last epoch. */
  LATEST("latest_model"),
  /** The model of the best epoch, where it is kept. */
  BEST("best_model_by_metric");

  private final String folder;

  ExportName(String folder) {
    this.folder = folder;
  }

  /** The folder in {@code export/} of the model_dir. */
  public String folder() {
    return folder;
  }
}
