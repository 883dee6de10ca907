package io.rankline.spark.cli;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.CorruptShare;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.spark.terminal.UsageException;
import picocli.CommandLine.Option;

/** How rows and records become lists: what of several files belongs together, and what may lack. */
final class GatheringOptions {

  @Option(
      names = "--queries-across-files",
      paramLabel = "join|apart",
      defaultValue = "join",
      description =
          "Whether the items of a query that stand in several files are one list, or one a file"
              + " (default: ${DEFAULT-VALUE}).")
  private String acrossFiles;

  @Option(
      names = "--on-corrupt-record",
      paramLabel = "POLICY",
      defaultValue = "fail",
      description = "fail, or skip and count (default: ${DEFAULT-VALUE}).")
  private String onCorruptRecord;

  @Option(
      names = "--max-corrupt-share",
      paramLabel = "SHARE",
      description =
          "Share of the data that may be skipped, from 0 to 1; more ends the run (default: 0.01).")
  private double maxCorruptShare = CorruptShare.DEFAULT;

  GatheringOptions() {}

  /** Whether items of a query in several files are one list. */
  QueriesAcrossFiles acrossFiles() {
    return UsageException.reading(() -> QueriesAcrossFiles.ofWireName(acrossFiles));
  }

  /** What a damaged row or record does. */
  CorruptRecordPolicy policy() {
    return UsageException.reading(() -> CorruptRecordPolicy.ofWireName(onCorruptRecord));
  }

  /** How much may be lost where they are skipped. */
  CorruptShare share() {
    return UsageException.reading(() -> new CorruptShare(maxCorruptShare));
  }
}
