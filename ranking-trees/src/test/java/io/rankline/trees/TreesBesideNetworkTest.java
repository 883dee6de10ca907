package io.rankline.trees;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.RankingList;
import io.rankline.feature.transform.Transform;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.dataset.TaughtDatasetBuilder;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.dataset.TeacherLabels;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.serving.EnsembleExport;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesBesideNetworkTest {

  private static final ModelLists LISTS = new ModelLists(7, 2, 4, "relevance");
  private static final List<RankingList> VALID = LISTS.lists(30, 12);

  @TempDir static Path folder;

  @BeforeAll
  static void trainTrees() throws IOException {
    write("train", LISTS.lists(60, 12));
    write("valid", VALID);
    train(
        "trees", LambdaMartScorer.builder().numRound(20).eta(0.3).maxDepth(4).build(), plain(), 2);
  }

  @Test
  void anEnsembleOfBothIsOneModelThatScoresAndServesAlike() throws IOException {
    train("network", network(), plain(), 2);
    Folder target = Storage.ofClassPath().folder(folder + "/both");
    SavedRankingModel.save(
        target, EnsembleExport.builder(List.of(export("network"), export("trees"))).build());
    SavedRankingModel saved = SavedRankingModel.load(target);
    RankingScorer plain = RankingScorer.load(folder.resolve("both"));
    RankingScorer trees = RankingScorer.load(folder.resolve("trees/export/latest_model"));
    RankingScorer network = RankingScorer.load(folder.resolve("network/export/latest_model"));

    for (RankingList list : VALID) {
      float[] scores = plain.predict(list);
      double[] one = standardized(network.predict(list));
      double[] other = standardized(trees.predict(list));
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i]).isEqualTo((float) ((one[i] + other[i]) / 2));
      }
      assertThat(saved.predict(list)).isEqualTo(scores);
      byte[] record = new ElwcEncoder(LISTS.spec()).encode(list);
      assertThat(
              Objects.requireNonNull(plain.signatures().predict(List.of(record)).get("outputs"))[0])
          .isEqualTo(scores);
    }
  }

  @Test
  void treesTeachANetworkThatStandsAlone() throws IOException {
    Teacher teacher =
        Teacher.ofModel(folder + "/trees/export/latest_model").as(TeacherLabels.SOFTMAX, 1, 1);

    TrainingResult result = train("student", network(), taught(teacher), 40);

    assertThat(result.lastEpoch().value("val_metric/ndcg_5").orElseThrow()).isGreaterThan(0.8);
    RankingScorer student = RankingScorer.load(folder.resolve("student/export/latest_model"));
    assertThat(student.members()).isEmpty();
    assertThat(student.records()).isEqualTo(LISTS.spec());
    assertThat(student.predict(VALID.get(0))).hasSize(VALID.get(0).size());
  }

  private static double[] standardized(float[] scores) {
    double sum = 0;
    boolean constant = true;
    for (float score : scores) {
      sum += score;
      constant &= score == scores[0];
    }
    double mean = sum / scores.length;
    double squares = 0;
    for (float score : scores) {
      squares += (score - mean) * (score - mean);
    }
    double[] standardized = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      standardized[i] = constant ? 0 : (scores[i] - mean) / Math.sqrt(squares / scores.length);
    }
    return standardized;
  }

  private static Folder export(String run) {
    return Storage.ofClassPath().folder(folder + "/" + run + "/export/latest_model");
  }

  private static DNNScorer network() {
    return DNNScorer.builder().hiddenLayerDims(16).useBatchNorm(false).build();
  }

  private static TrainingResult train(
      String run, Scorer scorer, AbstractDatasetBuilder data, int epochs) throws IOException {
    ModelBuilder model =
        new ModelBuilder(
            LISTS.inputCreator(),
            PreprocessorWithSpec.forAll(LISTS.spec().examples().keySet(), Transform.LOG1P),
            scorer,
            "__list_mask__",
            run);
    return new SimplePipeline(
            model,
            data,
            PipelineHparams.builder()
                .modelDir(folder.resolve(run).toString())
                .loss("softmax_loss")
                .learningRate(0.01)
                .numEpochs(epochs)
                .build())
        .trainAndValidate();
  }

  private static SimpleDatasetBuilder plain() {
    return new SimpleDatasetBuilder(
        LISTS.spec().context(),
        LISTS.spec().examples(),
        "__list_mask__",
        LISTS.spec().labels().get(0),
        hparams());
  }

  private static TaughtDatasetBuilder taught(Teacher teacher) {
    return new TaughtDatasetBuilder(
        LISTS.spec().context(),
        LISTS.spec().examples(),
        "__list_mask__",
        LISTS.spec().labels().get(0),
        hparams(),
        null,
        teacher);
  }

  private static DatasetHparams hparams() {
    return DatasetHparams.builder()
        .trainInputPattern(folder + "/train")
        .validInputPattern(folder + "/valid")
        .trainBatchSize(8)
        .validBatchSize(8)
        .listSize(12)
        .build();
  }

  private static void write(String name, List<RankingList> lists) throws IOException {
    ElwcEncoder encoder = new ElwcEncoder(LISTS.spec());
    try (TfRecordWriter writer = new TfRecordWriter(Files.newOutputStream(folder.resolve(name)))) {
      for (RankingList list : lists) {
        writer.write(encoder.encode(list));
      }
    }
  }
}
