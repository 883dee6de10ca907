package io.rankline.pipeline.dataset;

import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.FileFacts;
import io.rankline.io.Storage;
import io.rankline.pipeline.hparams.DatasetHparams;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What distinguishes the data of one training from that of another, in words.
 *
 * @param meaning what a training that goes on has to find as it was, or its numbers mean nothing
 * @param conduct what it may find changed, though it does not end as if it had not
 */
public record DataFingerprint(
    SortedMap<String, String> meaning, SortedMap<String, String> conduct) {

  /** Of data that nothing is known of. */
  static final DataFingerprint NONE = new DataFingerprint(new TreeMap<>(), new TreeMap<>());

  public DataFingerprint {
    meaning = Collections.unmodifiableSortedMap(new TreeMap<>(meaning));
    conduct = Collections.unmodifiableSortedMap(new TreeMap<>(conduct));
  }

  /** What is read, and how. */
  static DataFingerprint of(
      RecordSpec records, SortedMap<String, String> labelsByTask, DatasetHparams hparams) {
    SortedMap<String, String> meaning = new TreeMap<>();
    meaning.put("train_batch_size", String.valueOf(hparams.trainBatchSize()));
    meaning.put("list_size", String.valueOf(hparams.listSize().items()));
    meaning.put("valid_list_size", String.valueOf(hparams.effectiveValidListSize().items()));
    meaning.put("convert_labels_to_binary", String.valueOf(hparams.convertLabelsToBinary()));
    meaning.put("queries_across_files", hparams.queriesAcrossFiles().wireName());
    meaning.put("zero_based", String.valueOf(hparams.zeroBased()));
    meaning.put("query_file", String.valueOf(hparams.queryFile()));
    meaning.put(
        "label",
        labelsByTask.isEmpty()
            ? records.labels().stream().map(LabelSpec::name).collect(Collectors.joining(", "))
            : labelsByTask.toString());
    meaning.put("weight", records.weight() == null ? "none" : records.weight().name());
    SortedMap<String, String> conduct = new TreeMap<>();
    conduct.put("valid_batch_size", String.valueOf(hparams.validBatchSize()));
    conduct.put("shuffle_buffer_size", String.valueOf(hparams.shuffleBufferSize()));
    conduct.put("shuffle_examples", String.valueOf(hparams.shuffleExamples()));
    conduct.put("seed of the data", String.valueOf(hparams.seed()));
    return new DataFingerprint(meaning, conduct);
  }

  /**
   * The same with the files of the data: names and lengths have to be as they were, where they lie
   * and when they were written need not.
   *
   * @throws IOException if there are none
   */
  DataFingerprint withFiles(Storage storage, DatasetHparams hparams) throws IOException {
    SortedMap<String, String> files = new TreeMap<>(meaning);
    SortedMap<String, String> rest = new TreeMap<>(conduct);
    FileFacts training = storage.facts(hparams.trainInputPattern());
    FileFacts validation = storage.facts(hparams.validInputPattern());
    files.put("training files", training.text());
    files.put("validation files", validation.text());
    rest.put("train_input_pattern", hparams.trainInputPattern());
    rest.put("valid_input_pattern", hparams.validInputPattern());
    rest.put("training files were last written", training.lastWritten().toString());
    rest.put("validation files were last written", validation.lastWritten().toString());
    String test = hparams.testInputPattern();
    rest.put("test files", test == null ? "none" : storage.facts(test).text());
    return new DataFingerprint(files, rest);
  }
}
