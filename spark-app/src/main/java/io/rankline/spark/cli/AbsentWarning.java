package io.rankline.spark.cli;

import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.MissingFeatures;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.AbsentIds;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.io.record.AbsentFeatures;
import io.rankline.io.record.RecordFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Says which features of a model the data to score does not hold. */
final class AbsentWarning {

  private AbsentWarning() {}

  /** A line for each of the first ones that no record has; nothing where all are somewhere. */
  static void ofRecords(
      PrintWriter out,
      String pattern,
      RecordSpec records,
      RecordFormat format,
      CorruptRecordPolicy policy)
      throws IOException {
    Storage storage = Storage.ofClassPath();
    print(
        out,
        AbsentFeatures.find(storage, storage.shards(pattern), records, format, policy).sentences());
  }

  /**
   * A line where no LibSVM line has any of them; nothing where some are there, as few lines need
   * not have each feature that is seldom other than 0.
   */
  static void ofLines(
      PrintWriter out,
      String pattern,
      RecordSpec records,
      LibSvmLayout layout,
      CorruptRecordPolicy policy)
      throws IOException {
    Storage storage = Storage.ofClassPath();
    MissingFeatures absent =
        AbsentIds.find(storage, storage.shards(pattern), records, layout, policy);
    print(out, absent.certain() ? absent.sentences() : List.of());
  }

  private static void print(PrintWriter out, List<String> absent) {
    absent.forEach(each -> out.println("Warning: " + each));
    if (!absent.isEmpty()) {
      out.println("All items have their defaults.");
    }
  }
}
