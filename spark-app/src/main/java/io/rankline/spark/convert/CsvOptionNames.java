package io.rankline.spark.convert;

import io.rankline.spark.terminal.UsageException;
import io.rankline.text.KnownNames;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import scala.collection.JavaConverters;

/** Refuses options of CSV that nobody reads: Spark passes over a misspelt one without a word. */
final class CsvOptionNames {

  /** Of all of Spark's sources of files. */
  private static final List<String> OF_FILES =
      List.of(
          "ignoreCorruptFiles",
          "ignoreMissingFiles",
          "modifiedAfter",
          "modifiedBefore",
          "pathGlobFilter",
          "recursiveFileLookup");

  private CsvOptionNames() {}

  /**
   * Checks names, whose case does not matter.
   *
   * @param asked the names
   * @param own an option that is no option of Spark's
   * @throws UsageException for one that is unknown
   */
  static void require(Set<String> asked, String own) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(JavaConverters.setAsJavaSet(CSVOptions.getAllOptions()));
    known.addAll(OF_FILES);
    known.add(own);
    for (String name : asked) {
      if (!known.contains(name)) {
        throw new UsageException(KnownNames.didYouMean("option of csv", name, known));
      }
    }
  }
}
