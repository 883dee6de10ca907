package io.rankline.spark.cli;

import io.rankline.export.parity.Parity;
import io.rankline.io.Folder;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;

/** The folder of {@code --output} that an exported model goes to. */
final class ExportFolder {

  private ExportFolder() {}

  /**
   * Makes sure that nothing is lost. A folder that holds something else than an export is never
   * replaced.
   *
   * @param force whether an export is
   * @throws IOException if the folder is not free; names the way out
   */
  static void requireFree(Folder target, boolean force) throws IOException {
    if (target.names().isEmpty()) {
      return;
    }
    if (!SavedRankingModel.isIn(target) && !target.has(Parity.FILE)) {
      throw new IOException(
          "--output %s is not empty and holds no exported model; name another folder"
              .formatted(target.path()));
    }
    if (!force) {
      throw new IOException(
          "--output %s holds an exported model; --force replaces it".formatted(target.path()));
    }
  }
}
