package io.rankline.spark.training.data;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptShare;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.model.input.BatchEncoder;
import io.rankline.pipeline.input.shard.DatasetFiles;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files on the executors and deals their lists out. A file is the unit of reading, so data is
 * best in more files than there are cores; a list is the unit of dealing, so partitions are even
 * whatever the files are.
 */
public final class ListDealer {

  private static final Logger LOG = LoggerFactory.getLogger(ListDealer.class);

  /** Damaged records of which more is logged than their number. */
  private static final int MOST_TOLD = 10;

  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> storage;
  private final BatchEncoder encoder;

  /**
   * A dealer.
   *
   * @param encoder transforms each list once, after it is read
   */
  public ListDealer(JavaSparkContext spark, BatchEncoder encoder) {
    this.spark = spark;
    this.storage = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.encoder = encoder;
  }

  /**
   * Counts the lists of each file.
   *
   * @throws IOException if a file cannot be read
   */
  public List<Long> count(DatasetFiles files) throws IOException {
    Broadcast<SerializableConfiguration> configuration = storage;
    describe("count lists of " + files.settings().name());
    try {
      return spark
          .parallelize(numbers(files), files.files().size())
          .map(
              file ->
                  files.count(Storage.of(configuration.value().value()), files.files().get(file)))
          .collect();
    } catch (Exception e) {
      throw SparkFailure.asIoException(e);
    }
  }

  /**
   * Lists to train on, in the order of {@link TrainingOrder}; kept on the workers, and on their
   * disks where memory is short.
   *
   * @param counts lists of each file
   * @throws IOException if a file cannot be read
   */
  public DealtLists dealForTraining(DatasetFiles files, List<Long> counts, TrainingOrder order)
      throws IOException {
    return deal(files, counts, new TrainingDeal(order));
  }

  /**
   * Batches in the order of the data.
   *
   * @param counts lists of each file
   * @param partitions most partitions to make
   * @throws IOException if a file cannot be read
   */
  public DealtLists dealForEvaluation(DatasetFiles files, List<Long> counts, int partitions)
      throws IOException {
    long lists = counts.stream().mapToLong(Long::longValue).sum();
    int batchSize = files.settings().batchSize();
    long batches = Math.max(1, (lists + batchSize - 1) / batchSize);
    return deal(
        files, counts, new BatchDeal((int) Math.min(partitions, batches), batchSize, lists));
  }

  private DealtLists deal(DatasetFiles files, List<Long> counts, Deal deal) throws IOException {
    long[] firsts = new long[counts.size()];
    for (int k = 1; k < firsts.length; k++) {
      firsts[k] = firsts[k - 1] + counts.get(k - 1);
    }
    LongAccumulator skipped = spark.sc().longAccumulator("damaged records left out");
    LongAccumulator lost = spark.sc().longAccumulator("bytes of damaged records left out");
    CollectionAccumulator<String> damage = spark.sc().collectionAccumulator("damaged records");
    FileReading reading =
        new FileReading(files, firsts, deal, encoder, storage, skipped, lost, damage);
    JavaPairRDD<BandKey, ListBlock> blocks =
        spark
            .parallelize(numbers(files), files.files().size())
            .mapPartitionsToPair(file -> new BlockStream(reading, file));
    JavaRDD<Band> bands =
        blocks
            .repartitionAndSortWithinPartitions(new BandPartitioner(deal.partitions()))
            .mapPartitions(BandAssembly::new);
    bands.setName("lists of " + files.settings().name());
    bands.persist(StorageLevel.MEMORY_AND_DISK());
    describe("read and deal out " + files.settings().name());
    List<long[]> sizes;
    try {
      sizes = bands.mapPartitions(ListDealer::measure).collect();
    } catch (Exception e) {
      bands.unpersist();
      throw SparkFailure.asIoException(e);
    }
    DealtLists dealt = new DealtLists(bands, sizes, skipped.value());
    long bytes = files.files().stream().mapToLong(Shard::bytes).sum();
    tellDamage(
        files.settings().name(),
        damage.value(),
        dealt.skipped(),
        CorruptShare.percent(lost.value(), bytes));
    requireEnough(files, dealt, lost.value(), bytes, damage.value());
    LOG.info(
        "'{}': {} lists of {} items on {} partitions; the largest has {} of the mean",
        files.settings().name(),
        dealt.lists(),
        dealt.items(),
        deal.partitions(),
        String.format(Locale.ROOT, "%.3f", dealt.imbalance()));
    return dealt;
  }

  /** As one process does: the first of them, and their number. */
  private static void tellDamage(String name, List<String> damage, long skipped, String lost) {
    damage.stream()
        .distinct()
        .sorted()
        .limit(MOST_TOLD)
        .forEach(fault -> LOG.warn("skipped {}", fault));
    if (skipped > 0) {
      LOG.warn("'{}': {} damaged records are skipped, {} of the bytes", name, skipped, lost);
    }
  }

  private static void requireEnough(
      DatasetFiles files, DealtLists dealt, long lost, long bytes, List<String> damage)
      throws IOException {
    try {
      files
          .settings()
          .hparams()
          .corruptShare()
          .require(
              files.settings().name(), lost, bytes, "bytes", damage.isEmpty() ? "" : damage.get(0));
    } catch (IOException e) {
      dealt.close();
      throw e;
    }
  }

  private void describe(String job) {
    spark.setJobDescription(job);
  }

  private static List<Integer> numbers(DatasetFiles files) {
    return IntStream.range(0, files.files().size()).boxed().toList();
  }

  private static Iterator<long[]> measure(Iterator<Band> bands) {
    long[] size = new long[2];
    while (bands.hasNext()) {
      for (RankingList list : bands.next().lists()) {
        size[0]++;
        size[1] += list.size();
      }
    }
    return List.of(size).iterator();
  }
}
