package io.rankline.pipeline.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.Transform;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How many lists a second come out of the input pipeline, from files and from memory, at which cost
 * in processor time, and which share of its time a training waits for them that computes 0.4 s a
 * batch on another core.
 *
 * <p>Batches are of 128 lists, padded to 200 items of 136 floats; features are taken to sign(x)
 * log(1 + |x|), as the model would have it. Arguments: a folder for the data, which is made once,
 * and the number of rounds.
 */
public final class InputPipelineBenchmark {

  private static final int SHARDS = 8;
  private static final int LISTS_OF_SHARD = 160;
  private static final int BATCH = 128;
  private static final double STEP_SECONDS = 0.4;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path folder;
  private final RecordSpec spec;
  private final UnaryOperator<RankingList> transform;

  private InputPipelineBenchmark(Path folder) {
    this.folder = folder;
    Map<String, FeatureSpec> examples = new TreeMap<>();
    for (int id = 1; id <= SyntheticLog.FEATURES; id++) {
      examples.put(
          "custom_features_%03d".formatted(id), FixedLenFeature.float32(1).withDefault(0f));
    }
    this.spec =
        RecordSpec.of(Map.of(), examples)
            .withLabels(LabelSpec.of("utility", FixedLenFeature.float32(1).withDefault(-1f)));
    InputEncoder encoder =
        new InputEncoder(
            PreprocessorWithSpec.forAll(examples.keySet(), Transform.LOG1P)
                .encode(new FeatureSpecInputCreator(Map.of(), examples).createInputs()),
            "__list_mask__");
    this.transform = encoder::transform;
  }

  /** Runs all rounds. */
  public static void main(String[] arguments) throws IOException {
    InputPipelineBenchmark benchmark = new InputPipelineBenchmark(Path.of(arguments[0]));
    benchmark.makeData();
    int rounds = Integer.parseInt(arguments[1]);
    for (int round = 0; round < rounds; round++) {
      for (int threads : new int[] {1, 2}) {
        System.out.printf(
            Locale.ROOT,
            "round %d, %d threads: from files %s, from memory %s%n",
            round,
            threads,
            benchmark.speed(0, threads),
            benchmark.speed(Long.MAX_VALUE / 2, threads));
      }
      System.out.printf(
          Locale.ROOT,
          "round %d, training waits: from files %.2f %%, from memory %.2f %%%n",
          round,
          100 * benchmark.shareOfWaiting(0),
          100 * benchmark.shareOfWaiting(Long.MAX_VALUE / 2));
    }
  }

  private String speed(long cacheMemory, int threads) throws IOException {
    RankingDataset data = dataset(cacheMemory, threads);
    try (BatchStream<ListBatch> batches = data.open(transform, 0)) {
      take(batches, SHARDS * LISTS_OF_SHARD / BATCH);
      int measured = 4 * SHARDS * LISTS_OF_SHARD / BATCH;
      double lists = (double) measured * BATCH;
      long from = System.nanoTime();
      long cpuFrom = PROCESS.getProcessCpuTime();
      take(batches, measured);
      return String.format(
          Locale.ROOT,
          "%.0f lists/s at %.3f ms of processor time a list",
          lists / ((System.nanoTime() - from) / 1e9),
          (PROCESS.getProcessCpuTime() - cpuFrom) / 1e6 / lists);
    }
  }

  /** Waiting time over wall time of two passes, after a first one; the first batch left out. */
  private double shareOfWaiting(long cacheMemory) throws IOException {
    RankingDataset data = dataset(cacheMemory, 0);
    try (BatchStream<ListBatch> batches = data.open(transform, 0)) {
      take(batches, SHARDS * LISTS_OF_SHARD / BATCH);
      long from = System.nanoTime();
      long waitedBefore = batches.waited().toNanos();
      double sum = 0;
      for (int step = 0; step < 2 * SHARDS * LISTS_OF_SHARD / BATCH; step++) {
        ListBatch batch = batches.next();
        sum += batch == null ? 0 : busy(batch.examples());
      }
      long wall = System.nanoTime() - from;
      return sum == Double.MAX_VALUE
          ? 0
          : (batches.waited().toNanos() - waitedBefore) / (double) wall;
    }
  }

  /** Computes for as long as a step of the guide's network takes on a core. */
  private static double busy(float[] values) {
    double sum = 0;
    long end = System.nanoTime() + (long) (STEP_SECONDS * 1e9);
    while (System.nanoTime() < end) {
      for (int i = 0; i < 1 << 16; i++) {
        sum += values[i] * values[i + 1];
      }
    }
    return sum;
  }

  private static void take(BatchStream<ListBatch> batches, int count) throws IOException {
    for (int step = 0; step < count; step++) {
      batches.next();
    }
  }

  private RankingDataset dataset(long cacheMemory, int threads) throws IOException {
    DatasetHparams hparams =
        DatasetHparams.builder()
            .trainInputPattern(folder + "/part-*")
            .validInputPattern(folder + "/part-*")
            .trainBatchSize(BATCH)
            .validBatchSize(BATCH)
            .listSize(200)
            .cacheMemory(cacheMemory)
            .readerThreads(threads)
            .build();
    return new SimpleDatasetBuilder(
            Map.of(), spec.examples(), "__list_mask__", spec.labels().get(0), hparams)
        .buildTrainDataset();
  }

  private void makeData() throws IOException {
    Files.createDirectories(folder);
    SyntheticLog log = new SyntheticLog(1, 200);
    ElwcEncoder encoder = new ElwcEncoder(spec);
    for (int shard = 0; shard < SHARDS; shard++) {
      Path file = folder.resolve("part-" + shard);
      if (!Files.exists(file)) {
        try (TfRecordWriter writer =
            new TfRecordWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
          for (int k = 0; k < LISTS_OF_SHARD; k++) {
            writer.write(encoder.encode(list(log.list((long) shard * LISTS_OF_SHARD + k))));
          }
        }
      }
    }
  }

  private RankingList list(SyntheticList made) {
    float[] labels = new float[made.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = made.labels()[i];
    }
    return new RankingList(
        spec.layout(),
        made.size(),
        made.size(),
        new float[0],
        made.features(),
        labels,
        new float[0],
        List.of(),
        List.of());
  }
}
