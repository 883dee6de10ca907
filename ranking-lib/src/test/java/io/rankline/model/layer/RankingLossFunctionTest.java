package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.loss.LossObjective;
import io.rankline.loss.Reduction;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

class RankingLossFunctionTest {

  private static final INDArray LABELS =
      Nd4j.createFromArray(new double[][] {{2, 0, 1, -1}, {0, 3, 1, 1}});
  private static final INDArray FEATURES =
      Nd4j.createFromArray(new double[][] {{0.3, -1.1, 0.7}, {-0.4, 0.2, 1.5}});

  @ParameterizedTest
  @EnumSource(names = {"ENABLED", "NONE"})
  void gradientUnderAnOutputLayerPassesTheCheck(WorkspaceMode mode) {
    MultiLayerNetwork network = network(mode, new NoOp(), new SoftmaxLoss(), Activation.IDENTITY);

    assertThat(gradientsHold(network)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"TANH", "SIGMOID", "SOFTPLUS"})
  void gradientPassesThroughTheActivationOfTheLayer(Activation activation) {
    MultiLayerNetwork network =
        network(WorkspaceMode.ENABLED, new NoOp(), new ApproxNdcgLoss(0.5), activation);

    assertThat(gradientsHold(network)).isTrue();
  }

  @Test
  void computesWhatTheListwiseLossLayerDoes() {
    LossObjective objective = LossObjective.of(new SoftmaxLoss()).withReduction(Reduction.MEAN);
    MultiLayerNetwork stock =
        lossOnly(
            new LossLayer.Builder(new RankingLossFunction(objective))
                .activation(Activation.IDENTITY)
                .build());
    MultiLayerNetwork own = lossOnly(new ListwiseLoss(objective));
    DataSet data = new DataSet(FEATURES, LABELS);

    stock.fit(data);
    own.fit(data);

    // DL4J's LossLayer divides the score it shows by the number of lists, whatever the network
    // says.
    assertThat(own.score()).isEqualTo(2 * stock.score());
    assertThat(own.params()).isEqualTo(stock.params());
  }

  @Test
  void averageIsNotLookedAt() {
    RankingLossFunction function = new RankingLossFunction(new SoftmaxLoss());
    INDArray logits = Nd4j.createFromArray(new double[][] {{1, 2, 3, 4}, {4, 3, 2, 1}});

    double averaged =
        function.computeScore(
            LABELS, logits, Activation.IDENTITY.getActivationFunction(), null, true);
    double added =
        function.computeScore(
            LABELS, logits, Activation.IDENTITY.getActivationFunction(), null, false);

    assertThat(averaged).isEqualTo(added);
  }

  @Test
  void travelsInJson() {
    MultiLayerConfiguration configuration =
        network(WorkspaceMode.NONE, new Sgd(0.1), new ApproxNdcgLoss(0.2), Activation.IDENTITY)
            .getLayerWiseConfigurations();

    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

    assertThat(read).isEqualTo(configuration);
    assertThat(((OutputLayer) read.getConf(1).getLayer()).getLossFn())
        .isEqualTo(new RankingLossFunction(new ApproxNdcgLoss(0.2)));
  }

  private static boolean gradientsHold(MultiLayerNetwork network) {
    return DoublePrecision.gradientsHold(
        new GradientCheckUtil.MLNConfig().net(network).input(FEATURES).labels(LABELS));
  }

  private static MultiLayerNetwork lossOnly(org.deeplearning4j.nn.conf.layers.Layer loss) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1))
                .miniBatch(false)
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build())
                .layer(loss)
                .build());
    network.init();
    return network;
  }

  private static MultiLayerNetwork network(
      WorkspaceMode mode, IUpdater updater, RankingLoss loss, Activation activation) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(updater)
                .miniBatch(false)
                .trainingWorkspaceMode(mode)
                .inferenceWorkspaceMode(mode)
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(3).activation(Activation.TANH).build())
                .layer(
                    new OutputLayer.Builder(new RankingLossFunction(loss))
                        .nIn(3)
                        .nOut(4)
                        .activation(activation)
                        .build())
                .build());
    network.init();
    return network;
  }
}
