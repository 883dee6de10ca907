package io.rankline.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListSize;
import io.rankline.io.DatasetReader;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.DataSettings;
import io.rankline.text.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exports without a section of their own tell how data was read in their configuration. */
class TrainingDataTest {

  private final List<String> faults = new ArrayList<>();

  @Test
  void theConfigurationOfAnOldExportIsRead() {
    DataSettings read =
        TrainingData.ofConfiguration(
            "data { dataset_reader = libsvm, format = seq, list_size = 3, valid_list_size = 5,"
                + " convert_labels_to_binary = true, seed = 4 }",
            faults::add);

    assertThat(read)
        .isEqualTo(
            new DataSettings(
                DatasetReader.LIBSVM,
                RecordFormat.SEQ,
                QueriesAcrossFiles.JOIN,
                false,
                new ListSize(3),
                new ListSize(5),
                true));
    assertThat(faults).isEmpty();
  }

  @Test
  void validationHasTheListSizeOfTrainingUnlessSaid() {
    DataSettings read = TrainingData.ofConfiguration("data { list_size = 3 }", faults::add);

    assertThat(read.effectiveValidListSize()).isEqualTo(new ListSize(3));
  }

  @Test
  void noConfigurationIsTheDefaults() {
    assertThat(TrainingData.ofConfiguration("", faults::add)).isEqualTo(defaults());
    assertThat(faults).isEmpty();
  }

  @Test
  void faultsOfAConfigurationAreTold() {
    assertThat(TrainingData.ofConfiguration("data { list_size = many }", faults::add))
        .isEqualTo(defaults());
    assertThat(TrainingData.ofConfiguration("by hand {", faults::add)).isEqualTo(defaults());

    assertThat(faults)
        .hasSize(2)
        .allSatisfy(
            fault ->
                assertThat(fault).startsWith("the export does not tell how its data was read: "));
    assertThat(faults.get(0)).endsWith("data.list_size must be a whole number, got \"many\"");
  }

  private static DataSettings defaults() {
    return RecordCodec.of(DataSettings.class).defaults();
  }
}
