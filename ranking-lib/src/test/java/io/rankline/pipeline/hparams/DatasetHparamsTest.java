package io.rankline.pipeline.hparams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListSize;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.record.RecordFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetHparamsTest {

  @Test
  void defaults() {
    DatasetHparams hparams = minimal().build();

    assertThat(hparams)
        .isEqualTo(
            new DatasetHparams(
                "train-*",
                "valid-*",
                null,
                128,
                64,
                ListSize.ALL,
                null,
                DatasetReader.TFRECORD,
                RecordFormat.ELWC,
                QueriesAcrossFiles.JOIN,
                false,
                null,
                false,
                1000,
                false,
                42,
                CorruptRecordPolicy.FAIL,
                false,
                0.01,
                Runtime.getRuntime().maxMemory() / 4,
                2,
                0));
  }

  @Test
  void validationHasTheListSizeOfTrainingUnlessSaid() {
    assertThat(minimal().listSize(200).build().effectiveValidListSize())
        .isEqualTo(new ListSize(200));
    assertThat(minimal().listSize(200).validListSize(0).build().effectiveValidListSize())
        .isEqualTo(ListSize.ALL);
    assertThat(minimal().listSize(null).build().effectiveValidListSize()).isEqualTo(ListSize.ALL);
  }

  @Test
  void aListSizeBelowZeroIsRefusedByItsName() {
    assertThatThrownBy(() -> minimal().listSize(-5))
        .hasMessage("list_size must be 0 (all items) or more, got -5");
    assertThatThrownBy(() -> minimal().validListSize(-1))
        .hasMessage("valid_list_size must be 0 (all items) or more, got -1");
  }

  @Test
  void everyFaultIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                DatasetHparams.builder()
                    .testInputPattern(" ")
                    .validBatchSize(-1)
                    .shuffleBufferSize(0)
                    .cacheMemory(-1)
                    .prefetchBatches(0)
                    .readerThreads(-2)
                    .build())
        .isInstanceOf(HparamsException.class)
        .hasMessage(
            """
            train_input_pattern must name files, as /data/train-*, got none
            valid_input_pattern must name files, as /data/train-*, got none
            test_input_pattern must name files or be left out, got ''
            train_batch_size must be 1 or more, got 0
            valid_batch_size must be 1 or more, got -1
            shuffle_buffer_size must be 1 or more, got 0
            cache_memory must be 0 or more, got -1
            prefetch_batches must be 1 or more, got 0
            reader_threads must be 0 or more, got -2\
            """);
  }

  @Test
  void anOptionIsSetByItsKeyAsAFileDoes() {
    assertThat(
            minimal()
                .option("list_size", 10)
                .option("format", "seq")
                .option("dataset_reader", DatasetReader.LIBSVM)
                .option("cache_memory", "2k")
                .build())
        .isEqualTo(
            minimal()
                .listSize(10)
                .format(RecordFormat.SEQ)
                .datasetReader(DatasetReader.LIBSVM)
                .cacheMemory(2048)
                .build());
  }

  @Test
  void anOptionThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> minimal().option("seed", "now"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("seed must be a whole number, got \"now\"");
    assertThatThrownBy(() -> minimal().option("sead", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown key sead; did you mean seed? Others are ");
  }

  @ParameterizedTest
  @EnumSource(DatasetReader.class)
  void everyReaderIsFoundByItsName(DatasetReader reader) {
    assertThat(DatasetReader.ofWireName(reader.wireName())).isEqualTo(reader);
  }

  @Test
  void anUnknownReaderIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> DatasetReader.ofWireName("recordio"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown dataset_reader 'recordio'; expected one of tfrecord, libsvm");
  }

  private static DatasetHparamsBuilder minimal() {
    return DatasetHparams.builder()
        .trainInputPattern("train-*")
        .validInputPattern("valid-*")
        .trainBatchSize(128)
        .validBatchSize(64);
  }
}
