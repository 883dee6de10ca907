package io.rankline.io.benchmark;

import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.record.GeneratedClassDecoder;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long does one list take from bytes to arrays: 100 items of 136 dense floats and a label?
 *
 * <p>Against protobuf-java's generated classes, and against reading the frames and checking their
 * checksums alone. Run with {@code docs/benchmarks.md}'s command, class {@code
 * ElwcDecodeBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class ElwcDecodeBenchmark {

  private static final int LISTS = 64;
  private static final int ITEMS = 100;
  private static final int FEATURES = 136;

  /** Whether every item has its features in the same order, or each in one of its own. */
  @Param({"same", "shuffled"})
  String order = "same";

  private byte[] file = {};
  private RecordDecoder fast = (bytes, from, length) -> noList();
  private RecordDecoder pruned = (bytes, from, length) -> noList();
  private RecordDecoder generated = (bytes, from, length) -> noList();

  /** Makes the records. */
  @Setup
  public void makeRecords() throws IOException {
    Random random = new Random(7);
    Map<String, FeatureSpec> examples = new TreeMap<>();
    for (int f = 1; f <= FEATURES; f++) {
      examples.put("custom_features_" + f, FixedLenFeature.float32(1));
    }
    LabelSpec label = LabelSpec.of("utility", FixedLenFeature.int64(1));
    RecordSpec spec = RecordSpec.of(Map.of(), examples).withLabels(label);
    Map<String, FeatureSpec> three = new TreeMap<>(examples);
    three.keySet().removeIf(name -> !name.endsWith("_17") && !name.endsWith("_8"));
    fast = RecordFormat.ELWC.decoder(spec);
    pruned = RecordFormat.ELWC.decoder(RecordSpec.of(Map.of(), three).withLabels(label));
    generated = new GeneratedClassDecoder(spec);

    ElwcEncoder encoder = new ElwcEncoder(spec);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      for (int q = 0; q < LISTS; q++) {
        byte[] record = encoder.encode(list(spec, random));
        writer.write(order.equals("same") ? record : ShuffledFeatures.of(record, random));
      }
    }
    file = bytes.toByteArray();
  }

  /** Frames and checksums alone. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public void readAndCheck(Blackhole blackhole) throws IOException {
    try (TfRecordReader records = records()) {
      while (records.advance()) {
        blackhole.consume(records.length());
      }
    }
  }

  /** Our decoder, frames and checksums included. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public void rankline(Blackhole blackhole) throws IOException {
    readLists(fast, blackhole);
  }

  /** Our decoder, two features and the label of 137. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public void ranklinePruned(Blackhole blackhole) throws IOException {
    readLists(pruned, blackhole);
  }

  /** protobuf-java's generated classes, then the same arrays; frames and checksums included. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public void generatedClasses(Blackhole blackhole) throws IOException {
    readLists(generated, blackhole);
  }

  private void readLists(RecordDecoder decoder, Blackhole blackhole) throws IOException {
    try (RankingListReader lists = new RankingListReader(records(), decoder)) {
      RankingList list;
      while ((list = lists.next()) != null) {
        blackhole.consume(list);
      }
    }
  }

  private TfRecordReader records() {
    return new TfRecordReader(new ByteArrayInputStream(file), "memory", CorruptRecordPolicy.FAIL);
  }

  private static RankingList list(RecordSpec spec, Random random) {
    float[] examples = new float[ITEMS * FEATURES];
    float[] labels = new float[ITEMS];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < ITEMS; i++) {
      labels[i] = random.nextInt(5);
    }
    if (spec.layout().weights() != WeightLayout.NONE) {
      throw new IllegalStateException("the benchmark has no weights");
    }
    return new RankingList(
        spec.layout(),
        ITEMS,
        ITEMS,
        new float[0],
        examples,
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  private static RankingList noList() throws CorruptRecordException {
    throw new CorruptRecordException("records are made first");
  }
}
