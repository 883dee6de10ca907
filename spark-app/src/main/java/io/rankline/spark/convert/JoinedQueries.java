package io.rankline.spark.convert;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Counts, over all tasks, the queries whose items stood in several files. */
final class JoinedQueries implements Serializable {

  private static final long serialVersionUID = 1;

  private final LongAccumulator count;
  private final CollectionAccumulator<String> examples;

  JoinedQueries(SparkContext spark) {
    this.count = spark.longAccumulator("joined queries");
    this.examples = spark.collectionAccumulator("a joined query of each task");
  }

  void add(String query, String file, String otherFile) {
    count.add(1);
    if (examples.value().isEmpty()) {
      examples.add("query %s in %s and %s".formatted(query, file, otherFile));
    }
  }

  /** Forgets what was counted, before the same work is done again. */
  void restart() {
    count.reset();
    examples.reset();
  }

  /** Says how many there were, if any. */
  Optional<String> sentence() {
    if (count.value() == 0) {
      return Optional.empty();
    }
    String words =
        count.value() == 1
            ? "1 query has items in several files, as %s; it is joined, and"
            : count.value() + " queries have items in several files, as %s; they are joined, and";
    return Optional.of(
        words.formatted(examples.value().get(0))
            + " --queries-across-files apart makes a list of each file's items");
  }
}
