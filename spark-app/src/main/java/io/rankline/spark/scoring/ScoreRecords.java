package io.rankline.spark.scoring;

import io.rankline.spark.convert.RecordOutput;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** Scores as features of ELWC records, whose items stand in the order of rank. */
final class ScoreRecords {

  private ScoreRecords() {}

  static void write(
      SparkSession session, JavaRDD<ScoredList> lists, ScoringPlan plan, Path folder) {
    JavaRDD<byte[]> records = lists.map(list -> record(list, plan));
    RecordOutput.write(session, records, folder);
  }

  private static byte[] record(ScoredList list, ScoringPlan plan) throws Exception {
    Set<String> added = new HashSet<>();
    for (int t = 0; t < plan.tasks().size(); t++) {
      added.add(plan.scoreName(t));
      added.add(plan.rankName(t));
    }
    return list.items()
        .reordered(
            list.order(),
            added,
            (item, example) -> {
              for (int t = 0; t < plan.tasks().size(); t++) {
                example.floats(plan.scoreName(t), list.scores()[t], item, 1);
                example.longs(plan.rankName(t), new long[] {list.ranks()[t][item]}, 0, 1);
              }
            });
  }
}
