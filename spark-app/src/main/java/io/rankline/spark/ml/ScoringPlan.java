package io.rankline.spark.ml;

import io.rankline.spark.table.RankingTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task needs to score rows, besides the model.
 *
 * @param table what the columns of a row are
 * @param tasks of the model, in the order of columns of scores
 * @param byQuery whether rows of a query, which come one after the other, are scored together
 * @param digest what tells the model from others
 */
record ScoringPlan(RankingTable table, List<String> tasks, boolean byQuery, String digest)
    implements Serializable {

  ScoringPlan {
    tasks = new ArrayList<>(tasks);
  }
}
