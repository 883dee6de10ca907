package io.rankline.pipeline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.DatasetReader;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaughtDatasetBuilderTest {

  private static final FixedLenFeature NUMBER = FixedLenFeature.float32(1).withDefault(0f);
  private static final LabelSpec LABEL =
      LabelSpec.of("clicks", FixedLenFeature.float32(1).withDefault(-1f));
  private static final Map<String, FeatureSpec> PRICE = Map.of("price", NUMBER);
  private static final RecordSpec WRITTEN =
      RecordSpec.of(Map.of(), Map.of("price", NUMBER, "wisdom", NUMBER)).withLabels(LABEL);

  @TempDir Path folder;

  @Test
  void scoresOfAColumnAreTheLabelsOfTrainingAndOfNothingElse() throws IOException {
    write("train", WRITTEN, list(WRITTEN, -3, 0.5f, 2));
    write("valid", WRITTEN, list(WRITTEN, -3, 0.5f, 2));
    TaughtDatasetBuilder builder = builder(Teacher.ofColumn("wisdom"));

    ListBatch train = first(builder.buildTrainDataset());

    assertThat(train.labels()).containsExactly(0, 3.5f, 5);
    assertThat(train.layout().labels()).containsExactly("clicks");
    assertThat(train.examples()).containsExactly(10, 20, 30);
    assertThat(first(builder.buildValidDataset()).labels()).containsExactly(0, 1, 2);
    assertThat(first(builder.buildTrainPass()).labels()).containsExactly(0, 1, 2);
    assertThat(builder.recordSpec().labelsAsFeatures().examples())
        .containsOnlyKeys("price", "clicks");
  }

  @Test
  void theSoftmaxOfScoresIsMixedWithLabels() throws IOException {
    write("train", WRITTEN, list(WRITTEN, 0, (float) (2 * Math.log(3)), 0));
    TaughtDatasetBuilder builder =
        builder(Teacher.ofColumn("wisdom").as(TeacherLabels.SOFTMAX, 2, 0.5));

    // Softmax of 0, ln 3 and 0 is 1, 3 and 1 fifths; labels of 0, 1 and 2 are thirds.
    assertThat(first(builder.buildTrainDataset()).labels())
        .containsExactly(0.1f, (float) (0.3 + 0.5 / 3), (float) (0.1 + 1.0 / 3));
  }

  @Test
  void aGapIsRefusedWithFileAndRecord() throws IOException {
    RecordSpec without = RecordSpec.of(Map.of(), PRICE).withLabels(LABEL);
    write("train", WRITTEN, list(WRITTEN, 1, 2));
    write(
        "train-2",
        without,
        new RankingList(
            without.layout(),
            1,
            1,
            new float[0],
            new float[] {1},
            new float[] {1},
            new float[0],
            List.of(),
            List.of()));

    assertThatThrownBy(() -> all(builder(Teacher.ofColumn("wisdom"))))
        .hasMessageContaining("train-2: record 0 at byte 0: ")
        .hasMessageContaining("'wisdom' of item 0 is missing and has no default");
  }

  @Test
  void aScoreThatIsNoNumberIsRefusedWithFileAndRecord() throws IOException {
    write("train", WRITTEN, list(WRITTEN, 1, Float.POSITIVE_INFINITY));

    assertThatThrownBy(() -> all(builder(Teacher.ofColumn("wisdom"))))
        .hasMessageContaining("train: record 0 at byte 0: ")
        .hasMessageContaining("the score of the teacher 'wisdom' is Infinity at item 1");
  }

  @Test
  void aModelTeachesByWhatItScoresThoughTheStudentDoesNotReadItsFeatures() throws IOException {
    write("train", WRITTEN, list(WRITTEN, -3, 0.5f, 2), list(WRITTEN, 4, 1));
    write("valid", WRITTEN, list(WRITTEN, 1, 2, 3));
    Map<String, FeatureSpec> wise = Map.of("wisdom", NUMBER);
    pipeline(wise, new SimpleDatasetBuilder(Map.of(), wise, "mask", LABEL, hparams()), "teacher")
        .trainAndValidate();
    SavedRankingModel teacher = SavedRankingModel.load(folder + "/teacher/export/latest_model");
    TaughtDatasetBuilder builder =
        builder(Teacher.ofModel(folder + "/teacher/export/latest_model"));
    float[] scores = teacher.predict(list(WRITTEN, -3, 0.5f, 2));
    float least = Math.min(scores[0], Math.min(scores[1], scores[2]));

    assertThat(first(builder.buildTrainDataset()).labels())
        .contains(scores[0] - least, scores[1] - least, scores[2] - least);
    assertThat(builder.fingerprint().meaning()).containsKey("teacher");

    pipeline(PRICE, builder, "student").trainAndValidate();
    SavedRankingModel student = SavedRankingModel.load(folder + "/student/export/latest_model");
    assertThat(student.requests().examples()).containsOnlyKeys("price");
    assertThat(student.records().labels()).containsExactly(LABEL);
  }

  @Test
  void whatCannotTeachIsRefused() throws IOException {
    write("train", WRITTEN, list(WRITTEN, 1, 2));
    assertThatThrownBy(() -> builder(Teacher.ofModel(folder + "/nowhere")).buildTrainDataset())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder + "/nowhere");
    DatasetHparams libSvm =
        DatasetHparams.builder()
            .trainInputPattern("a")
            .validInputPattern("b")
            .trainBatchSize(2)
            .validBatchSize(2)
            .datasetReader(DatasetReader.LIBSVM)
            .build();
    assertThatThrownBy(
            () ->
                new TaughtDatasetBuilder(
                    Map.of(), PRICE, "mask", LABEL, libSvm, null, Teacher.ofColumn("wisdom")))
        .hasMessage(
            "teacher.column is for records and tables, where a gap shows: of LibSVM, what a line"
                + " lacks is 0; give the teacher as a model, or convert the data");
    assertThatThrownBy(() -> Teacher.ofColumn("wisdom").as(TeacherLabels.SCORES, 1, 0.5))
        .hasMessageContaining("share goes with labels = softmax");
    assertThatThrownBy(() -> new Teacher(null, null, TeacherLabels.SCORES, 1, 1))
        .hasMessageContaining("model must be given, or column, and not both");
  }

  private SimplePipeline pipeline(
      Map<String, FeatureSpec> features, AbstractDatasetBuilder data, String name) {
    return new SimplePipeline(
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(2).useBatchNorm(false).build(),
            "mask",
            name),
        data,
        PipelineHparams.builder()
            .modelDir(folder + "/" + name)
            .numEpochs(1)
            .stepsPerEpoch(2)
            .learningRate(0.1)
            .loss("softmax_loss")
            .build());
  }

  private TaughtDatasetBuilder builder(Teacher teacher) {
    return new TaughtDatasetBuilder(Map.of(), PRICE, "mask", LABEL, hparams(), null, teacher);
  }

  private DatasetHparams hparams() {
    return DatasetHparams.builder()
        .trainInputPattern(folder + "/train*")
        .validInputPattern(folder + "/valid")
        .trainBatchSize(1)
        .validBatchSize(2)
        .shuffleBufferSize(1)
        .build();
  }

  /** Prices of 10, 20, …, labels of 0, 1, …, and that wisdom. */
  private static RankingList list(RecordSpec spec, float... wisdom) {
    float[] examples = new float[2 * wisdom.length];
    float[] labels = new float[wisdom.length];
    for (int i = 0; i < wisdom.length; i++) {
      examples[2 * i] = 10 * (i + 1);
      examples[2 * i + 1] = wisdom[i];
      labels[i] = i;
    }
    return new RankingList(
        spec.layout(),
        wisdom.length,
        wisdom.length,
        new float[0],
        examples,
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  private void write(String name, RecordSpec spec, RankingList... lists) throws IOException {
    try (TfRecordWriter writer = new TfRecordWriter(Files.newOutputStream(folder.resolve(name)))) {
      ElwcEncoder encoder = new ElwcEncoder(spec);
      for (RankingList list : lists) {
        writer.write(encoder.encode(list));
      }
    }
  }

  private static void all(AbstractDatasetBuilder builder) throws IOException {
    try (BatchStream<ListBatch> batches =
        builder.buildTrainDataset().open(UnaryOperator.identity(), 0)) {
      for (int k = 0; k < 3; k++) {
        batches.next();
      }
    }
  }

  private static ListBatch first(RankingDataset dataset) throws IOException {
    try (BatchStream<ListBatch> batches = dataset.open(UnaryOperator.identity(), 0)) {
      return Objects.requireNonNull(batches.next());
    }
  }
}
