package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class NetworkFileTest {

  private static final int INPUTS = 500;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dl4jReadsTheNetworkAndWhatItsUpdaterRemembers(boolean adam) throws IOException {
    ComputationGraph network = trained(adam ? new Adam(0.01) : new Sgd(0.01));

    ComputationGraph read =
        ModelSerializer.restoreComputationGraph(
            new ByteArrayInputStream(NetworkFile.withUpdater(network).bytes()), true);

    assertThat(read.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(read.params()).isEqualTo(network.params());
    assertThat(read.getUpdater().getUpdaterStateViewArray())
        .isEqualTo(network.getUpdater().getUpdaterStateViewArray());
  }

  @Test
  void withoutUpdaterAFileHasTheParametersAlone() throws IOException {
    ComputationGraph network = trained(new Adam(0.01));

    byte[] bytes = NetworkFile.withoutUpdater(network).bytes();

    assertThat(NetworkFile.read(bytes).params()).isEqualTo(network.params());
    assertThat(NetworkFile.withUpdater(network).bytes().length - bytes.length)
        .isBetween(8 * (INPUTS + 1), 8 * (INPUTS + 1) + 500);
  }

  @Test
  void equalNetworksAreEqualFiles() throws IOException {
    byte[] first = NetworkFile.withUpdater(trained(new Adam(0.01))).bytes();

    assertThat(NetworkFile.withUpdater(trained(new Adam(0.01))).bytes()).isEqualTo(first);
  }

  @Test
  void otherBytesAreNoNetwork() {
    assertThatThrownBy(() -> NetworkFile.read(new byte[100]))
        .isInstanceOf(IOException.class)
        .hasMessage("it is no zip archive");
  }

  private static ComputationGraph trained(IUpdater updater) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(INPUTS)
                        .nOut(1)
                        .build(),
                    "in")
                .setOutputs("out")
                .build());
    graph.init();
    graph.fit(new MultiDataSet(Nd4j.linspace(0, 1, INPUTS).reshape(1, INPUTS), Nd4j.ones(1, 1)));
    return graph;
  }
}
