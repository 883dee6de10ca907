package io.rankline.spark.evaluation;

import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import io.rankline.io.Shard;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scores of an exported model on files with labels, for each of its tasks. Lists are cut and
 * labels read as {@link TrainingData} says. Rows have weights where the model's records have a
 * weight.
 */
public final class ModelPredictions {

  /** Enough for the network to be busy, and few enough to hold. */
  private static final int LISTS_AT_A_TIME = 64;

  private final SavedRankingModel model;
  private final TrainingData data;
  private final List<String> places = new ArrayList<>();
  private final List<String> queries = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>(List.of(0));
  private final SortedMap<String, Task> tasks = new TreeMap<>();
  private final Column weights = new Column();
  private final List<RankingList> waiting = new ArrayList<>();

  /** Labels and scores of a task. */
  private static final class Task {
    private final Column labels = new Column();
    private final Column scores = new Column();
  }

  private ModelPredictions(SavedRankingModel model, TrainingData data) {
    this.model = model;
    this.data = data;
    model.tasks().forEach(task -> tasks.put(task, new Task()));
  }

  /**
   * Reads files and scores their lists, which are told apart as {@link ModelLists} does.
   *
   * @param pattern files, by paths, folders or globs
   * @param data how they are read
   * @return by task
   * @throws IOException if the data cannot be read
   * @throws IllegalArgumentException for a model with several scores an item, or records that no
   *     LibSVM file can hold
   */
  public static SortedMap<String, Predictions> read(
      SavedRankingModel model, String pattern, TrainingData data) throws IOException {
    return read(model, ModelLists.shards(pattern, data), pattern, data);
  }

  /** The same of files that are known; those of one shard have queries in common. */
  static SortedMap<String, Predictions> read(
      SavedRankingModel model, List<Shard> files, String name, TrainingData data)
      throws IOException {
    ModelPredictions predictions = new ModelPredictions(model, data);
    for (Shard file : files) {
      ModelLists.read(model.records(), file, data, predictions::add);
    }
    predictions.score(predictions.waiting);
    return predictions.build(name);
  }

  private void add(ModelLists.Name name, RankingList list) {
    places.add(name.place());
    queries.add(name.query());
    waiting.add(list);
    if (waiting.size() == LISTS_AT_A_TIME) {
      score(waiting);
      waiting.clear();
    }
  }

  private void score(List<RankingList> lists) {
    List<SortedMap<String, float[]>> found = model.predictAll(lists);
    for (int k = 0; k < lists.size(); k++) {
      RankingList list = lists.get(k);
      SortedMap<String, float[]> scores = found.get(k);
      tasks.forEach((name, task) -> add(list, name, task, scores.get(name)));
      boolean each = list.layout().weights() == WeightLayout.PER_ITEM;
      for (int i = 0; i < list.size() && list.layout().weights() != WeightLayout.NONE; i++) {
        weights.add(list.weights()[each ? i : 0]);
      }
      starts.add(starts.get(starts.size() - 1) + list.size());
    }
  }

  private void add(RankingList list, String name, Task task, float @Nullable [] scores) {
    if (scores == null || scores.length != list.size()) {
      throw new IllegalArgumentException(
          "the model has several scores an item, which are no ranking");
    }
    int label = model.labelColumn(list.layout(), name);
    for (int i = 0; i < scores.length; i++) {
      double value = list.label(label, i);
      task.labels.add(data.binaryLabels() && value > 0 ? 1 : value);
      task.scores.add(scores[i]);
    }
  }

  private SortedMap<String, Predictions> build(String source) {
    SortedMap<String, Predictions> predictions = new TreeMap<>();
    int[] ends = starts.stream().mapToInt(Integer::intValue).toArray();
    tasks.forEach(
        (name, task) ->
            predictions.put(
                name,
                new Predictions(
                    source,
                    places,
                    queries,
                    ends,
                    task.labels.toArray(),
                    task.scores.toArray(),
                    weights.toArray(),
                    1)));
    return Collections.unmodifiableSortedMap(predictions);
  }

  /** Numbers, one after the other. */
  private static final class Column {
    private double[] values = new double[1024];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    double[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
