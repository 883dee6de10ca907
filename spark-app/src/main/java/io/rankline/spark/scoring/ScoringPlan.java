package io.rankline.spark.scoring;

import io.rankline.spark.terminal.UsageException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is written of each item.
 *
 * @param queryColumn name of the column that tells queries apart, in and out
 * @param itemColumns columns, or features, that go along with the scores, as those that tell items
 *     apart
 * @param named whether those are given; otherwise there is one, the comment of a LibSVM line, or
 *     the place of the item in its list
 * @param tasks whose scores are written
 * @param several whether scores are named after tasks
 * @param topK items of a list that are written, the best; 0 for all
 */
record ScoringPlan(
    String queryColumn,
    ArrayList<String> itemColumns,
    boolean named,
    ArrayList<String> tasks,
    boolean several,
    int topK)
    implements Serializable {

  /** The column of what tells items apart, where no column is named. */
  static final String ITEM = "item";

  ScoringPlan {
    Set<String> taken = new HashSet<>();
    List<String> all = new ArrayList<>();
    all.add(queryColumn);
    all.addAll(itemColumns);
    for (int t = 0; t < tasks.size(); t++) {
      all.add(name("score", tasks.get(t), several));
      all.add(name("rank", tasks.get(t), several));
    }
    for (String name : all) {
      if (!taken.add(name)) {
        throw new UsageException(
            "two columns would be called '%s': rename that of the data".formatted(name));
      }
    }
  }

  static ScoringPlan of(
      String queryColumn, @Nullable List<String> itemColumns, List<String> tasks, int topK) {
    return new ScoringPlan(
        queryColumn,
        new ArrayList<>(itemColumns == null ? List.of(ITEM) : itemColumns),
        itemColumns != null,
        new ArrayList<>(tasks),
        tasks.size() > 1,
        topK);
  }

  String scoreName(int task) {
    return name("score", tasks.get(task), several);
  }

  String rankName(int task) {
    return name("rank", tasks.get(task), several);
  }

  private static String name(String what, String task, boolean several) {
    return several ? what + "_" + task : what;
  }
}
