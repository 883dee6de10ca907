package io.rankline.pipeline.dataset;

import static io.rankline.pipeline.dataset.WiseFiles.LABEL;
import static io.rankline.pipeline.dataset.WiseFiles.PRICE;
import static io.rankline.pipeline.dataset.WiseFiles.WISDOM;
import static io.rankline.pipeline.dataset.WiseFiles.first;
import static io.rankline.pipeline.dataset.WiseFiles.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.DatasetReader;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaughtDatasetBuilderTest {

  @TempDir Path folder;

  private WiseFiles files = new WiseFiles(Path.of("/"));

  @BeforeEach
  void open() {
    files = new WiseFiles(folder);
  }

  @Test
  void scoresOfAColumnAreTheLabelsOfTrainingAndOfNothingElse() throws IOException {
    files.write("train", list(-3, 0.5f, 2));
    files.write("valid", list(-3, 0.5f, 2));
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
    files.write("train", list(0, (float) (2 * Math.log(3)), 0));
    TaughtDatasetBuilder builder =
        builder(Teacher.ofColumn("wisdom").as(TeacherLabels.SOFTMAX, 2, 0.5));

    // Softmax of 0, ln 3 and 0 is 1, 3 and 1 fifths; labels of 0, 1 and 2 are thirds.
    assertThat(first(builder.buildTrainDataset()).labels())
        .containsExactly(0.1f, (float) (0.3 + 0.5 / 3), (float) (0.1 + 1.0 / 3));
  }

  @Test
  void aGapIsRefusedWithFileAndRecord() throws IOException {
    RecordSpec without = RecordSpec.of(Map.of(), PRICE).withLabels(LABEL);
    files.write("train", list(1, 2));
    files.write(
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
    files.write("train", list(1, Float.POSITIVE_INFINITY));

    assertThatThrownBy(() -> all(builder(Teacher.ofColumn("wisdom"))))
        .hasMessageContaining("train: record 0 at byte 0: ")
        .hasMessageContaining("the score of the teacher 'wisdom' is Infinity at item 1");
  }

  @Test
  void aModelTeachesByWhatItScoresThoughTheStudentDoesNotReadItsFeatures() throws IOException {
    files.write("train", list(-3, 0.5f, 2), list(4, 1));
    files.write("valid", list(1, 2, 3));
    files
        .pipeline(
            WISDOM,
            new SimpleDatasetBuilder(Map.of(), WISDOM, "mask", LABEL, files.hparams()),
            "teacher")
        .trainAndValidate();
    SavedRankingModel teacher = SavedRankingModel.load(folder + "/teacher/export/latest_model");
    TaughtDatasetBuilder builder =
        builder(Teacher.ofModel(folder + "/teacher/export/latest_model"));
    float[] scores = teacher.predict(list(-3, 0.5f, 2));
    float least = Math.min(scores[0], Math.min(scores[1], scores[2]));

    assertThat(first(builder.buildTrainDataset()).labels())
        .contains(scores[0] - least, scores[1] - least, scores[2] - least);
    assertThat(builder.fingerprint().meaning()).containsKey("teacher");

    files.pipeline(PRICE, builder, "student").trainAndValidate();
    SavedRankingModel student = SavedRankingModel.load(folder + "/student/export/latest_model");
    assertThat(student.requests().examples()).containsOnlyKeys("price");
    assertThat(student.records().labels()).containsExactly(LABEL);
  }

  @Test
  void whatCannotTeachIsRefused() throws IOException {
    files.write("train", list(1, 2));
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

  private TaughtDatasetBuilder builder(Teacher teacher) {
    return new TaughtDatasetBuilder(Map.of(), PRICE, "mask", LABEL, files.hparams(), null, teacher);
  }

  private static void all(AbstractDatasetBuilder builder) throws IOException {
    try (BatchStream<ListBatch> batches =
        builder.buildTrainDataset().open(UnaryOperator.identity(), 0)) {
      for (int k = 0; k < 3; k++) {
        batches.next();
      }
    }
  }
}
