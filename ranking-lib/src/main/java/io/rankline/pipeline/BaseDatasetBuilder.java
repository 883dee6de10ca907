package io.rankline.pipeline;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Storage;
import java.io.IOException;
import java.util.Optional;

/**
 * Data sets of files, as {@link DatasetHparams} describes them.
 *
 * <p>Extend it to make labels, weights or features of what a record holds: {@link
 * #featuresAndLabels} sees each list once, before the model does. Features that only this needs
 * stand in {@link #recordSpec} and not in {@link #servingSpec}.
 */
public abstract class BaseDatasetBuilder extends AbstractDatasetBuilder {

  private final RecordSpec recordSpec;
  private final RecordSpec servingSpec;
  private final String maskFeatureName;
  private final DatasetHparams hparams;

  /**
   * A builder.
   *
   * @param recordSpec everything that is read for training: features, labels and weight
   * @param servingSpec the features among it that a served model is given
   * @param maskFeatureName name of the mask among the model's inputs
   * @throws IllegalArgumentException if there is no label, the serving spec has a feature that the
   *     record spec has not, or the mask has no name
   */
  protected BaseDatasetBuilder(
      RecordSpec recordSpec,
      RecordSpec servingSpec,
      String maskFeatureName,
      DatasetHparams hparams) {
    this.recordSpec = recordSpec;
    this.servingSpec = servingSpec;
    this.maskFeatureName = maskFeatureName;
    this.hparams = hparams;
  }

  @Override
  public RankingDataset buildTrainDataset() throws IOException {
    throw new IOException("to come");
  }

  @Override
  public RankingDataset buildValidDataset() throws IOException {
    throw new IOException("to come");
  }

  @Override
  public Optional<RankingDataset> buildTestDataset() throws IOException {
    throw new IOException("to come");
  }

  @Override
  public final RecordSpec recordSpec() {
    return recordSpec;
  }

  @Override
  public final RecordSpec servingSpec() {
    return servingSpec;
  }

  /** Name of the mask among the model's inputs. */
  public final String maskFeatureName() {
    return maskFeatureName;
  }

  /** Where data comes from and how it is read. */
  public final DatasetHparams hparams() {
    return hparams;
  }

  /**
   * A list as the model and its losses shall see it, made of one that was read under {@link
   * #recordSpec}; the list itself where nothing is to be done. Called by several threads.
   *
   * @throws IllegalArgumentException for a list that cannot be used; treated as a damaged record
   */
  protected RankingList featuresAndLabels(RankingList list) {
    return list;
  }

  /** Where files are: what the configuration on the class path reaches. */
  protected Storage storage() {
    return Storage.ofClassPath();
  }
}
