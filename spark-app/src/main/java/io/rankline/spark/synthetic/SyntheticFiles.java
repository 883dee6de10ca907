package io.rankline.spark.synthetic;

import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.io.Compression;
import io.rankline.spark.storage.Parallel;
import io.rankline.spark.storage.ShardNames;
import io.rankline.spark.storage.StagedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes lists of a made-up log as ELWC files, several side by side.
 *
 * @param log where lists come from
 * @param withTrueUtility whether items get the feature {@code true_utility}
 * @param packing how files are compressed
 * @param threads files written at a time
 */
public record SyntheticFiles(
    SyntheticLog log, boolean withTrueUtility, Compression packing, int threads) {

  /**
   * Writes consecutive lists.
   *
   * @param folder gets the files
   * @param first number of the first list
   * @param lists number of lists, 1 or more
   * @param shards number of files, at most {@code lists}
   * @param onList called after each list, by several threads
   */
  public SyntheticRecords.Counts write(
      Configuration configuration, Path folder, long first, long lists, int shards, Runnable onList)
      throws Exception {
    List<Callable<SyntheticRecords.Counts>> tasks = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      long from = first + boundary(lists, shards, shard);
      long to = first + boundary(lists, shards, shard + 1);
      Path file = new Path(folder, ShardNames.record(shard, shards, packing));
      tasks.add(
          () -> {
            SyntheticRecords records = new SyntheticRecords(log, withTrueUtility);
            return records.write(StagedOutput.create(configuration, file), from, to, onList);
          });
    }
    return Parallel.run(tasks, threads).stream()
        .reduce(new SyntheticRecords.Counts(0, 0), SyntheticRecords.Counts::plus);
  }

  private static long boundary(long lists, int shards, int shard) {
    return lists / shards * shard + Math.min(shard, lists % shards);
  }
}
