package io.rankline.spark.scoring;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.CorruptShare;
import io.rankline.io.Storage;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.convert.DataFormat;
import io.rankline.spark.convert.DataInput;
import io.rankline.spark.convert.LibSvmNames;
import io.rankline.spark.convert.ListSource;
import io.rankline.spark.convert.Naming;
import io.rankline.spark.storage.StagedOutput;
import io.rankline.spark.terminal.SparkProgress;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Scores a data set with an exported model, on executors, and writes query, item, score and rank of
 * every item; nothing but counts comes to the driver. The output appears when it is whole.
 *
 * <p>Ranks begin at 1, the item with the highest score; items of equal score rank in the order of
 * the data. Scores are those of {@link SavedRankingModel}, to the bit.
 *
 * @param model folder of an exported model
 * @param input the data
 * @param output folder to make
 * @param target CSV, PARQUET, or ELWC
 * @param queryColumn column or context feature that tells queries apart
 * @param itemColumns columns or features that go along with the scores; null for the comment of
 *     LibSVM lines, and otherwise the place of the item in its list, from 0
 * @param task the task whose scores count; null for all
 * @param topK items of a list that are written, the best ones; 0 for all
 * @param shards files to write, or 0 to choose
 * @param policy what an item or list does that cannot be read
 * @param share how much may be lost where those are skipped
 */
public record Scoring(
    String model,
    DataInput input,
    String output,
    DataFormat target,
    String queryColumn,
    @Nullable List<String> itemColumns,
    @Nullable String task,
    int topK,
    int shards,
    CorruptRecordPolicy policy,
    CorruptShare share) {

  /** LibSVM's label is read and dropped. */
  private static final String NO_LABEL = "__label__";

  /**
   * What came of it.
   *
   * @param faults the first few of what was skipped, in words
   */
  public record Outcome(long lists, long items, long skipped, List<String> faults) {}

  /**
   * Scores and writes.
   *
   * @param loaded the model of the folder
   * @param overwrite whether a folder that has files gives way
   * @throws IOException if the data cannot be read, or the output not be written
   * @throws UsageException for data that lacks columns of the model, and a model without the task
   */
  public Outcome run(SparkSession session, SavedRankingModel loaded, boolean overwrite)
      throws IOException {
    ScoringPlan plan = ScoringPlan.of(queryColumn, itemColumns, tasks(loaded), topK);
    ListSource lists = source(session, loaded.requests(), plan);
    ScoringCounts counts =
        new ScoringCounts(
            session.sparkContext(), policy, itemColumns == null ? List.of() : itemColumns);
    JavaPairRDD<String, byte[]> records = lists.lists(shards);
    ExecutorModel copies =
        ExecutorModel.of(
            session.sparkContext(), ModelFiles.read(Storage.ofClassPath().folder(model)));
    JavaRDD<ScoredList> scored =
        records.mapPartitions(
            partition ->
                partition.hasNext()
                    ? new RecordScorer(partition, copies.forTask(), plan, counts)
                    : Collections.emptyIterator());
    StagedOutput.requireApart(session.sessionState().newHadoopConf(), output, lists.paths());
    try (StagedOutput staged =
            StagedOutput.open(session.sessionState().newHadoopConf(), output, overwrite);
        SparkProgress progress =
            new SparkProgress(JavaSparkContext.fromSparkContext(session.sparkContext()))) {
      progress.start();
      if (target == DataFormat.ELWC) {
        ScoreRecords.write(session, scored, plan, staged.folder());
      } else {
        ScoreTable.write(session, scored, plan, lists, target, staged.folder());
      }
      lists.requireEnough(share);
      counts.require(share, input.toString());
      counts.requireSome(input.location());
      staged.commit();
    }
    lists.tellJoined();
    List<String> faults = new ArrayList<>(lists.faults());
    faults.addAll(counts.faults());
    return new Outcome(counts.lists(), counts.items(), lists.skipped() + counts.skipped(), faults);
  }

  private List<String> tasks(SavedRankingModel loaded) {
    if (task == null) {
      if (topK > 0 && loaded.tasks().size() > 1) {
        throw new UsageException(
            "--top-k needs --task with a model of several, one of "
                + String.join(", ", loaded.tasks()));
      }
      return List.copyOf(loaded.tasks());
    }
    if (!loaded.tasks().contains(task)) {
      throw new UsageException(
          "--task must be one of %s, got '%s'".formatted(String.join(", ", loaded.tasks()), task));
    }
    return List.of(task);
  }

  private ListSource source(SparkSession session, RecordSpec requests, ScoringPlan plan)
      throws IOException {
    boolean libSvm = input.format() == DataFormat.LIBSVM;
    Naming naming =
        new Naming(
            queryColumn,
            NO_LABEL,
            DType.FLOAT32,
            input.format().isTable() ? Set.of() : requests.context().keySet(),
            libSvm ? LibSvmNames.pattern(requests) : "%d");
    RecordSpec columns = input.format().isTable() ? columns(requests, plan) : null;
    return libSvm && !plan.named()
        ? ListSource.withComments(session, input, naming, columns, ScoringPlan.ITEM, policy)
        : ListSource.open(session, input, naming, columns, policy);
  }

  /** The columns of a table that are read: features, the query and what names items as text. */
  private RecordSpec columns(RecordSpec requests, ScoringPlan plan) {
    FixedLenFeature text = FixedLenFeature.string(1);
    SortedMap<String, FeatureSpec> context = new TreeMap<>(requests.context());
    SortedMap<String, FeatureSpec> examples = new TreeMap<>(requests.examples());
    if (!examples.containsKey(queryColumn)) {
      context.putIfAbsent(queryColumn, text);
    }
    for (String name : plan.named() ? plan.itemColumns() : List.<String>of()) {
      if (!context.containsKey(name)) {
        examples.putIfAbsent(name, text);
      }
    }
    return RecordSpec.of(context, examples);
  }
}
