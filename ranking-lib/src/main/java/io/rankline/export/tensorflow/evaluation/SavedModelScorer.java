package io.rankline.export.tensorflow.evaluation;

import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.tensorflow.proto.SavedModel;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.model.ListScorer;
import io.rankline.model.TaskLoss;
import io.rankline.model.scorer.ScoringScope;
import io.rankline.serving.SignatureName;
import io.rankline.serving.Signatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scores lists as a client of TensorFlow Serving gets them: serialized, through the signature
 * {@code tensorflow/serving/predict}.
 *
 * <p>Where {@code tensorflow/serving/regress} must say the same, it is asked, too: for lists of one
 * item, and for the first list of each call if the model scores every item by itself.
 */
public final class SavedModelScorer implements ListScorer {

  private final EngineModel model;
  private final SavedGraph graph;

  private SavedModelScorer(EngineModel model, SavedGraph graph) {
    this.model = model;
    this.graph = graph;
  }

  /**
   * A scorer of a graph.
   *
   * @param model for the names of tasks and how lists are serialized
   * @throws IllegalArgumentException for a graph that no server would load
   */
  public static SavedModelScorer of(SavedModel saved, EngineModel model) {
    return new SavedModelScorer(model, SavedGraph.load(saved));
  }

  @Override
  public synchronized List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    ElwcEncoder encoder = new ElwcEncoder(model.scorer().requests());
    Map<String, Tensor> outputs =
        graph.call(
            SignatureName.PREDICT.key(),
            Tensor.ofTexts(raw.stream().map(encoder::encode).toList()));
    List<SortedMap<String, float[]>> scores = new ArrayList<>();
    for (int q = 0; q < raw.size(); q++) {
      int size = raw.get(q).size();
      int list = q;
      SortedMap<String, float[]> ofTasks = new TreeMap<>();
      model
          .description()
          .tasks()
          .forEach((task, loss) -> ofTasks.put(task, row(outputs, task, loss, list, size)));
      scores.add(ofTasks);
    }
    requireRegress(raw, scores, encoder);
    return scores;
  }

  private float[] row(Map<String, Tensor> outputs, String task, TaskLoss loss, int list, int size) {
    Tensor output = output(outputs, task);
    int width = output.shape()[1] * loss.scoresOfItem();
    int from = list * width;
    return Arrays.copyOfRange(output.floats(), from, from + size * loss.scoresOfItem());
  }

  private Tensor output(Map<String, Tensor> outputs, String task) {
    String name = model.description().tasks().size() == 1 ? Signatures.OUTPUTS : task;
    Tensor output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException("no output '%s'".formatted(name));
    }
    return output;
  }

  /** The arithmetic is the same, item by item, so scores must be equal. */
  private void requireRegress(
      List<RankingList> raw, List<SortedMap<String, float[]>> scores, ElwcEncoder encoder) {
    List<byte[]> examples = new ArrayList<>();
    List<Integer> lists = new ArrayList<>();
    for (int q = 0; q < raw.size(); q++) {
      boolean isAlone = q == 0 && model.scorer().scope() == ScoringScope.ITEM;
      if (isAlone || raw.get(q).size() == 1) {
        lists.add(q);
        for (int i = 0; i < raw.get(q).size(); i++) {
          examples.add(encoder.encodeItem(raw.get(q), i));
        }
      }
    }
    if (examples.isEmpty()) {
      return;
    }
    Map<String, Tensor> outputs = graph.call(SignatureName.REGRESS.key(), Tensor.ofTexts(examples));
    for (String task : model.description().tasks().keySet()) {
      float[] found = output(outputs, task).floats();
      int at = 0;
      for (int q : lists) {
        float[] expected = Objects.requireNonNull(scores.get(q).get(task));
        if (!Arrays.equals(expected, Arrays.copyOfRange(found, at, at + expected.length))) {
          throw new IllegalArgumentException(
              "the signatures predict and regress score an item of list %s otherwise".formatted(q));
        }
        at += expected.length;
      }
    }
  }
}
