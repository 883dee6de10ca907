package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.data.ListLayout;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.graph.ModelGraph;
import io.rankline.model.input.BatchEncoder;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.scorer.ScoringScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A ranking network with what it needs to read lists and to be trained.
 *
 * <p>The graph takes inputs as {@link ModelGraph} names them and has one output of logits a task,
 * [B, L], or [B, L, M] for losses of M scores an item. Not safe for use by several threads at once,
 * as DL4J's graphs are not.
 */
public final class RankingModel {

  private final String name;
  private final ComputationGraph graph;
  private final BatchEncoder encoder;
  private final String maskFeatureName;
  private final SortedMap<String, TaskLoss> tasks;
  private final ScoringScope scope;

  /** A model around a graph that has been initialised, whose scores depend on the whole list. */
  public RankingModel(
      String name,
      ComputationGraph graph,
      BatchEncoder encoder,
      String maskFeatureName,
      SortedMap<String, TaskLoss> tasks) {
    this(name, graph, encoder, maskFeatureName, tasks, ScoringScope.LIST);
  }

  /**
   * A model around a graph that has been initialised.
   *
   * @param name shown in logs and reports
   * @param graph with one output a task, in the order of the tasks
   * @param encoder makes the graph's inputs
   * @param maskFeatureName the mask's name among them
   * @param tasks loss of each task by its name; the graph's outputs have the same order
   * @param scope what a score depends on
   */
  public RankingModel(
      String name,
      ComputationGraph graph,
      BatchEncoder encoder,
      String maskFeatureName,
      SortedMap<String, TaskLoss> tasks,
      ScoringScope scope) {
    if (graph.getNumOutputArrays() != tasks.size()) {
      throw new IllegalArgumentException(
          "a graph must have one output a task, %s, got %s outputs"
              .formatted(tasks.keySet(), graph.getNumOutputArrays()));
    }
    this.name = name;
    this.graph = graph;
    this.encoder = encoder;
    this.maskFeatureName = maskFeatureName;
    this.tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
    this.scope = scope;
  }

  /** The model of a description around a network that has been initialised. */
  public static RankingModel of(ModelDescription description, ComputationGraph graph) {
    String mask = description.maskFeatureName();
    return new RankingModel(
        description.name(),
        graph,
        new InputEncoder(description.inputs(), mask),
        mask,
        description.tasks(),
        description.scope());
  }

  /**
   * What describes it besides its network.
   *
   * @throws IllegalArgumentException for a model with a batch encoder of its own, which has no text
   *     form
   */
  public ModelDescription description() {
    if (!(encoder instanceof InputEncoder inputs)) {
      throw new IllegalArgumentException(
          "model '%s' has an encoder of its own, %s, which cannot be written to a file; let an"
                  .formatted(name, encoder.getClass().getName())
              + " InputEncoder make its inputs");
    }
    return new ModelDescription(name, inputs.plan(), maskFeatureName, tasks, scope);
  }

  /** Shown in logs and reports. */
  public String name() {
    return name;
  }

  /** The network. */
  public ComputationGraph graph() {
    return graph;
  }

  /** Makes the network's inputs. */
  public BatchEncoder encoder() {
    return encoder;
  }

  /** Name of the mask among the network's inputs. */
  public String maskFeatureName() {
    return maskFeatureName;
  }

  /** Loss of each task by its name. */
  public SortedMap<String, TaskLoss> tasks() {
    return tasks;
  }

  /** What a score depends on. */
  public ScoringScope scope() {
    return scope;
  }

  /**
   * The place of a task's label among the labels of a batch.
   *
   * @throws IllegalArgumentException if the task is not there, or its label
   */
  public int labelColumn(ListLayout layout, String task) {
    TaskLoss loss = tasks.get(task);
    if (loss == null) {
      throw new IllegalArgumentException(
          "the model has no task '%s'; it has %s".formatted(task, tasks.keySet()));
    }
    return loss.labelColumn(layout, task);
  }

  /**
   * A scorer with this model: in plain Java or compiled kernels, with its network as it is now; or
   * by the network itself, which must not be trained meanwhile, where it has layers of its own.
   */
  public ListScorer scorer() {
    return Freezing.of(this).orElseGet(this::networkScorer);
  }

  /**
   * The layers of its network as it is now, batch norm folded into them.
   *
   * @throws UnknownLayerException for a network with layers of its own
   * @throws IllegalArgumentException for a model with a batch encoder of its own
   */
  public Plan layers() {
    return Freezing.layers(this);
  }

