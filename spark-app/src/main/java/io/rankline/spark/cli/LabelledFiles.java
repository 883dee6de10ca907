package io.rankline.spark.cli;

import io.rankline.io.Storage;
import io.rankline.spark.convert.DataInput;
import io.rankline.spark.terminal.UsageException;

/** What {@code --data} may name where models are judged. */
final class LabelledFiles {

  private LabelledFiles() {}

  /**
   * Refuses a table.
   *
   * @throws UsageException naming it, and the ways to have its lists
   */
  static void require(String data) {
    if (DataInput.isTable(data, Storage.ofClassPath().recordFiles())) {
      throw new UsageException(
          ("--data takes files of records or of LibSVM lines, not the table '%s'; a training from"
                  + " tables leaves lists of its test part in MODEL_DIR/lists/test, and \"convert\""
                  + " writes those of any table")
              .formatted(data));
    }
  }
}
