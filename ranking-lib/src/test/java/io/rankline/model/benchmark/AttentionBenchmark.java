package io.rankline.model.benchmark;

import io.rankline.model.layer.DenseBlock;
import io.rankline.model.layer.LayerNormalization;
import io.rankline.model.layer.ListAttention;
import io.rankline.model.layer.ResidualDropout;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
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
 * How long does one layer of attention take over 128 lists, forward and backward, and how long
 * would its products alone take as one large one?
 *
 * <p>A layer is projections, attention of 2 heads of 100, output, dropout 0.4 of probabilities and
 * outcome, residual and layer normalisation, of width 100. Divide the time of {@link #layer} by
 * that of {@link #products}.
 *
 * <pre>
 * mvn -q test-compile -pl ranking-lib
 * mvn -q dependency:build-classpath -pl ranking-lib -Dmdep.outputFile=target/classpath
 * OPENBLAS_CORETYPE=SkylakeX java -cp \
 *     ranking-lib/target/test-classes:ranking-lib/target/classes:$(cat ranking-lib/target/classpath) \
 *     org.openjdk.jmh.Main AttentionBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
public class AttentionBenchmark {

  private static final int LISTS = 128;

  private static final int WIDTH = 100;

  private static final int HEADS = 2;

  private static final double DROPOUT = 0.4;

  @Param({"200"})
  private int items;

  private INDArray rows = Nd4j.empty();
  private INDArray mask = Nd4j.empty();
  private INDArray labels = Nd4j.empty();
  private @Nullable ComputationGraph graph;
  private INDArray left = Nd4j.empty();
  private INDArray right = Nd4j.empty();
  private INDArray product = Nd4j.empty();

  /** A graph of one layer, and matrices whose product has as many operations. */
  @Setup
  public void makeGraph() {
    long n = (long) LISTS * items;
    int heads = HEADS * WIDTH;
    rows = Nd4j.rand(DataType.FLOAT, n, WIDTH).subi(0.5);
    mask = Nd4j.ones(DataType.FLOAT, LISTS, items);
    labels = Nd4j.rand(DataType.FLOAT, n, 1);
    ComputationGraph made =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new NoOp())
                .miniBatch(false)
                .graphBuilder()
                .addInputs("rows", "mask")
                .addLayer("projections", dense(WIDTH, 3 * heads), "rows")
                .addVertex(
                    "attention", new ListAttention(HEADS, WIDTH, DROPOUT), "projections", "mask")
                .addLayer("output", dense(heads, WIDTH), "attention")
                .addVertex("sum", new ResidualDropout(DROPOUT), "output", "rows")
                .addLayer("norm", new LayerNormalization(WIDTH, 1e-12), "sum")
                .addLayer("score", dense(WIDTH, 1), "norm")
                .addLayer(
                    "loss",
                    new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
                    "score")
                .setOutputs("loss")
                .build());
    made.init();
    graph = made;
    // Forward 1 and backward 2 of the projections; forward 2 and backward 5 of the attention.
    long projections = 3 * n * WIDTH * (3L * heads + heads);
    long attention = 7 * n * items * heads;
    long inner = 1024;
    left = Nd4j.rand(DataType.FLOAT, (projections + attention) / (inner * inner), inner);
    right = Nd4j.rand(DataType.FLOAT, inner, inner);
    product = Nd4j.createUninitialized(DataType.FLOAT, left.size(0), inner);
  }

  /** Forward and backward, a score and a squared loss with it. */
  @Benchmark
  public INDArray layer() {
    ComputationGraph made = Objects.requireNonNull(graph);
    made.setInputs(rows, mask);
    made.setLabels(labels);
    made.computeGradientAndScore();
    return made.gradient().gradient();
  }

  /** One large product of as many operations. */
  @Benchmark
  public INDArray products() {
    return left.mmuli(right, product);
  }

  private static DenseBlock dense(int in, int out) {
    return new DenseBlock.Builder().nIn(in).nOut(out).build();
  }
}
