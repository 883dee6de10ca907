package io.rankline.spark.evaluation;

import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.spark.scoring.ExecutorModel;
import io.rankline.spark.scoring.ModelFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Labels and scores as {@link ModelPredictions} has them, found on executors: each file is read and
 * scored where it is a task's turn, and only numbers come back. They are those of one process.
 */
public final class ExecutorPredictions {

  private ExecutorPredictions() {}

  /**
   * Reads files and scores their lists.
   *
   * @param folder of an exported model
   * @param pattern files, by paths, folders or globs, on such storage
   * @param data how they are read
   * @return by task
   * @throws IOException if the data cannot be read
   */
  public static SortedMap<String, Predictions> read(
      JavaSparkContext spark, String folder, String pattern, TrainingData data) throws IOException {
    List<Shard> files = ModelLists.shards(pattern, data);
    ExecutorModel model =
        ExecutorModel.of(spark.sc(), ModelFiles.read(Storage.ofClassPath().folder(folder)));
    spark.setJobDescription("score " + pattern);
    List<SortedMap<String, Predictions>> parts =
        spark
            .parallelize(files, files.size())
            .map(file -> ModelPredictions.read(model.forTask(), List.of(file), file.path(), data))
            .collect();
    SortedMap<String, List<Predictions>> byTask = new TreeMap<>();
    for (SortedMap<String, Predictions> part : parts) {
      part.forEach(
          (task, found) -> byTask.computeIfAbsent(task, t -> new ArrayList<>()).add(found));
    }
    SortedMap<String, Predictions> all = new TreeMap<>();
    byTask.forEach((task, found) -> all.put(task, Predictions.joined(pattern, found)));
    return all;
  }
}
