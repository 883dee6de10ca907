package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.loss.LossObjective;
import io.rankline.loss.pointwise.OrdinalLoss;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.optimizer.Optimizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GraphModelBuilderTest {

  private static final String MASK = "__list_mask__";

  /** Products of a few floats in blocks of other sizes. */
  private static final float FLOAT_PRODUCT = 1e-6f;

  @Test
  void aGraphScoresItemsAsItDidBefore() {
    ComputationGraph network = trained(tower());
    ListBatch batch = ItemLists.batch("score");

    RankingModel model = builder(network).build();

    float[] scores = model.score(batch);
    assertThat(ItemLists.ofItems(batch, scores))
        .containsExactly(
            network.outputSingle(ItemLists.rows(batch)).ravel().toFloatVector(),
            within(FLOAT_PRODUCT));
    assertThat(scores[4]).isEqualTo((float) ListBatch.PADDING_SCORE);
  }

  @Test
  void aStackOfLayersScoresItemsAsItDidBefore() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.RELU).build())
                .layer(new DenseLayer.Builder().nIn(5).nOut(1).activation(Activation.TANH).build())
                .layer(
                    new LossLayer.Builder(LossFunction.MSE).activation(Activation.SIGMOID).build())
                .build());
    network.init();
    ListBatch batch = ItemLists.batch("score");

    RankingModel model =
        new GraphModelBuilder(network, ItemLists.INPUTS, preprocessor(), MASK, "stack").build();

    assertThat(ItemLists.ofItems(batch, model.score(batch)))
        .containsExactly(
            network.output(ItemLists.rows(batch)).ravel().toFloatVector(), within(FLOAT_PRODUCT));
  }

  @Test
  void trainingLowersTheLossAndLeavesTheNetworkAsItWas() {
    ComputationGraph network = trained(tower());
    INDArray before = network.params().dup();
    ListBatch batch = ItemLists.batch("score");
    RankingModel model =
        builder(network)
            .build(
                TrainingSettings.builder()
                    .optimizer(Optimizer.of("adam").withLearningRate(0.01))
                    .build());
    float[] scores = model.score(batch);
    double loss = model.fit(batch);

    for (int step = 0; step < 20; step++) {
      model.fit(batch);
    }

    assertThat(model.fit(batch)).isLessThan(loss);
    assertThat(model.score(batch)).isNotEqualTo(scores);
    assertThat(network.params()).isEqualTo(before);
  }

  @Test
  void eachOutputIsATask() {
    GraphBuilder graph =
        graph("rows")
            .addLayer("common", dense(4, 6), "rows")
            .addLayer("click", output(6), "common")
            .addLayer("buy", output(6), "common");
    ComputationGraph network = initialised(graph.setOutputs("click", "buy"));
    ListBatch batch = ItemLists.batch("buy", "click");
    TrainingSettings settings =
        TrainingSettings.builder()
            .loss("click", new TaskLoss(LossObjective.parse("softmax_loss"), 0.3, null))
            .loss("buy", new TaskLoss(LossObjective.parse("approx_ndcg_loss"), 0.7, null))
            .build();

    RankingModel model = builder(network).build(settings);

    INDArray[] outputs = network.output(ItemLists.rows(batch));
    for (int t = 0; t < 2; t++) {
      String task = List.of("click", "buy").get(t);
      float[] scores = Objects.requireNonNull(model.scores(batch).get(task));
      assertThat(ItemLists.ofItems(batch, scores))
          .containsExactly(outputs[t].ravel().toFloatVector(), within(FLOAT_PRODUCT));
    }
    assertThat(model.fit(batch)).isPositive();
  }

  @Test
  void inputsOfANetworkAreFeaturesByName() {
    GraphBuilder graph =
        graph("tags", "age")
            .addLayer("of_tags", dense(2, 3), "tags")
            .addLayer("of_age", dense(1, 3), "age")
            .addVertex("both", new MergeVertex(), "of_tags", "of_age")
            .addLayer("out", output(6), "both");
    ComputationGraph network = initialised(graph.setOutputs("out"));
    ListBatch batch = ItemLists.batch("score");
    INDArray rows = ItemLists.rows(batch);

    RankingModel model = builder(network).build();

    INDArray tags = rows.getColumns(2, 3);
    assertThat(ItemLists.ofItems(batch, model.score(batch)))
        .containsExactly(
            network.outputSingle(tags, rows.getColumns(0)).ravel().toFloatVector(),
            within(FLOAT_PRODUCT));
    assertThat(model.fit(batch)).isPositive();
  }

  @Test
  void aNetworkWithSeveralScoresAnItemServesALossThatNeedsThem() {
    ComputationGraph network =
        initialised(
            graph("rows")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "rows")
                .setOutputs("out"));
    ListBatch batch = ItemLists.batch("score");

    RankingModel model =
        builder(network)
            .build(TrainingSettings.builder().loss(LossObjective.of(new OrdinalLoss(2))).build());

    assertThat(model.score(batch)).hasSize(2 * batch.mask().length);
    assertThat(model.fit(batch)).isPositive();
  }

  @Test
  void frozenLayersStayAsTheyAreAndOthersAreTrained() {
    ComputationGraph network =
        initialised(
            graph("rows")
                .addLayer("frozen", new FrozenLayer(dense(4, 6)), "rows")
                .addLayer("out", output(6), "frozen")
                .setOutputs("out"));
    RankingModel model = builder(network).build();

    model.fit(ItemLists.batch("score"));

    assertThat(model.graph().getParam("network_frozen_W")).isEqualTo(network.getParam("frozen_W"));
    assertThat(model.graph().getParam("network_out_W")).isNotEqualTo(network.getParam("out_W"));
  }

  @Test
  void theModelIsSavedAndRestoredAsAnyOther() throws IOException {
    RankingModel model = builder(trained(tower())).build();
    ListBatch batch = ItemLists.batch("score");
    model.fit(batch);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelSerializer.writeModel(model.graph(), file, true);

    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file.toByteArray()), true);

    assertThat(restored.outputSingle(model.encoder().encode(batch)))
        .isEqualTo(model.graph().outputSingle(model.encoder().encode(batch)));
  }

  @Test
  void theBuilderTravelsWithItsNetwork() throws Exception {
    GraphModelBuilder builder = builder(trained(tower()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(builder);
    }
    AbstractModelBuilder read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (AbstractModelBuilder) in.readObject();
    }
    ListBatch batch = ItemLists.batch("score");

    assertThat(read.build().score(batch)).isEqualTo(builder.build().score(batch));
  }

  @Test
  void aNetworkOfAnotherWidthIsRefused() {
    ComputationGraph network =
        initialised(graph("rows").addLayer("out", output(7), "rows").setOutputs("out"));

    assertThatThrownBy(() -> builder(network).build())
        .hasMessage(
            "layer 'out' of the network reads 7 columns of input 'rows', the features have 4");
  }

  @Test
  void anInputThatIsNoFeatureIsRefused() {
    ComputationGraph network =
        initialised(
            graph("age", "weight")
                .addVertex("both", new MergeVertex(), "age", "weight")
                .addLayer("out", output(2), "both")
                .setOutputs("out"));

    assertThatThrownBy(() -> builder(network).build())
        .hasMessage(
            "input 'weight' of the network is no dense feature of the model; they are age, price,"
                + " tags");
  }

  @Test
  void anOutputLayerThatScoresNoRowsIsRefused() {
    ComputationGraph network =
        initialised(
            graph("rows")
                .addLayer(
                    "out",
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "rows")
                .setOutputs("out"));

    assertThatThrownBy(() -> builder(network))
        .hasMessage(
            "output layer 'out' of the network is a RnnOutputLayer, which does not score rows; use"
                + " an OutputLayer, a LossLayer or a layer without loss");
  }

  private static GraphModelBuilder builder(ComputationGraph network) {
    return new GraphModelBuilder(network, ItemLists.INPUTS, preprocessor(), MASK, "own");
  }

  private static PreprocessorWithSpec preprocessor() {
    return PreprocessorWithSpec.builder().build();
  }

  private static GraphBuilder graph(String... inputs) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Sgd(0.01))
        .graphBuilder()
        .addInputs(inputs);
  }

  private static GraphBuilder tower() {
    return graph("rows")
        .addLayer("hidden", dense(4, 6), "rows")
        .addLayer("norm", new BatchNormalization.Builder().nIn(6).nOut(6).build(), "hidden")
        .addLayer("out", output(6), "norm")
        .setOutputs("out");
  }

  private static DenseLayer dense(int inputs, int outputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.RELU).build();
  }

  private static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(LossFunction.XENT)
        .nIn(inputs)
        .nOut(1)
        .activation(Activation.SIGMOID)
        .build();
  }

  private static ComputationGraph initialised(GraphBuilder graph) {
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  /** A network with biases and running statistics that are not those of a fresh one. */
  private static ComputationGraph trained(GraphBuilder graph) {
    ComputationGraph network = initialised(graph);
    INDArray rows = ItemLists.rows(ItemLists.batch("score"));
    for (int step = 0; step < 5; step++) {
      network.fit(new DataSet(rows, rows.getColumns(1).gt(0).castTo(rows.dataType())));
    }
    return network;
  }
}
