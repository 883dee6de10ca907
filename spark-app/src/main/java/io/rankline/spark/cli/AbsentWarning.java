package io.rankline.spark.cli;

import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Storage;
import io.rankline.io.record.AbsentFeatures;
import io.rankline.io.record.RecordFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Says which features of a model no record of the data holds. */
final class AbsentWarning {

  private AbsentWarning() {}

  /** A line for each of the first ones; nothing where all are somewhere. */
  static void print(
      PrintWriter out,
      String pattern,
      RecordSpec records,
      RecordFormat format,
      CorruptRecordPolicy policy)
      throws IOException {
    Storage storage = Storage.ofClassPath();
    List<String> absent =
        AbsentFeatures.find(storage, storage.shards(pattern), records, format, policy).sentences();
    absent.forEach(each -> out.println("Warning: " + each));
    if (!absent.isEmpty()) {
      out.println("All items have their defaults.");
    }
  }
}
