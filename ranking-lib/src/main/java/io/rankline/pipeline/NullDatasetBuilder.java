package io.rankline.pipeline;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands on data sets that exist already: bring your own data. */
public final class NullDatasetBuilder extends AbstractDatasetBuilder {

  private final RankingDataset train;
  private final RankingDataset valid;
  private final @Nullable RankingDataset test;
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
   * @param train to train on, in an order drawn anew for each pass
   * @param valid to validate with
   * @param recordSpec what the lists hold, labels and weights included
   * @param hparams sizes of batches and lists, as {@link DatasetHparams#inMemory} begins them; the
   *     shuffle buffer is as large as the data
   * @throws IllegalArgumentException if there is no list, or one of another layout
   */
  public static NullDatasetBuilder ofLists(
      List<RankingList> train,
      List<RankingList> valid,
      RecordSpec recordSpec,
      DatasetHparams hparams) {
    if (train.isEmpty() || valid.isEmpty()) {
      throw new IllegalArgumentException("data to train on and to validate with needs a list");
    }
    throw new IllegalStateException("to come");
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
}
