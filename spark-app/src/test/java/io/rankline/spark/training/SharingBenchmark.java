package io.rankline.spark.training;

import io.rankline.config.RunConfig;
import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.RankingList;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.metric.RankingMetric;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.LogName.Split;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.input.shard.OpenFile;
import io.rankline.pipeline.validation.ModelValidator;
import io.rankline.spark.testing.ExecutorSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.parameterserver.training.SharedTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.parameterserver.distributed.conf.VoidConfiguration;
import org.nd4j.parameterserver.distributed.v2.enums.MeshBuildMode;
import org.nd4j.parameterserver.distributed.v2.transport.PortSupplier;

/**
 * What a training comes to with each way of sharing gradients, between two executor processes of
 * one core: validation NDCG@10 and seconds of every epoch. DL4J's {@code SharedTrainingMaster},
 * with its own data handling and network, is one of the ways.
 *
 * <p>Arguments: a configuration whose data is there, the number of epochs, a seed, and one way:
 * {@code exact}, {@code threshold}, {@code averaging}, or {@code dl4j-adaptive} or {@code
 * dl4j-fixed} (of which an application can have one); then options as NAME=VALUE. SPARK_HOME has to
 * name a folder with an empty folder jars, and SPARK_SCALA_VERSION has to be 2.12.
 */
public final class SharingBenchmark {

  private static final int WORKERS = 2;
  private static final String METRIC = "ndcg@10";

  /** Aeron refuses to start with its own default beside DL4J's settings. */
  private static final String AERON = "-Daeron.publication.unblock.timeout=60000000000";

  private SharingBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    Path config = Path.of(args[0]);
    int epochs = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[2]);
    String way = args[3];
    List<String> options = List.of(args).subList(4, args.length);
    System.setProperty("aeron.publication.unblock.timeout", "60000000000");
    SparkSession session =
        ExecutorSpark.start(
            WORKERS,
            1,
            Map.of(
                "spark.executor.extraJavaOptions",
                System.getProperty("rankline.jvm.opens", "") + " -XX:+UseSerialGC " + AERON));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    if (way.startsWith("dl4j")) {
      stock(spark, config, epochs, seed, way, options);
    } else {
      ours(config, epochs, seed, way, options);
    }
    System.exit(0);
  }

  private static void ours(Path config, int epochs, long seed, String way, List<String> options)
      throws IOException {
    List<String> overrides = overrides(seed);
    overrides.add("pipeline.num_epochs=" + epochs);
    if (way.equals("averaging")) {
      overrides.add("pipeline.strategy=ParameterServerStrategy");
    } else {
      overrides.add("pipeline.strategy=MultiWorkerMirroredStrategy");
      overrides.add("pipeline.strategy_options.gradient_sharing=" + way);
    }
    options.forEach(option -> overrides.add("pipeline.strategy_options." + option));
    TrainingResult result = RunConfig.load(config, overrides).pipeline().trainAndValidate();
    for (EpochResult epoch : result.epochs()) {
      tell(
          way,
          epoch.epoch(),
          epoch.value("val_metric/ndcg_10").orElseThrow(),
          epoch.training().toNanos() / 1e9);
    }
  }

  private static void stock(
      JavaSparkContext spark, Path config, int epochs, long seed, String way, List<String> options)
      throws IOException {
    List<String> overrides = overrides(seed);
    // A step of next to no size: the model as it begins.
    overrides.add("pipeline.num_epochs=1");
    overrides.add("pipeline.steps_per_epoch=1");
    RunConfig run = RunConfig.load(config, overrides);
    RankingModel model = run.pipeline().trainAndValidate().model();
    Map<String, String> values = new LinkedHashMap<>();
    options.forEach(option -> values.put(option.split("=", 2)[0], option.split("=", 2)[1]));
    double threshold = Double.parseDouble(values.getOrDefault("threshold", "1e-4"));
    ThresholdAlgorithm algorithm =
        way.equals("dl4j-fixed")
            ? new FixedThresholdAlgorithm(threshold)
            : new AdaptiveThresholdAlgorithm(threshold);
    int batch = run.datasetHparams().trainBatchSize() / WORKERS;
    Ports ports = new Ports(free());
    SharedTrainingMaster master =
        new SharedTrainingMaster.Builder(
                VoidConfiguration.builder()
                    .controllerAddress("127.0.0.1")
                    .networkMask("127.0.0.0/8")
                    .meshBuildMode(MeshBuildMode.PLAIN)
                    .unicastPort(ports.port)
                    .portSupplier(ports)
                    .build(),
                WORKERS,
                algorithm,
                batch)
            .batchSizePerWorker(batch)
            .workersPerNode(1)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .build();
    SparkComputationGraph graph = new SparkComputationGraph(spark, model.graph(), master);
    List<MultiDataSet> batches = batches(run, model, batch, seed);
    JavaRDD<MultiDataSet> data = spark.parallelize(batches, WORKERS);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long begin = System.nanoTime();
      graph.fitMultiDataSet(data);
      double seconds = (System.nanoTime() - begin) / 1e9;
      model.graph().setParams(graph.getNetwork().params());
      tell(way, epoch, evaluate(run, model), seconds);
    }
  }

  private static double evaluate(RunConfig run, RankingModel model) throws IOException {
    Map<String, Double> logs = new LinkedHashMap<>();
    new ModelValidator(model, List.of(RankingMetric.parse(METRIC)), List.of(), false)
        .evaluate(run.datasetBuilder().buildValidDataset(), model.encoder()::transform, null)
        .addTo(logs, Split.TRAINING, Map.of(), 0);
    return logs.entrySet().stream()
        .filter(entry -> entry.getKey().contains("ndcg"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<MultiDataSet> batches(RunConfig run, RankingModel model, int batch, long seed)
      throws IOException {
    DatasetFiles source = run.datasetBuilder().buildTrainDataset().files().orElseThrow();
    List<RankingList> lists = new ArrayList<>();
    for (Shard file : source.files()) {
      try (OpenFile open = source.open(Storage.of(new Configuration()), file)) {
        for (RankingList list = open.next(); list != null; list = open.next()) {
          lists.add(model.encoder().transform(list));
        }
      }
    }
    Collections.shuffle(lists, new Random(seed));
    ListBatcher batcher = new ListBatcher(run.datasetHparams().listSize());
    List<MultiDataSet> batches = new ArrayList<>();
    for (int from = 0; from + batch <= lists.size(); from += batch) {
      ListBatch whole = batcher.batch(lists.subList(from, from + batch));
      batches.add(model.trainingData(whole));
    }
    return batches;
  }

  private static List<String> overrides(long seed) throws IOException {
    List<String> overrides = new ArrayList<>();
    overrides.add("pipeline.model_dir=" + Files.createTempDirectory("sharing"));
    overrides.add("pipeline.seed=" + seed);
    return overrides;
  }

  private static void tell(String way, int epoch, double ndcg, double seconds) {
    System.out.printf("%s epoch %d: NDCG@10 %.4f, %.2f s%n", way, epoch, ndcg, seconds);
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The driver's port, which executors ask for too, and any free one for each of them. */
  private static final class Ports implements PortSupplier {
    private static final long serialVersionUID = 1;
    private final int port;

    Ports(int port) {
      this.port = port;
    }

    @Override
    public int getPort() {
      if (SparkEnv.get() == null || SparkEnv.get().executorId().equals("driver")) {
        return port;
      }
      try {
        return free();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
