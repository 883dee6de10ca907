package io.rankline.pipeline.input.shard;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.io.MissingFeatures;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.AbsentIds;
import io.rankline.io.record.AbsentFeatures;
import io.rankline.pipeline.hparams.DatasetHparams;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a data set and how their records become lists: what a process elsewhere needs to
 * read a part of it.
 *
 * @param files in the order of the data
 * @param settings how it is read and batched
 * @param recordSpec everything that is read
 * @param prepare what is done to each list after it is decoded
 */
public record DatasetFiles(
    List<Shard> files, InputSettings settings, RecordSpec recordSpec, Preparation prepare)
    implements Serializable {

  private static final Logger LOG = LoggerFactory.getLogger(DatasetFiles.class);

  /** The data set's own part in making a list; goes with the files to other processes. */
  @FunctionalInterface
  public interface Preparation extends UnaryOperator<RankingList>, Serializable {}

  public DatasetFiles {
    files = new ArrayList<>(files);
  }

  public ListShard shard(Storage storage, Shard file) {
    DatasetHparams hparams = settings.hparams();
    return hparams.datasetReader() == DatasetReader.LIBSVM
        ? new LibSvmShard(
            storage,
            file,
            recordSpec,
            settings.itemsToRead(),
            hparams.libSvmLayout(),
            settings.onCorruptRecord())
        : new TfRecordShard(
            storage,
            file,
            () -> hparams.format().decoder(recordSpec, settings.itemsToRead()),
            settings.onCorruptRecord());
  }

  /**
   * Refuses data that there is nothing to learn from; reads no further than it has to.
   *
   * @throws IOException if there is no list, a label that tells no items apart, or a feature that
   *     no record holds
   */
  public void requireLearnable(Storage storage) throws IOException {
    new LabelCheck(settings.name(), settings.onCorruptRecord())
        .check(files.stream().map(file -> shard(storage, file)).toList(), prepare);
    requireFeatures(storage);
  }

  /**
   * Refuses features that no record holds, unless the hyperparameters allow them; warns where they
   * may well be columns of zeros.
   *
   * @throws IOException naming them, and what there is in their place
   */
  public void requireFeatures(Storage storage) throws IOException {
    DatasetHparams hparams = settings.hparams();
    if (hparams.allowAbsentFeatures()) {
      return;
    }
    MissingFeatures absent =
        hparams.datasetReader() == DatasetReader.LIBSVM
            ? AbsentIds.find(
                storage, files, recordSpec, hparams.libSvmLayout(), settings.onCorruptRecord())
            : AbsentFeatures.find(
                storage, files, recordSpec, hparams.format(), settings.onCorruptRecord());
    if (absent.certain()) {
      throw new IOException(
          "'%s': %s. If that is meant, data.allow_absent_features = true gives every item the default"
              .formatted(settings.name(), String.join("; ", absent.sentences())));
    }
    absent
        .sentences()
        .forEach(each -> LOG.warn("'{}': {}; all items have the default", settings.name(), each));
  }

  /**
   * Counts the lists of a file. Decodes them only where damaged ones are to be skipped.
   *
   * @throws IOException if it cannot be read
   */
  public long count(Storage storage, Shard file) throws IOException {
    long count = 0;
    if (settings.onCorruptRecord() == CorruptRecordPolicy.SKIP) {
      try (OpenFile lists = open(storage, file)) {
        while (lists.next() != null) {
          count++;
        }
      }
      return count;
    }
    try (RecordCursor records = shard(storage, file).open(fault -> {})) {
      while (records.advance()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Opens a file to read its lists in their order, prepared.
   *
   * @throws IOException if it cannot be opened
   */
  public OpenFile open(Storage storage, Shard file) throws IOException {
    return new OpenFile(shard(storage, file), settings.onCorruptRecord(), prepare);
  }
}
