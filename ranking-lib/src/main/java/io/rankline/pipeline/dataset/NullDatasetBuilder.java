package io.rankline.pipeline.dataset;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.input.ShardedLists;
import io.rankline.pipeline.input.pass.MemoryBudget;
import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.input.shard.InputSettings.Role;
import io.rankline.serving.DataSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hands on data sets that exist already: bring your own data. */
public final class NullDatasetBuilder extends AbstractDatasetBuilder {

  private final RankingDataset train;
  private final RankingDataset valid;
  private final @Nullable RankingDataset test;
  private @Nullable RankingDataset trainPass;
  private @Nullable DataSettings dataSettings;
  private DataFingerprint fingerprint = DataFingerprint.NONE;
  private final RecordSpec recordSpec;

  /**
   * A builder of these data sets, without test data.
   *
   * @param train batches to train on, without end
   * @param valid batches to validate with, with an end
   * @param recordSpec what their lists hold, labels and weights included
   */
  public NullDatasetBuilder(RankingDataset train, RankingDataset valid, RecordSpec recordSpec) {
    this(train, valid, null, recordSpec);
  }

  /**
   * A builder of these data sets.
   *
   * @param train batches to train on, without end
   * @param valid batches to validate with, with an end
   * @param test batches to test with, with an end; null for none
   * @param recordSpec what their lists hold, labels and weights included
   */
  public NullDatasetBuilder(
      RankingDataset train,
      RankingDataset valid,
      @Nullable RankingDataset test,
      RecordSpec recordSpec) {
    this.train = train;
    this.valid = valid;
    this.test = test;
    this.recordSpec = recordSpec;
  }

  /**
   * A builder of data sets of lists in memory.
   *
   * @param train to train on, in an order drawn again for each pass
   * @param valid to validate with
   * @param recordSpec what the lists hold, labels and weights included
   * @param hparams sizes of batches and lists, as {@link DatasetHparams#inMemory} begins them; the
   *     shuffle buffer is as large as the data
   * @throws IllegalArgumentException if there is no list, or one with other labels
   */
  public static NullDatasetBuilder ofLists(
      List<RankingList> train,
      List<RankingList> valid,
      RecordSpec recordSpec,
      DatasetHparams hparams) {
    requireLayout("train", train, recordSpec);
    requireLayout("valid", valid, recordSpec);
    MemoryBudget budget = new MemoryBudget(hparams.cacheMemory());
    String trainName = "lists to train on";
    NullDatasetBuilder builder =
        new NullDatasetBuilder(
            ShardedLists.of(
                train, new InputSettings(trainName, Role.TRAINING, hparams, train.size()), budget),
            ShardedLists.of(
                valid,
                new InputSettings("lists to validate with", Role.VALIDATION, hparams),
                budget),
            recordSpec);
    builder.trainPass =
        ShardedLists.of(train, new InputSettings(trainName, Role.TRAINING_PASS, hparams), budget);
    builder.dataSettings = hparams.exported();
    builder.fingerprint = DataFingerprint.of(recordSpec, new TreeMap<>(), hparams);
    return builder;
  }

  @Override
  public RankingDataset buildTrainPass() throws IOException {
    RankingDataset pass = trainPass;
    return pass == null ? super.buildTrainPass() : pass;
  }

  @Override
  public RankingDataset buildTrainDataset() throws IOException {
    return train;
  }

  @Override
  public RankingDataset buildValidDataset() throws IOException {
    return valid;
  }

  @Override
  public Optional<RankingDataset> buildTestDataset() throws IOException {
    return Optional.ofNullable(test);
  }

  @Override
  public RecordSpec recordSpec() {
    return recordSpec;
  }

  @Override
  public Optional<DataSettings> dataSettings() {
    return Optional.ofNullable(dataSettings);
  }

  @Override
  public DataFingerprint fingerprint() {
    return fingerprint;
  }

  private static void requireLayout(String role, List<RankingList> lists, RecordSpec recordSpec) {
    if (lists.isEmpty()) {
      throw new IllegalArgumentException(role + " must have at least one list, got none");
    }
    List<String> labels = recordSpec.layout().labels();
    for (RankingList list : lists) {
      if (!list.layout().labels().equals(labels)) {
        throw new IllegalArgumentException(
            "%s must have lists with the labels %s, got one with %s"
                .formatted(role, labels, list.layout().labels()));
      }
    }
  }
}
