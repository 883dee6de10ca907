package io.rankline.pipeline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatch;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.pipeline.NumberedLists;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.DatasetHparamsBuilder;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetBuilderTest {

  private static final FixedLenFeature NUMBER = FixedLenFeature.float32(1).withDefault(0f);
  private static final FixedLenFeature LABEL = FixedLenFeature.float32(1).withDefault(-1f);
  private static final Map<String, FeatureSpec> EXAMPLES = Map.of("price", NUMBER);

  /** Everything that the files hold. */
  private static final RecordSpec WRITTEN =
      RecordSpec.of(
              Map.of("trust", NUMBER), Map.of("price", NUMBER, "position", NUMBER, "bias", NUMBER))
          .withLabels(LabelSpec.of("clicks", LABEL), LabelSpec.of("sales", LABEL));

  @TempDir Path folder;

  @Test
  void aSimpleDataSetHasOneLabelAndNoOtherFeatures() throws IOException {
    write("train-0", list(1, 2, 3), list(4));
    write("valid-0", list(5, 6));
    SimpleDatasetBuilder builder =
        new SimpleDatasetBuilder(
            Map.of(), EXAMPLES, "__list_mask__", LabelSpec.of("clicks", LABEL), hparams().build());

    ListBatch batch = first(builder.buildValidDataset());

    assertThat(batch.examples()).containsExactly(5, 6);
    assertThat(batch.labels()).containsExactly(5, 6);
    assertThat(batch.layout().labels()).containsExactly("clicks");
    assertThat(batch.layout().weights()).isEqualTo(WeightLayout.NONE);
    assertThat(builder.buildTestDataset()).isEmpty();
    assertThat(builder.maskFeatureName()).isEqualTo("__list_mask__");
    assertThat(builder.labelsByTask()).isEmpty();
  }

  @Test
  void labelsAndWeightsAreReadButNotServed() throws IOException {
    write("valid-0", list(5, 6));
    SimpleDatasetBuilder builder =
        new SimpleDatasetBuilder(
            Map.of("trust", NUMBER),
            EXAMPLES,
            "__list_mask__",
            LabelSpec.of("sales", LABEL),
            hparams().build(),
            WeightSpec.perItem("bias", NUMBER));

    ListBatch batch = first(builder.buildValidDataset());

    assertThat(batch.labels()).containsExactly(10, 12);
    assertThat(batch.weights()).containsExactly(0.5f, 0.5f);
    assertThat(batch.context()).containsExactly(7);
    assertThat(builder.recordSpec().labelsAsFeatures().examples())
        .containsOnlyKeys("price", "sales", "bias");
    assertThat(builder.servingSpec()).isEqualTo(RecordSpec.of(Map.of("trust", NUMBER), EXAMPLES));
  }

  @Test
  void severalTasksHaveALabelEachAndShareWeights() throws IOException {
    write("valid-0", list(5, 6));
    MultiLabelDatasetBuilder builder =
        new MultiLabelDatasetBuilder(
            Map.of(),
            EXAMPLES,
            "__list_mask__",
            Map.of(
                "click", LabelSpec.of("clicks", LABEL),
                "sale", LabelSpec.of("sales", LABEL),
                "order", LabelSpec.of("sales", LABEL)),
            hparams().build(),
            WeightSpec.perList("trust", NUMBER));

    ListBatch batch = first(builder.buildValidDataset());

    assertThat(batch.layout().labels()).containsExactly("clicks", "sales");
    assertThat(batch.labels()).containsExactly(5, 6, 10, 12);
    assertThat(batch.weights()).containsExactly(7);
    assertThat(builder.labelsByTask())
        .isEqualTo(new TreeMap<>(Map.of("click", "clicks", "order", "sales", "sale", "sales")));
    assertThat(builder.servingSpec()).isEqualTo(RecordSpec.of(Map.of(), EXAMPLES));
  }

  @Test
  void filesThatAreTrainedOnAndMeasuredWithAreTold() throws IOException {
    write("train-0", list(1));
    write("train-1", list(1));
    write("valid-0", list(1));
    DatasetHparams both =
        hparams()
            .validInputPattern(folder + "/*-1," + folder + "/valid-0")
            .testInputPattern(folder + "/train-0")
            .build();

    assertThat(simple(hparams().build()).overlap()).isEmpty();
    assertThat(simple(both).overlap())
        .contains(
            "1 of 2 files of '%1$s/*-1,%1$s/valid-0' are trained on too, as 'file:%1$s/train-1'; 1 of 1 files of '%1$s/train-0' are trained on too, as 'file:%1$s/train-0': what is measured there does not hold for data that the model has not seen"
                .formatted(folder));
  }

  @Test
  void labelsBecomeBinaryAndListsAreTruncatedOrPadded() throws IOException {
    write("train-0", list(0, 3), list(1, 2, 3, 4));
    write("valid-0", list(0, 3, 0), list(2));
    SimpleDatasetBuilder builder =
        simple(hparams().convertLabelsToBinary(true).listSize(3).validListSize(2).build());

    ListBatch valid = first(builder.buildValidDataset());
    ListBatch train = first(builder.buildTrainDataset());

    assertThat(valid.labels()).containsExactly(0, 1, 1, -1);
    assertThat(valid.sizes()).containsExactly(3, 1);
    assertThat(train.listSize()).isEqualTo(3);
    assertThat(train.sizes()).containsExactlyInAnyOrder(2, 4);
  }

  @Test
  void withoutAListSizeABatchIsAsLongAsItsLongestList() throws IOException {
    write("valid-0", list(1, 2, 3), list(4));

    assertThat(first(simple(hparams().build()).buildValidDataset()).listSize()).isEqualTo(3);
  }

  @Test
  void shufflingItemsTurnsTruncationIntoSamplingInTrainingOnly() throws IOException {
    write("train-0", list(1, 2, 3, 4, 5, 6, 7, 8));
    write("valid-0", list(1, 2, 3, 4, 5, 6, 7, 8));
    SimpleDatasetBuilder builder =
        simple(hparams().trainBatchSize(50).shuffleExamples(true).listSize(2).build());

    ListBatch train = first(builder.buildTrainDataset());

    assertThat(train.examples()).contains(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(train.labels()).isEqualTo(train.examples());
    assertThat(first(builder.buildValidDataset()).examples()).containsExactly(1, 2);
  }

  @Test
  void thereAreTestListsWhereTheyAreNamed() throws IOException {
    write("valid-0", list(1));
    write("test-0", list(8, 9));
    RankingDataset test =
        simple(hparams().testInputPattern(folder + "/test-*").build())
            .buildTestDataset()
            .orElseThrow();

    assertThat(first(test).labels()).containsExactly(8, 9);
    assertThat(test.batchesPerPass()).isEqualTo(1);
  }

  @Test
  void aSubclassMayMakeLabelsOfFeaturesThatAreNotServed() throws IOException {
    write("valid-0", list(5, 6), list(0, 3));
    BaseDatasetBuilder builder = new DebiasedClicks(hparams().build());

    ListBatch batch = first(builder.buildValidDataset());

    assertThat(batch.layout().exampleDense()).extracting("name").containsExactly("price");
    assertThat(batch.labels()).containsExactly(10, 12, 0, 6);
    assertThat(builder.servingSpec()).isEqualTo(RecordSpec.of(Map.of(), EXAMPLES));
  }

  @Test
  void aPatternOfNoFileIsAnError() {
    assertThatThrownBy(() -> simple(hparams().build()).buildTrainDataset())
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            "'%s/train-*' names no file (looked in file:///); check the path, and quote patterns in a shell"
                .formatted(folder));
  }

  @Test
  void theLabelAndTheMaskNeedNames() {
    assertThatThrownBy(
            () ->
                new SimpleDatasetBuilder(
                    Map.of(), EXAMPLES, " ", LabelSpec.of("clicks", LABEL), hparams().build()))
        .hasMessage("the mask feature needs a name, as __list_mask__");
    assertThatThrownBy(
            () ->
                new MultiLabelDatasetBuilder(
                    Map.of(), EXAMPLES, "mask", Map.of(), hparams().build()))
        .hasMessage("data to train on needs a label; the record spec has none");
  }

  @Test
  void libSvmFilesAreReadByTheIdsInFeatureNames() throws IOException {
    Files.writeString(
        folder.resolve("valid-0.txt"),
        """
        2 qid:10 1:0.5 3:9 # first
        0 qid:11 2:4
        1 qid:10 2:7 1:1
        """);
    Map<String, FeatureSpec> examples =
        Map.of(
            "custom_features_1",
            FixedLenFeature.float32(1).withDefault(-5f),
            "custom_features_2",
            NUMBER);
    SimpleDatasetBuilder builder =
        new SimpleDatasetBuilder(
            Map.of(),
            examples,
            "__list_mask__",
            LabelSpec.of("utility", LABEL),
            hparams().datasetReader(DatasetReader.LIBSVM).build());

    ListBatch batch = first(builder.buildValidDataset());

    assertThat(batch.labels()).containsExactly(2, 1, 0, -1);
    assertThat(batch.examples()).containsExactly(0.5f, 0, 1, 7, -5, 4, -5, 0);
    assertThat(batch.layout()).isEqualTo(builder.recordSpec().layout());
  }

  @Test
  void aLibSvmQueryWhoseItemsLieInSeveralFilesIsOneList() throws IOException {
    Files.writeString(folder.resolve("valid-0.txt"), "2 qid:10 1:1\n0 qid:11 1:2\n");
    Files.writeString(folder.resolve("valid-1.txt"), "1 qid:12 1:3\n0 qid:12 1:4\n");
    Files.writeString(folder.resolve("valid-2.txt"), "1 qid:11 1:5\n0 qid:10 1:6\n");

    ListBatch batch =
        first(
            libSvm(
                    Map.of("f1", NUMBER),
                    hparams().validBatchSize(4).datasetReader(DatasetReader.LIBSVM).build())
                .buildValidDataset());

    // queries 10 and 11 of the first and the last file, then 12
    assertThat(batch.examples()).containsExactly(1, 6, 2, 5, 3, 4);
    assertThat(batch.labels()).containsExactly(2, 0, 0, 1, 1, 0);
  }

  @Test
  void filesThatNumberTheirQueriesEachForItselfAreKeptApart() throws IOException {
    Files.writeString(folder.resolve("valid-0.txt"), "2 qid:1 1:1\n0 qid:1 1:2\n");
    Files.writeString(folder.resolve("valid-1.txt"), "1 qid:1 1:3\n0 qid:1 1:4\n");
    DatasetHparamsBuilder hparams =
        hparams()
            .validBatchSize(4)
            .datasetReader(DatasetReader.LIBSVM)
            .option("queries_across_files", "apart");

    ListBatch batch = first(libSvm(Map.of("f1", NUMBER), hparams.build()).buildValidDataset());

    assertThat(batch.batchSize()).isEqualTo(2);
    assertThat(batch.examples()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void filesOfScikitLearnAndLightGbmAreReadAsTheyAre() throws IOException {
    Files.writeString(folder.resolve("valid-0.txt"), "2 0:1 1:5\n0 0:2\n1 0:3\n");
    Files.writeString(folder.resolve("valid-0.txt.query"), "1\n2\n");
    Files.writeString(folder.resolve("valid-1.txt"), "1 0:4\n");
    Files.writeString(folder.resolve("valid-1.txt.query"), "1\n");
    DatasetHparamsBuilder hparams =
        hparams()
            .validInputPattern(folder + "/valid-*.txt")
            .validBatchSize(4)
            .datasetReader(DatasetReader.LIBSVM)
            .option("zero_based", true)
            .option("query_file", "*.query");

    ListBatch batch = first(libSvm(Map.of("f1", NUMBER), hparams.build()).buildValidDataset());

    assertThat(batch.batchSize()).isEqualTo(3);
    assertThat(batch.examples()).containsExactly(1, 0, 2, 3, 4, 0);
    assertThat(batch.labels()).containsExactly(2, -1, 0, 1, 1, -1);
  }

  @Test
  void aFileOfCountsIsNamedAfterEachDataFile() {
    assertThatThrownBy(() -> hparams().option("query_file", "train.query").build())
        .hasMessage(
            "query_file must have a * for the path of each data file, as *.query, got"
                + " 'train.query'");
  }

  @Test
  void aNegativeWeightIsToldWithItsPlace() throws IOException {
    write("valid-0", list(5, 6), list(-1, 2));
    SimpleDatasetBuilder builder =
        new SimpleDatasetBuilder(
            Map.of(),
            Map.of("position", NUMBER),
            "__list_mask__",
            LabelSpec.of("clicks", LABEL),
            hparams().validBatchSize(2).build(),
            WeightSpec.perItem("price", NUMBER));

    assertThatThrownBy(() -> first(builder.buildValidDataset()))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageMatching(
            "file:%s/valid-0: record 1 at byte \\d+: weight of item 0 must be 0 or more and finite, got -1.0"
                .formatted(folder));
  }

  @Test
  void aSpecThatNoLibSvmFileCanFillIsRefused() throws IOException {
    Files.writeString(folder.resolve("train-0.txt"), "2 qid:10 1:0.5\n");
    DatasetHparams hparams = hparams().datasetReader(DatasetReader.LIBSVM).build();

    assertThatThrownBy(() -> simple(hparams).buildTrainDataset())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "feature 'price' cannot be read from a LibSVM file: it must be named after an id, as"
                + " custom_features_17, and be one float32 with a default");
  }

  @Test
  void aFractionIsNoLabelOfLibSvmWhereTheSpecHasAnInteger() throws IOException {
    Files.writeString(folder.resolve("valid-0.txt"), "2 qid:10 1:1\n0.5 qid:10 1:2\n");
    SimpleDatasetBuilder builder =
        new SimpleDatasetBuilder(
            Map.of(),
            Map.of("f1", NUMBER),
            "__list_mask__",
            LabelSpec.of("grade", FixedLenFeature.int64(1).withDefault(-1L)),
            hparams().datasetReader(DatasetReader.LIBSVM).build());

    assertThatThrownBy(() -> first(builder.buildValidDataset()))
        .hasMessage(
            "file:%s/valid-0.txt: query 10: label 0.5 is no integer, and 'grade' is int64; make it"
                    .formatted(folder)
                + " float32");
  }

  @Test
  void aDamagedLibSvmLineIsToldWithItsPlace() throws IOException {
    Files.writeString(folder.resolve("valid-0.txt"), "2 qid:10 1:1\n2 qid:x 1:1\n3 qid:10 1:2\n");
    Map<String, FeatureSpec> examples = Map.of("f1", NUMBER);
    DatasetHparamsBuilder hparams = hparams().datasetReader(DatasetReader.LIBSVM);

    assertThatThrownBy(() -> first(libSvm(examples, hparams.build()).buildValidDataset()))
        .hasMessage(
            "file:%s/valid-0.txt: line 2 at byte 13: qid must be an integer of 0 or more, got 'x'"
                .formatted(folder));
    hparams.onCorruptRecord(CorruptRecordPolicy.SKIP);
    // 12 of 38 bytes
    assertThatThrownBy(() -> first(libSvm(examples, hparams.build()).buildValidDataset()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "': 31.58 % of the bytes cannot be read, more than max_corrupt_share");
    DatasetHparams skipping = hparams.option("max_corrupt_share", "1").build();
    try (BatchStream<ListBatch> batches =
        libSvm(examples, skipping).buildValidDataset().open(UnaryOperator.identity(), 0)) {
      assertThat(batches.next()).isNotNull();
      assertThat(batches.skippedRecords()).isEqualTo(1);
    }
  }

  @Test
  void listsInMemoryMakeDataSetsOfTheirOwn() throws IOException {
    DatasetHparams hparams =
        DatasetHparams.inMemory().trainBatchSize(30).validBatchSize(3).listSize(2).build();
    NullDatasetBuilder builder =
        NullDatasetBuilder.ofLists(
            NumberedLists.lists(0, 30), NumberedLists.lists(30, 34), NumberedLists.SPEC, hparams);

    List<ListBatch> train = take(builder.buildTrainDataset(), 2);
    List<ListBatch> valid = take(builder.buildValidDataset(), 2);

    assertThat(NumberedLists.numbers(train.get(0))).doesNotHaveDuplicates().hasSize(30);
    assertThat(NumberedLists.numbers(train.get(1)))
        .isNotEqualTo(NumberedLists.numbers(train.get(0)));
    assertThat(NumberedLists.numbers(valid.get(0))).containsExactly(30, 31, 32);
    assertThat(NumberedLists.numbers(valid.get(1))).containsExactly(33);
    assertThat(builder.recordSpec()).isEqualTo(NumberedLists.SPEC);
    assertThat(builder.buildTestDataset()).isEmpty();
  }

  @Test
  void listsInMemoryMustHaveTheLabelsOfTheSpec() {
    DatasetHparams hparams = DatasetHparams.inMemory().trainBatchSize(30).validBatchSize(3).build();

    assertThatThrownBy(
            () ->
                NullDatasetBuilder.ofLists(
                    NumberedLists.lists(0, 3), NumberedLists.lists(3, 4), WRITTEN, hparams))
        .hasMessage(
            "train must have lists with the labels [clicks, sales], got one with [utility]");
    assertThatThrownBy(
            () ->
                NullDatasetBuilder.ofLists(
                    NumberedLists.lists(0, 3), List.of(), NumberedLists.SPEC, hparams))
        .hasMessage("valid must have at least one list, got none");
  }

  @Test
  void dataSetsThatExistAreHandedOn() throws IOException {
    RankingDataset train = new NothingDataset();
    RankingDataset valid = new NothingDataset();
    RankingDataset test = new NothingDataset();

    NullDatasetBuilder builder = new NullDatasetBuilder(train, valid, test, WRITTEN);

    assertThat(builder.buildTrainDataset()).isSameAs(train);
    assertThat(builder.buildValidDataset()).isSameAs(valid);
    assertThat(builder.buildTestDataset()).containsSame(test);
  }

  /** Doubles clicks by a feature that is only there in training. */
  private static final class DebiasedClicks extends BaseDatasetBuilder {

    DebiasedClicks(DatasetHparams hparams) {
      super(
          RecordSpec.of(Map.of(), Map.of("price", NUMBER, "bias", NUMBER))
              .withLabels(LabelSpec.of("clicks", LABEL)),
          RecordSpec.of(Map.of(), EXAMPLES),
          "__list_mask__",
          hparams);
    }

    @Override
    protected RankingList featuresAndLabels(RankingList list) {
      ListLayout served = servingSpec().withLabels(LabelSpec.of("clicks", LABEL)).layout();
      float[] prices = new float[list.size()];
      float[] labels = new float[list.size()];
      for (int i = 0; i < list.size(); i++) {
        prices[i] = list.examples()[2 * i + 1];
        labels[i] = list.label(0, i) / list.examples()[2 * i];
      }
      return new RankingList(
          served,
          list.size(),
          list.originalSize(),
          new float[0],
          prices,
          labels,
          new float[0],
          List.of(),
          List.of());
    }
  }

  private static final class NothingDataset implements RankingDataset {
    @Override
    public <B> BatchStream<B> open(
        UnaryOperator<RankingList> transform, BatchForm<B> form, long firstStep)
        throws IOException {
      throw new IOException("nothing");
    }

    @Override
    public long batchesPerPass() {
      return 0;
    }
  }

  private DatasetHparamsBuilder hparams() {
    return DatasetHparams.builder()
        .trainInputPattern(folder + "/train-*")
        .validInputPattern(folder + "/valid-*")
        .trainBatchSize(2)
        .validBatchSize(2);
  }

  private static SimpleDatasetBuilder simple(DatasetHparams hparams) {
    return labelled("clicks", EXAMPLES, hparams);
  }

  private static SimpleDatasetBuilder libSvm(
      Map<String, FeatureSpec> examples, DatasetHparams hparams) {
    return labelled("label", examples, hparams);
  }

  private static SimpleDatasetBuilder labelled(
      String label, Map<String, FeatureSpec> examples, DatasetHparams hparams) {
    return new SimpleDatasetBuilder(
        Map.of(), examples, "__list_mask__", LabelSpec.of(label, LABEL), hparams);
  }

  private static ListBatch first(RankingDataset dataset) throws IOException {
    return take(dataset, 1).get(0);
  }

  private static List<ListBatch> take(RankingDataset dataset, int count) throws IOException {
    List<ListBatch> batches = new ArrayList<>();
    try (BatchStream<ListBatch> stream = dataset.open(UnaryOperator.identity(), 0)) {
      for (int step = 0; step < count; step++) {
        ListBatch batch = stream.next();
        assertThat(batch).isNotNull();
        batches.add(batch);
      }
    }
    return batches;
  }

  private void write(String name, RankingList... lists) throws IOException {
    ElwcEncoder encoder = new ElwcEncoder(WRITTEN);
    try (TfRecordWriter writer = new TfRecordWriter(Files.newOutputStream(folder.resolve(name)))) {
      for (RankingList list : lists) {
        writer.write(encoder.encode(list));
      }
    }
  }

  /** Items of these prices: as many clicks, twice the sales, a bias of 0.5, a trust of 7. */
  private static RankingList list(float... prices) {
    int size = prices.length;
    float[] examples = new float[3 * size]; // bias, position, price
    float[] labels = new float[2 * size];
    for (int i = 0; i < size; i++) {
      examples[3 * i] = 0.5f;
      examples[3 * i + 1] = i;
      examples[3 * i + 2] = prices[i];
      labels[i] = prices[i];
      labels[size + i] = 2 * prices[i];
    }
    return new RankingList(
        WRITTEN.layout(),
        size,
        size,
        new float[] {7},
        examples,
        labels,
        new float[0],
        List.of(),
        List.of());
  }
}
