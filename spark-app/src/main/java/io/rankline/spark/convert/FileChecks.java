package io.rankline.spark.convert;

import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Looks at the beginnings of a table's files before Spark does. */
final class FileChecks {

  /** Of more files, the first ones show what all are. */
  private static final int MOST_LOOKED_AT = 100;

  /** What is wrong with a file. */
  interface Check {
    Optional<String> fault(Path file) throws IOException;
  }

  private FileChecks() {}

  /**
   * Refuses files of which one is at fault.
   *
   * @throws UsageException with the first fault, and how many there are
   */
  static void require(String[] files, Check check) {
    List<String> faults =
        Arrays.stream(files)
            .limit(MOST_LOOKED_AT)
            .parallel()
            .map(
                file -> {
                  try {
                    return check.fault(new Path(file)).orElse("");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .filter(fault -> !fault.isEmpty())
            .toList();
    if (!faults.isEmpty()) {
      throw new UsageException(
          faults.get(0)
              + (faults.size() == 1 ? "" : "; so it is with %s files".formatted(faults.size())));
    }
  }
}