  /** A scorer by the network itself, which must not be trained meanwhile. */
  public ListScorer networkScorer() {
    return new RepeatableScorer(this);
  }

  /**
   * A batch of transformed lists as DL4J trains on it: features, labels of each task, and weights
   * as label masks.
   *
   * @param transformed as {@link BatchEncoder#transform} makes it
   * @throws IllegalArgumentException if the batch lacks the label of a task
   */
  public MultiDataSet trainingData(ListBatch transformed) {
    List<INDArray> labels = new ArrayList<>();
    tasks.forEach((task, loss) -> labels.add(LabelColumns.labels(transformed, task, loss.label())));
    INDArray weights = LabelColumns.weights(transformed);
    @Nullable INDArray[] weightsOfTasks = new INDArray[tasks.size()];
    Arrays.fill(weightsOfTasks, weights);
    return new MultiDataSet(
        encoder.inputs(transformed),
        labels.toArray(new INDArray[0]),
        null,
        weights == null ? null : weightsOfTasks);
  }

  /**
   * Takes one training step on a batch as it is read.
   *
   * @return the loss of the batch before the step, regularisation included
   */
  public double fit(ListBatch raw) {
    return fitTransformed(encoder.transform(raw));
  }

  /**
   * Takes one training step on a batch of transformed lists. A batch without any item is no step.
   *
   * @return the loss of the batch before the step, regularisation included
   */
  public double fitTransformed(ListBatch transformed) {
    if (transformed.validItems() == 0) {
      return 0;
    }
    MultiDataSet data = trainingData(transformed);
    graph.fit(data);
    double loss = graph.score();
    release(data.getFeatures());
    release(data.getLabels());
    release(data.getLabelsMaskArrays());
    return loss;
  }

  /**
   * Scores of the items of a batch as it is read, for a model of one task.
   *
   * @return [B, L]; {@link ListBatch#PADDING_SCORE} at padding
   * @throws IllegalStateException for a model of several tasks
   */
  public float[] score(ListBatch raw) {
    if (tasks.size() != 1) {
      throw new IllegalStateException(
          "the model has scores for each of %s; ask for them by task".formatted(tasks.keySet()));
    }
    return scores(raw).values().iterator().next();
  }

  /** As {@link #scoresTransformed}, of a batch as it is read. */
  public SortedMap<String, float[]> scores(ListBatch raw) {
    return scoresTransformed(encoder.transform(raw));
  }

  /**
   * Scores of the items of a batch of transformed lists for each task.
   *
   * @return by task, [B, L] or [B, L, M]; {@link ListBatch#PADDING_SCORE} at padding
   */
  public SortedMap<String, float[]> scoresTransformed(ListBatch transformed) {
    SortedMap<String, float[]> scores = new TreeMap<>();
    if (transformed.validItems() == 0) {
      int items = transformed.batchSize() * transformed.listSize();
      tasks.forEach(
          (task, loss) -> {
            float[] padding = new float[items * loss.objective().outputs()];
            Arrays.fill(padding, (float) ListBatch.PADDING_SCORE);
            scores.put(task, padding);
          });
      return scores;
    }
    INDArray[] inputs = encoder.inputs(transformed);
    INDArray[] outputs = graph.output(inputs);
    int k = 0;
    for (String task : tasks.keySet()) {
      INDArray logits = outputs[k++];
      scores.put(task, NativeFloats.values(logits));
    }
    release(inputs);
    return scores;
  }

  /**
   * Gives back the native memory of a step's arrays at once: left to the garbage collector, which
   * sees only small objects, they would pile up.
   */
  private static void release(@Nullable INDArray @Nullable [] arrays) {
    if (arrays == null) {
      return;
    }
    Set<INDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (INDArray array : arrays) {
      if (array != null && seen.add(array) && array.closeable()) {
        array.close();
      }
    }
  }

  /**
   * What a vertex of the graph puts out for a batch, for those who look into a model.
   *
   * @param vertex its name
   * @throws IllegalArgumentException if there is no such vertex
   */
  public INDArray activation(ListBatch raw, String vertex) {
    INDArray found = graph.feedForward(encoder.encode(raw), false).get(vertex);
    if (found == null) {
      throw new IllegalArgumentException("the model has no vertex '%s'".formatted(vertex));
    }
    return found;
  }
}
