package io.rankline.model.benchmark;

import io.rankline.loss.LossObjective;
import io.rankline.model.layer.EmbeddingBag;
import io.rankline.model.layer.ListwiseLoss;
import io.rankline.model.layer.RestoreList;
import io.rankline.model.layer.TokenBags;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a step take whose work is an embedding table: 32 lists of 50 items of 20 tokens
 * each, 30,000 rows of 20 columns, mean-pooled, one dense unit on top, plain gradient descent?
 *
 * <p>{@code FLOAT} is the processor's path, {@code DOUBLE} is the one made of ND4J calls.
 *
 * <pre>
 *   mvn -q test-compile -pl ranking-lib
 *   mvn -q dependency:build-classpath -pl ranking-lib -Dmdep.outputFile=target/classpath
 *   java -cp ranking-lib/target/test-classes:ranking-lib/target/classes:$(cat ranking-lib/target/classpath) \
 *     org.openjdk.jmh.Main EmbeddingBagBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EmbeddingBagBenchmark {

  private static final int LISTS = 32;
  private static final int LENGTH = 50;
  private static final int TOKENS = 20;
  private static final int ROWS = 30_000;
  private static final int COLUMNS = 20;

  /** The type of the table. */
  @Param({"FLOAT", "DOUBLE"})
  public String type = "FLOAT";

  private ComputationGraph graph;
  private MultiDataSet data;

  /** Draws tokens of a vocabulary with a long tail. */
  @Setup
  public void prepare() {
    DataType dataType = DataType.valueOf(type);
    SplittableRandom random = new SplittableRandom(1);
    int[] ids = new int[LISTS * LENGTH * TOKENS];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) (ROWS * Math.pow(random.nextDouble(), 3));
    }
    graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(dataType)
                .updater(new Sgd(0.1))
                .miniBatch(false)
                .graphBuilder()
                .addInputs("tokens", "mask")
                .addVertex("bags", new TokenBags(), "tokens", "mask")
                .addLayer("embedding", EmbeddingBag.builder(ROWS, COLUMNS).build(), "bags")
                .addLayer(
                    "score",
                    new DenseLayer.Builder()
                        .nIn(COLUMNS)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "embedding")
                .addVertex("logits", new RestoreList(), "score", "mask")
                .addLayer("loss", new ListwiseLoss(LossObjective.parse("softmax_loss")), "logits")
                .setOutputs("loss")
                .build());
    graph.init();
    INDArray tokens = Nd4j.createFromArray(ids).reshape('c', new long[] {LISTS, LENGTH, TOKENS});
    data =
        new MultiDataSet(
            new INDArray[] {tokens, Nd4j.ones(DataType.FLOAT, LISTS, LENGTH)},
            new INDArray[] {Nd4j.ones(dataType, LISTS, LENGTH)});
  }

  /** Forward, backward, update. */
  @Benchmark
  public double step() {
    graph.fit(data);
    return graph.score();
  }
}
