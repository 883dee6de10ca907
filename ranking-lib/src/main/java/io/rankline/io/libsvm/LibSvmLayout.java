package io.rankline.io.libsvm;

import io.rankline.io.Shard;
import io.rankline.io.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How LibSVM files number features and say which query a line belongs to.
 *
 * @param zeroBased whether feature ids begin at 0, as scikit-learn writes them; id 0 is then read
 *     as id 1, and so on
 * @param queryFile a file with the number of lines of each query, as LightGBM's {@code .query} and
 *     XGBoost's {@code .group}, where lines have no {@code qid}; a {@code *} in it stands for the
 *     path of a data file, {@code *.query}. Null where lines have one
 */
public record LibSvmLayout(boolean zeroBased, @Nullable String queryFile) implements Serializable {

  /** Ids from 1, and a query in each line. */
  public static final LibSvmLayout USUAL = new LibSvmLayout(false, null);

  /** Stands for the path of a data file. */
  private static final String DATA_FILE = "*";

  /** Whether each data file has a file of counts of its own. */
  public boolean isBeside() {
    return queryFile != null && queryFile.contains(DATA_FILE);
  }

  /** The file of counts, of one that is called after this data file as {@code *} and its ending. */
  public @Nullable String besideOf(String path) {
    return queryFile != null && queryFile.startsWith(path)
        ? DATA_FILE + queryFile.substring(path.length())
        : queryFile;
  }

  /**
   * Refuses one file of counts for several data files.
   *
   * @param pattern of the data, for the message
   * @param files number of data files
   * @throws IOException if they do not fit
   */
  public void requireFor(String pattern, int files) throws IOException {
    if (queryFile != null && !isBeside() && files != 1) {
      throw new IOException(
          "query_file '%s' is one file, and '%s' is %s; write *.query for a file beside each"
              .formatted(queryFile, pattern, files));
    }
  }

  /**
   * The counts of a data file; null where its lines have their query.
   *
   * @throws IOException if they cannot be read
   */
  public @Nullable QueryCounts counts(Storage storage, String path) throws IOException {
    if (queryFile == null) {
      return null;
    }
    String file = queryFile.replace(DATA_FILE, path);
    try {
      return QueryCounts.read(storage.open(new Shard(file, 0)), file);
    } catch (FileNotFoundException e) {
      throw new IOException(
          "query_file (--query-file), which counts the lines of each query of '%s', cannot be read"
              .formatted(path),
          e);
    }
  }
}
