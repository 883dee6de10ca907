package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListBatch;
import io.rankline.loss.LossObjective;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.layer.FlattenList;
import io.rankline.model.layer.ListwiseLoss;
import io.rankline.model.layer.RestoreList;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.optimizer.Regularizer;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** An example: a graph put together by hand, with a skip connection around a hidden layer. */
class OwnModelBuilderTest {

  static final class SkipModelBuilder extends AbstractModelBuilder {

    private static final long serialVersionUID = 1;

    @Override
    public RankingModel build(TrainingSettings settings) {
      InputEncoder encoder =
          new InputEncoder(
              PreprocessorWithSpec.builder().build().encode(ItemLists.INPUTS.createInputs()),
              "mask");
      TaskLoss task = TaskLoss.of(LossObjective.parse("softmax_loss"));
      NeuralNetConfiguration.Builder network =
          new NeuralNetConfiguration.Builder().seed(settings.seed()).miniBatch(false);
      settings.optimizer().configure(network, Regularizer.l2(1e-3));
      ComputationGraph graph =
          new ComputationGraph(
              network
                  .graphBuilder()
                  .addInputs(encoder.inputNames())
                  .addVertex(
                      "rows",
                      new FlattenList(),
                      EncodedInputs.CONTEXT_FEATURES,
                      EncodedInputs.EXAMPLE_FEATURES,
                      "mask")
                  .addLayer("hidden", dense(4, Activation.RELU), "rows")
                  .addVertex(
                      "skip", new ElementWiseVertex(ElementWiseVertex.Op.Add), "hidden", "rows")
                  .addLayer("scores", dense(1, Activation.IDENTITY), "skip")
                  .addVertex("logits", new RestoreList(), "scores", "mask")
                  .addLayer("loss", new ListwiseLoss(task.objective()), "logits")
                  .setOutputs("loss")
                  .build());
      graph.init();
      settings.prepare(graph);
      TreeMap<String, TaskLoss> tasks = new TreeMap<>();
      tasks.put("score", task);
      return new RankingModel("skip", graph, encoder, "mask", tasks);
    }

    private static DenseLayer dense(int outputs, Activation activation) {
      return new DenseLayer.Builder()
          .nIn(ItemLists.WIDTH)
          .nOut(outputs)
          .activation(activation)
          .build();
    }
  }

  @Test
  void aGraphOfOnesOwnTrainsAsAnyOther() {
    ListBatch batch = ItemLists.batch("score");
    RankingModel model =
        new SkipModelBuilder()
            .build(
                TrainingSettings.builder()
                    .optimizer(Optimizer.parse("{name = adam, learning_rate = 0.01, clipnorm = 1}"))
                    .build());
    double before = model.fit(batch);

    for (int step = 0; step < 20; step++) {
      model.fit(batch);
    }

    assertThat(model.fit(batch)).isLessThan(before);
    assertThat(model.score(batch)).hasSize(batch.mask().length);
  }
}
