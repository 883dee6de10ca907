package io.rankline.pipeline.dataset;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.DatasetReader;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.SharedQueries;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.input.ShardedLists;
import io.rankline.pipeline.input.pass.MemoryBudget;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.input.shard.InputSettings.Role;
import io.rankline.serving.DataSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Data sets of files, as {@link DatasetHparams} describes them.
 *
 * <p>Extend it to make labels, weights or features of what a record holds: {@link
 * #featuresAndLabels} sees each list once, before the model does. Features that only this needs
 * stand in {@link #recordSpec} and not in {@link #servingSpec}. A strategy that reads files in
 * other processes sends the builder there, so its fields have to be serializable.
 */
public abstract class BaseDatasetBuilder extends AbstractDatasetBuilder implements Serializable {

  private final RecordSpec recordSpec;
  private final RecordSpec servingSpec;
  private final String maskFeatureName;
  private final DatasetHparams hparams;
  private final MemoryBudget budget;

  /** LibSVM files with those of common queries joined, which takes a reading, by files found. */
  private final ConcurrentHashMap<List<Shard>, List<Shard>> joined = new ConcurrentHashMap<>();

  /**
   * A builder.
   *
   * @param recordSpec everything that is read for training: features, labels and weight
   * @param servingSpec the features among it that a served model is given
   * @param maskFeatureName name of the mask among the model's inputs
   * @throws IllegalArgumentException if there is no label, or the mask has no name
   */
  protected BaseDatasetBuilder(
      RecordSpec recordSpec,
      RecordSpec servingSpec,
      String maskFeatureName,
      DatasetHparams hparams) {
    requireFitting(recordSpec, maskFeatureName);
    this.recordSpec = recordSpec;
    this.servingSpec = servingSpec;
    this.maskFeatureName = maskFeatureName;
    this.hparams = hparams;
    this.budget = new MemoryBudget(hparams.cacheMemory());
  }

  @Override
  public RankingDataset buildTrainDataset() throws IOException {
    return dataset(hparams.trainInputPattern(), Role.TRAINING, budget);
  }

  @Override
  public RankingDataset buildValidDataset() throws IOException {
    return dataset(hparams.validInputPattern(), Role.VALIDATION, budget);
  }

  @Override
  public Optional<RankingDataset> buildTestDataset() throws IOException {
    String pattern = hparams.testInputPattern();
    return pattern == null
        ? Optional.empty()
        : Optional.of(dataset(pattern, Role.VALIDATION, budget));
  }

  @Override
  public RankingDataset buildTrainPass() throws IOException {
    // Read once or twice and then never again: not worth keeping.
    return dataset(hparams.trainInputPattern(), Role.TRAINING_PASS, new MemoryBudget(0));
  }

  @Override
  public final RecordSpec recordSpec() {
    return recordSpec;
  }

  @Override
  public final RecordSpec servingSpec() {
    return servingSpec;
  }

  @Override
  public final Optional<DataSettings> dataSettings() {
    return Optional.of(hparams.exported());
  }

  @Override
  public List<Shard> validationFiles() throws IOException {
    return storage().shards(hparams.validInputPattern());
  }

  @Override
  public Optional<String> overlap() throws IOException {
    Set<Shard> training = Set.copyOf(storage().shards(hparams.trainInputPattern()));
    List<String> sentences = new ArrayList<>();
    String test = hparams.testInputPattern();
    for (String pattern :
        test == null
            ? List.of(hparams.validInputPattern())
            : List.of(hparams.validInputPattern(), test)) {
      List<Shard> files = storage().shards(pattern);
      List<Shard> shared = files.stream().filter(training::contains).toList();
      if (!shared.isEmpty()) {
        sentences.add(
            "%s of %s files of '%s' are trained on too, as '%s'"
                .formatted(shared.size(), files.size(), pattern, shared.get(0).path()));
      }
    }
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("; ", sentences)
                + ": what is measured there does not hold for data that the model has not seen");
  }

  @Override
  public DataFingerprint fingerprint() throws IOException {
    return DataFingerprint.of(recordSpec, labelsByTask(), hparams).withFiles(storage(), hparams);
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

  /**
   * Everything that is read of the data to train on, where that is more than {@link #recordSpec};
   * {@link #trainedOn} makes of it what other lists have.
   *
   * @throws IOException if it cannot be told
   */
  public RecordSpec trainingSpec() throws IOException {
    return recordSpec;
  }

  /**
   * A list as it is trained on, labels and all. Called by several threads.
   *
   * @param read the list as it was read
   * @param prepared what {@link #featuresAndLabels} made of it, with labels as the hyperparameters
   *     say
   * @return {@code prepared} unless overridden
   * @throws IllegalArgumentException for a list that cannot be used; treated as a damaged record
   */
  protected RankingList trainedOn(RankingList read, RankingList prepared) {
    return prepared;
  }

  /** Where files are: {@link Storage#ofClassPath} unless overridden. */
  protected Storage storage() {
    return Storage.ofClassPath();
  }

  private RankingDataset dataset(String pattern, Role role, MemoryBudget memory)
      throws IOException {
    Storage storage = storage();
    DatasetFiles.Preparation plain =
        hparams.convertLabelsToBinary()
            ? list -> featuresAndLabels(list).withUsableWeights().withBinaryLabels()
            : list -> featuresAndLabels(list).withUsableWeights();
    boolean training = role == Role.TRAINING;
    DatasetFiles.Preparation prepare =
        training ? list -> trainedOn(list, plain.apply(list)) : plain;
    return ShardedLists.of(
        new DatasetFiles(
            shards(storage, pattern),
            new InputSettings(pattern, role, hparams),
            training ? trainingSpec() : recordSpec,
            prepare),
        storage,
        memory);
  }

  private List<Shard> shards(Storage storage, String pattern) throws IOException {
    List<Shard> files = storage.shards(pattern);
    if (hparams.datasetReader() != DatasetReader.LIBSVM
        || hparams.queryFile() != null
        || hparams.queriesAcrossFiles() != QueriesAcrossFiles.JOIN) {
      return files;
    }
    List<Shard> known = joined.get(files);
    List<Shard> found = known == null ? SharedQueries.joined(storage, files, pattern) : known;
    joined.put(files, found);
    return found;
  }

  private static void requireFitting(RecordSpec recordSpec, String maskFeatureName) {
    if (maskFeatureName.isBlank()) {
      throw new IllegalArgumentException(
          "the mask feature needs a name, as " + ListBatch.MASK_NAME);
    }
    if (recordSpec.labels().isEmpty()) {
      throw new IllegalArgumentException(
          "data to train on needs a label; the record spec has none");
    }
  }
}
