package io.rankline.spark.cli;

import io.rankline.io.libsvm.LibSvmLayout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that read LibSVM: how its lines number features and name queries. */
final class LibSvmOptions {

  @Option(
      names = "--zero-based",
      negatable = true,
      description =
          "Feature ids of libsvm lines begin at 0, as scikit-learn writes them: id 0 is the feature"
              + " named after 1. Default: no, or as in the training of a model (zero_based).")
  private @Nullable Boolean zeroBased;

  @Option(
      names = "--query-file",
      paramLabel = "FILE",
      description =
          "libsvm lines have no qid: FILE has the number of lines of each query, as LightGBM's"
              + " .query and XGBoost's .group. * is the path of a data file, as \"*.query\".")
  private @Nullable String queryFile;

  LibSvmOptions() {}

  /** Whether one of them is given. */
  boolean areGiven() {
    return zeroBased != null || queryFile != null;
  }

  /**
   * The layout.
   *
   * @param zeroBasedUnlessSaid whether ids begin at 0 where no option says it
   */
  LibSvmLayout layout(boolean zeroBasedUnlessSaid) {
    return new LibSvmLayout(zeroBased == null ? zeroBasedUnlessSaid : zeroBased, queryFile);
  }
}
