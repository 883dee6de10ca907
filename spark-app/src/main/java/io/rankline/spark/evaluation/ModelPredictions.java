package io.rankline.spark.evaluation;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RankingListReader;
import io.rankline.io.RecordFiles;
import io.rankline.io.RecordFormat;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * The scores of an exported model on ELWC records with labels. All items of a list are scored,
 * however many the training looked at.
 */
public final class ModelPredictions {

  /** Enough for the network to be busy, and few enough to hold. */
  private static final int LISTS_AT_A_TIME = 64;

  private final SavedRankingModel model;
  private final String task;
  private final List<String> queries = new ArrayList<>();
  private final Column labels = new Column();
  private final Column scores = new Column();
  private final List<Integer> starts = new ArrayList<>(List.of(0));

  private ModelPredictions(SavedRankingModel model, String task) {
    this.model = model;
    this.task = task;
  }

  /**
   * Reads records and scores them. Lists are named after file and record, from 0.
   *
   * @param modelFolder an export, as {@code model_dir/export/latest_model}
   * @param pattern TFRecord files, by paths, folders or globs
   * @throws IOException if the model or the data cannot be read
   * @throws IllegalArgumentException for a model of several tasks
   */
  public static Predictions read(String modelFolder, String pattern) throws IOException {
    SavedRankingModel model = SavedRankingModel.load(modelFolder);
    if (model.tasks().size() != 1) {
      throw new IllegalArgumentException(
          "the model has tasks %s; only models of one task can be evaluated"
              .formatted(model.tasks()));
    }
    ModelPredictions predictions = new ModelPredictions(model, model.tasks().iterator().next());
    RecordFiles files = new RecordFiles(new Configuration());
    for (FileStatus file : files.list(pattern)) {
      predictions.add(files, file);
    }
    return predictions.build(pattern);
  }

  private void add(RecordFiles files, FileStatus file) throws IOException {
    try (RankingListReader reader =
        RankingListReader.open(
            files,
            file.getPath(),
            RecordFormat.ELWC.decoder(model.records()),
            CorruptRecordPolicy.FAIL,
            fault -> {})) {
      List<RankingList> lists = new ArrayList<>();
      int record = 0;
      for (RankingList list = reader.next(); list != null; list = reader.next()) {
        lists.add(list);
        queries.add(file.getPath() + ": record " + record++);
        if (lists.size() == LISTS_AT_A_TIME) {
          score(lists);
          lists.clear();
        }
      }
      score(lists);
    }
  }

  private void score(List<RankingList> lists) {
    List<SortedMap<String, float[]>> found = model.predictAll(lists);
    for (int k = 0; k < lists.size(); k++) {
      RankingList list = lists.get(k);
      float[] ofTask = found.get(k).get(task);
      if (ofTask == null || ofTask.length != list.size()) {
        throw new IllegalArgumentException(
            "the model has several scores an item, which are no ranking");
      }
      for (int i = 0; i < ofTask.length; i++) {
        labels.add(list.labels()[i]);
        scores.add(ofTask[i]);
      }
      starts.add(scores.size());
    }
  }

  private Predictions build(String source) {
    return new Predictions(
        source,
        queries,
        starts.stream().mapToInt(Integer::intValue).toArray(),
        labels.toArray(),
        scores.toArray(),
        new double[0],
        1);
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

    int size() {
      return size;
    }

    double[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
