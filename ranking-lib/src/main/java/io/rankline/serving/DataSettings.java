package io.rankline.serving;

import io.rankline.data.ListSize;
import io.rankline.io.DatasetReader;
import io.rankline.io.ListSizeText;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.record.RecordFormat;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * How the data was read that a model was trained and validated on: the part of a training's {@code
 * data} section that goes with its exports, by the same keys.
 *
 * @param datasetReader what the files are
 * @param format of the records of TFRecord files
 * @param queriesAcrossFiles whether items of a query in several LibSVM files are one list
 * @param zeroBased whether the feature ids of LibSVM files begin at 0
 * @param listSize items of a list in training
 * @param validListSize items of a list in validation and test; null for as many as in training
 * @param convertLabelsToBinary whether every label above 0 is read as 1
 */
public record DataSettings(
    @Option(fallback = "tfrecord") DatasetReader datasetReader,
    @Option(fallback = "elwc") RecordFormat format,
    @Option(fallback = "join") QueriesAcrossFiles queriesAcrossFiles,
    @Option(fallback = "false") boolean zeroBased,
    @Option(fallback = "0", form = ListSizeText.class) ListSize listSize,
    @Option(form = ListSizeText.class) @Nullable ListSize validListSize,
    @Option(fallback = "false") boolean convertLabelsToBinary) {

  /** Items of a list in validation and test. */
  public ListSize effectiveValidListSize() {
    return validListSize == null ? listSize : validListSize;
  }
}
