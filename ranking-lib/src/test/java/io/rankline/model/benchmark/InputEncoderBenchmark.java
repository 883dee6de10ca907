package io.rankline.model.benchmark;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.Transform;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.input.PreprocessorWithSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
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
 * What do transforms cost a training step of 128 lists of 200 items with 136 features, on one
 * thread: once a list before it is cached, once a batch, and what remains where lists were
 * transformed before?
 *
 * <pre>
 *   mvn -q test-compile -pl ranking-lib
 *   mvn -q dependency:build-classpath -pl ranking-lib -Dmdep.outputFile=target/classpath
 *   java -cp ranking-lib/target/test-classes:ranking-lib/target/classes:$(cat ranking-lib/target/classpath) \
 *     org.openjdk.jmh.Main InputEncoderBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InputEncoderBenchmark {

  private static final int LISTS = 128;
  private static final int LENGTH = 200;
  private static final int FEATURES = 136;

  /** One transform for all features, as in the Web30K example, or two that cannot be joined. */
  @Param({"log1p", "none", "log1p and bucketize"})
  public String transforms = "log1p";

  private InputEncoder encoder;
  private List<RankingList> lists;
  private ListBatch raw;
  private ListBatch transformed;

  /** Draws the same lists for every transform. */
  @Setup
  public void prepare() {
    Map<String, FeatureSpec> examples = new TreeMap<>();
    for (int i = 1; i <= FEATURES; i++) {
      examples.put("custom_features_" + i, FixedLenFeature.float32(1).withDefault(0f));
    }
    RecordSpec spec = RecordSpec.of(Map.of(), examples);
    PreprocessorWithSpec preprocessor =
        switch (transforms) {
          case "log1p" -> PreprocessorWithSpec.forAll(examples.keySet(), Transform.LOG1P);
          case "none" -> PreprocessorWithSpec.builder().build();
          default ->
              PreprocessorWithSpec.forAll(
                  examples.keySet(), Transform.LOG1P, Transform.bucketize(0f, 1f, 3f));
        };
    encoder = new InputEncoder(preprocessor.encode(spec), "__list_mask__");
    SplittableRandom random = new SplittableRandom(1);
    RecordSpec labelled = spec.withLabels(LabelSpec.of("utility", FixedLenFeature.float32(1)));
    lists = new ArrayList<>();
    for (int q = 0; q < LISTS; q++) {
      float[] values = new float[LENGTH * FEATURES];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(3) == 0 ? 0 : (float) (random.nextDouble() * 1000 - 100);
      }
      lists.add(
          new RankingList(
              labelled.layout(),
              LENGTH,
              LENGTH,
              new float[0],
              values,
              new float[LENGTH],
              new float[0],
              List.of(),
              List.of()));
    }
    ListBatcher batcher = new ListBatcher(new ListSize(LENGTH));
    raw = batcher.batch(lists);
    transformed = batcher.batch(lists.stream().map(encoder::transform).toList());
  }

  /** Before caching: once a list in a whole training run. */
  @Benchmark
  public float transformEveryList() {
    float sum = 0;
    for (RankingList list : lists) {
      sum += encoder.transform(list).examples()[0];
    }
    return sum;
  }

  /** Without caching: in every step. */
  @Benchmark
  public ListBatch transformTheBatch() {
    return encoder.transform(raw);
  }

  /** What every step pays for its arrays. */
  @Benchmark
  public INDArray[] arraysOfATransformedBatch() {
    INDArray[] inputs = encoder.inputs(transformed);
    for (INDArray input : inputs) {
      input.close();
    }
    return inputs;
  }
}
