package io.rankline.pipeline.dataset;

import io.rankline.feature.RecordSpec;
import io.rankline.io.Shard;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.serving.BaseModel;
import io.rankline.serving.DataSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives a pipeline its data. Extend it to bring data sets of your own. */
public abstract class AbstractDatasetBuilder {

  /** For subclasses. */
  protected AbstractDatasetBuilder() {}

  /**
   * Lists to train on, pass after pass without end.
   *
   * @throws IOException if there are no such files, or storage cannot be reached
   */
  public abstract RankingDataset buildTrainDataset() throws IOException;

  /**
   * Lists to validate with, one pass in the order of the data.
   *
   * @throws IOException if there are no such files, or storage cannot be reached
   */
  public abstract RankingDataset buildValidDataset() throws IOException;

  /**
   * Lists to test with at the very end, one pass in the order of the data; empty where there are
   * none.
   *
   * @throws IOException if there are no such files, or storage cannot be reached
   */
  public Optional<RankingDataset> buildTestDataset() throws IOException {
    return Optional.empty();
  }

  /**
   * One pass over the lists to train on, in the order of the data: for statistics.
   *
   * @throws UnsupportedOperationException for a builder of your own that does not offer it
   */
  public RankingDataset buildTrainPass() throws IOException {
    throw new UnsupportedOperationException(
        "%s has no buildTrainPass, which transforms like z_score need; override it"
            .formatted(getClass().getName()));
  }

  /** What is read from the records, labels and weights included. */
  public abstract RecordSpec recordSpec();

  /** How lists are read, for exports to tell; empty where that is not known. */
  public Optional<DataSettings> dataSettings() {
    return Optional.empty();
  }

  /**
   * The files of {@link #buildValidDataset}, in their order, for a report to look something up in;
   * none where lists come from elsewhere.
   *
   * @throws IOException if storage cannot be reached
   */
  public List<Shard> validationFiles() throws IOException {
    return List.of();
  }

  /**
   * A sentence about files that are trained on and measured with as well; empty where there are
   * none, or lists come from elsewhere.
   *
   * @throws IOException if storage cannot be reached
   */
  public Optional<String> overlap() throws IOException {
    return Optional.empty();
  }

  /**
   * What distinguishes this data from other data, for a training that goes on to notice a change;
   * empty for a builder of your own.
   *
   * @throws IOException if storage cannot be reached
   */
  public DataFingerprint fingerprint() throws IOException {
    return DataFingerprint.NONE;
  }

  /** What a served model is given: features without labels and weights. */
  public RecordSpec servingSpec() {
    return RecordSpec.of(recordSpec().context(), recordSpec().examples());
  }

  /**
   * The model whose scores a network is trained to add to; empty for a model that stands alone.
   *
   * @throws IOException if it cannot be loaded
   */
  public Optional<BaseModel> base() throws IOException {
    return Optional.empty();
  }

  /**
   * The label column of each task by the task's name; empty where tasks have no names, and a task
   * has the label of its own name or the only one there is.
   */
  public SortedMap<String, String> labelsByTask() {
    return new TreeMap<>();
  }
}
