package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.FeatureColumns;
import io.rankline.model.input.InputCreator;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.input.Preprocessor;
import io.rankline.model.layer.BaseScore;
import io.rankline.model.layer.ListwiseLoss;
import io.rankline.model.layer.RestoreList;
import io.rankline.model.optimizer.Regularizer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.ScoringScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * Builds a model from features, what becomes of them, and a scorer.
 *
 * <pre>{@code
 * new ModelBuilder(
 *     new FeatureSpecInputCreator(context, examples),
 *     PreprocessorWithSpec.forAll(examples.keySet(), Transform.LOG1P),
 *     DNNScorer.builder().hiddenLayerDims(1024, 512, 256).build(),
 *     "__list_mask__",
 *     "web30k_dnn_model")
 * }</pre>
 */
public final class ModelBuilder extends AbstractModelBuilder {

  private static final long serialVersionUID = 1;

  private final InputCreator inputCreator;
  private final Preprocessor preprocessor;
  private final Scorer scorer;
  private final String maskFeatureName;
  private final String name;

  /**
   * A builder.
   *
   * @param inputCreator which features the model reads
   * @param preprocessor what becomes of them before the network sees them
   * @param scorer the network
   * @param maskFeatureName name of the mask among the network's inputs, as {@code __list_mask__}
   * @param name of the model, shown in logs and reports
   * @throws IllegalArgumentException if a name is blank
   */
  public ModelBuilder(
      InputCreator inputCreator,
      Preprocessor preprocessor,
      Scorer scorer,
      String maskFeatureName,
      String name) {
    if (maskFeatureName.isBlank()) {
      throw new IllegalArgumentException(
          "the mask feature needs a name, as " + ListBatch.MASK_NAME);
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("the model needs a name");
    }
    this.inputCreator = inputCreator;
    this.preprocessor = preprocessor;
    this.scorer = scorer;
    this.maskFeatureName = maskFeatureName;
    this.name = name;
  }

  @Override
  public boolean isFitted() {
    return preprocessor.isFitted();
  }

  @Override
  public ModelBuilder fit(Iterable<RankingList> lists) {
    return preprocessor.isFitted()
        ? this
        : new ModelBuilder(inputCreator, preprocessor.fit(lists), scorer, maskFeatureName, name);
  }

  @Override
  public RankingModel build(TrainingSettings settings) {
    InputEncoder encoder =
        new InputEncoder(preprocessor.encode(inputCreator.createInputs()), maskFeatureName);
    GraphBuilder builder = configuration(settings).graphBuilder();
    builder.addInputs(encoder.inputNames());
    ModelGraph graph = ModelGraph.of(builder, encoder.plan(), maskFeatureName);

    SortedMap<String, Node> logits = scorer.score(graph);

    SortedMap<String, TaskLoss> tasks = new TreeMap<>();
    settings.requireTasks(logits.keySet());
    List<String> outputs = new ArrayList<>();
    logits.forEach(
        (task, node) -> {
          TaskLoss loss = settings.lossOf(task);
          tasks.put(task, loss);
          outputs.add(output(builder, graph, task, onBase(graph, task, node, loss), loss));
        });
    ComputationGraph network =
        new ComputationGraph(builder.setOutputs(outputs.toArray(new String[0])).build());
    network.init();
    if (base(graph).isPresent()) {
      logits.values().forEach(node -> silence(network.getVertex(node.vertex())));
    }
    settings.prepare(network);
    ScoringScope scope = encoder.plan().looksAtLists() ? ScoringScope.LIST : scorer.scope();
    return new RankingModel(name, network, encoder, maskFeatureName, tasks, scope);
  }

  /** The column that has the score of another model; empty where there is none. */
  private static Optional<FeatureColumns> base(ModelGraph graph) {
    return graph.exampleFeatures().stream()
        .filter(feature -> feature.name().equals(EncodedInputs.BASE_SCORE))
        .findFirst();
  }

  /** A correction begins with nothing, so that training begins with the ranking of the base. */
  private static void silence(GraphVertex head) {
    if (head.numParams() > 0) {
      head.paramTable(false).values().forEach(parameters -> parameters.assign(0));
    }
  }

  /** The logits of a task, added to the score of another model where there is one. */
  private static Node onBase(ModelGraph graph, String task, Node logits, TaskLoss loss) {
    Optional<FeatureColumns> base = base(graph);
    if (base.isEmpty()) {
      return logits;
    }
    if (logits.width() != 1 || loss.objective().outputs() != 1) {
      throw new IllegalArgumentException(
          "base must be left out for losses of several scores an item, got %s of them"
              .formatted(loss.objective().outputs()));
    }
    return graph.add(
        task + "_on_base",
        new BaseScore(base.get().first()),
        1,
        Axis.ITEMS,
        logits,
        graph.denseExampleRows());
  }

  private static String output(
      GraphBuilder builder, ModelGraph graph, String task, Node logits, TaskLoss loss) {
    if (logits.axis() != Axis.ITEMS || logits.width() != loss.objective().outputs()) {
      throw new IllegalArgumentException(
          "task '%s': %s needs %s scores for each item, the scorer gives %s for each of %s"
              .formatted(
                  task,
                  loss.objective().terms().get(0).loss().wireName(),
                  loss.objective().outputs(),
                  logits.width(),
                  logits.axis()));
    }
    Node restored =
        graph.add(
            task + "_logits", new RestoreList(), logits.width(), Axis.PADDED, logits, graph.mask());
    builder.addLayer(task, new ListwiseLoss(loss.objective(), loss.weight()), restored.vertex());
    return task;
  }

  /** What holds for every layer that does not say otherwise: Keras's defaults. */
  private static NeuralNetConfiguration.Builder configuration(TrainingSettings settings) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .dataType(settings.dataType())
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .miniBatch(false)
            .trainingWorkspaceMode(settings.workspaceMode())
            .inferenceWorkspaceMode(settings.workspaceMode());
    settings.optimizer().configure(builder, new Regularizer(settings.l1(), settings.l2()));
    return builder;
  }
}
