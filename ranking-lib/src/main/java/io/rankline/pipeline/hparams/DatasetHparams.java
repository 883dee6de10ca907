package io.rankline.pipeline.hparams;

import io.rankline.data.ListSize;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.CorruptShare;
import io.rankline.io.DatasetReader;
import io.rankline.io.ListSizeText;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.DataSettings;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where data comes from and how it is read: the {@code data} section of a configuration file, whose
 * keys are these names in snake_case.
 */
public record DatasetHparams(
    @Option(
            fallback = "",
            filled = "must name files, as /data/train-*",
            meaning =
                "paths or globs of the training data, joined by commas; a folder stands for every"
                    + " file below it")
        String trainInputPattern,
    @Option(
            fallback = "",
            filled = "must name files, as /data/train-*",
            meaning = "the same of the validation data")
        String validInputPattern,
    @Option(filled = "must name files or be left out", meaning = "the same of the test data")
        @Nullable String testInputPattern,
    @Option(fallback = "0", least = 1, meaning = "lists of a training batch") int trainBatchSize,
    @Option(fallback = "0", least = 1, meaning = "lists of a batch of validation or test data")
        int validBatchSize,
    @Option(
            fallback = "0",
            least = 0,
            words = ListSize.RULE,
            form = ListSizeText.class,
            meaning =
                "items of a list: longer ones are truncated, shorter ones padded; 0 pads to the"
                    + " longest list of each batch")
        ListSize listSize,
    @Option(
            least = 0,
            words = ListSize.RULE,
            form = ListSizeText.class,
            meaning = "the same for validation and test data; that of training by default")
        @Nullable ListSize validListSize,
    @Option(fallback = "tfrecord", meaning = "what the files are") DatasetReader datasetReader,
    @Option(
            fallback = "elwc",
            meaning =
                "of the records of TFRecord files; how files are compressed shows in their first"
                    + " bytes")
        RecordFormat format,
    @Option(
            fallback = "join",
            meaning =
                "of libsvm: whether the items of a query that stand in several files are one list,"
                    + " or one a file. To join them, the queries of several files are read first")
        QueriesAcrossFiles queriesAcrossFiles,
    @Option(
            fallback = "false",
            meaning =
                "of libsvm: whether feature ids begin at 0, as scikit-learn writes them; id 0 is"
                    + " the feature named after 1")
        boolean zeroBased,
    @Option(
            meaning =
                "of libsvm without qid: *.query is the file beside each that has the number of"
                    + " lines of each query, as LightGBM's .query and XGBoost's .group")
        @Nullable String queryFile,
    @Option(fallback = "false", meaning = "whether every label above 0 is read as 1")
        boolean convertLabelsToBinary,
    @Option(
            fallback = "1000",
            least = 1,
            meaning =
                "lists that training draws the next one from; 1 leaves them in the order of files")
        int shuffleBufferSize,
    @Option(
            fallback = "false",
            meaning = "whether training shuffles the items of a list before it truncates it")
        boolean shuffleExamples,
    @Option(fallback = "42", meaning = "seed of every order that is drawn") long seed,
    @Option(fallback = "fail", meaning = "what a damaged record does")
        CorruptRecordPolicy onCorruptRecord,
    @Option(
            fallback = "false",
            meaning =
                "whether a feature may be in no record of the training data, so that every item has"
                    + " its default; mostly that is a slip of the pen, and refused. A number that"
                    + " lacks in a family of names, as a column of zeros does, is warned of")
        boolean allowAbsentFeatures,
    @Option(
            fallback = "0.01",
            least = 0,
            most = 1,
            words = "must lie in [0, 1]",
            meaning =
                "share of the bytes that skipped records may take; a run that loses more ends. A"
                    + " file that cannot be read counts with all its bytes")
        double maxCorruptShare,
    @Option(
            fallback = "25%",
            least = 0,
            form = HeapBytes.class,
            meaning =
                "memory of the heap that lists may take once they are read, for training,"
                    + " validation and test data together; 0 keeps none. The shuffle buffer and"
                    + " batches that are made ahead come on top where their lists are not kept")
        long cacheMemory,
    @Option(fallback = "2", least = 1, meaning = "batches that are made ahead of the training")
        int prefetchBatches,
    @Option(
            fallback = "0",
            least = 0,
            meaning =
                "threads that read and parse; 0 for one a processor, at most 4. Batches are the"
                    + " same for any number")
        int readerThreads)
    implements Serializable {

  /** Stands in for a pattern where data comes from memory. */
  private static final String IN_MEMORY = "memory";

  public DatasetHparams {
    Faults.in(
            DatasetHparams.class,
            trainInputPattern,
            validInputPattern,
            testInputPattern,
            trainBatchSize,
            validBatchSize,
            listSize,
            validListSize,
            datasetReader,
            format,
            queriesAcrossFiles,
            zeroBased,
            queryFile,
            convertLabelsToBinary,
            shuffleBufferSize,
            shuffleExamples,
            seed,
            onCorruptRecord,
            allowAbsentFeatures,
            maxCorruptShare,
            cacheMemory,
            prefetchBatches,
            readerThreads)
        .addUnless(
            queryFile == null || new LibSvmLayout(zeroBased, queryFile).isBeside(),
            "query_file",
            "must have a * for the path of each data file, as *.query, got '%s'",
            queryFile)
        .orThrow(HparamsException::new);
  }

  /** How LibSVM files number features and name queries. */
  public LibSvmLayout libSvmLayout() {
    return new LibSvmLayout(zeroBased, queryFile);
  }

  /** Collects hyperparameters; patterns and batch sizes have no default. */
  public static DatasetHparamsBuilder builder() {
    return new DatasetHparamsBuilder();
  }

  /** Collects hyperparameters of data that comes from no files; batch sizes have no default. */
  public static DatasetHparamsBuilder inMemory() {
    return new DatasetHparamsBuilder().trainInputPattern(IN_MEMORY).validInputPattern(IN_MEMORY);
  }

  /** Items of a list of validation or test data. */
  public ListSize effectiveValidListSize() {
    return validListSize == null ? listSize : validListSize;
  }

  /** How much may be lost where damaged records are skipped. */
  public CorruptShare corruptShare() {
    return new CorruptShare(maxCorruptShare);
  }

  /** What of it goes with an export. */
  public DataSettings exported() {
    return new DataSettings(
        datasetReader,
        format,
        queriesAcrossFiles,
        zeroBased,
        listSize,
        effectiveValidListSize(),
        convertLabelsToBinary);
  }
}
