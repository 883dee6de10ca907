package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.DatasetReader;
import io.rankline.io.Folder;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.Storage;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.loss.LossObjective;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.ScoringScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedRankingModelTest {

  /** Other sizes of a product are rounded in another order. */
  private static final float FLOAT32_SUM = 1e-5f;

  @TempDir Path disk;

  private Folder folder = Storage.ofClassPath().folder("/");

  @BeforeEach
  void open() {
    folder = Storage.ofClassPath().folder(disk.resolve("export/latest_model").toString());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void trainingAndServingGiveTheSameBits(long seed) throws IOException {
    RankingModel model = ServedModels.trained(ServedModels.univariate());
    SavedRankingModel inTraining = SavedRankingModel.of(ServedModels.export(model));
    SavedRankingModel.save(folder, ServedModels.export(model));
    SavedRankingModel loaded = SavedRankingModel.load(folder.path());
    List<RankingList> lists = ServedModels.lists(seed, 7, 1, 70, 3, 130);

    List<float[]> together = new ArrayList<>();
    inTraining.predictAll(lists).forEach(scores -> together.add(scores.get("score")));

    for (int q = 0; q < lists.size(); q++) {
      assertThat(loaded.predict(lists.get(q))).isEqualTo(together.get(q));
      assertThat(loaded.predict(new ElwcEncoder(ServedModels.RECORDS).encode(lists.get(q))))
          .isEqualTo(together.get(q));
    }
  }

  @Test
  void aListwiseModelGivesTheSameBitsFromItsExport() throws IOException {
    RankingModel model = ServedModels.trained(ServedModels.listwise());
    SavedRankingModel inTraining = SavedRankingModel.of(ServedModels.export(model));
    SavedRankingModel.save(folder, ServedModels.export(model));
    SavedRankingModel loaded = SavedRankingModel.load(folder);
    List<RankingList> lists = ServedModels.lists(4, 7, 1, 30);

    for (int q = 0; q < lists.size(); q++) {
      assertThat(loaded.predict(lists.get(q)))
          .containsExactly(inTraining.predictAll(lists).get(q).get("score"));
    }
  }

  @Test
  void aModelThatComparesItemsOfAQueryScoresWholeListsAlsoLongOnes() throws IOException {
    RankingModel model = ServedModels.trained(ServedModels.withinQuery());
    SavedRankingModel.save(folder, ServedModels.export(model));
    SavedRankingModel loaded = SavedRankingModel.load(folder);
    List<RankingList> lists = ServedModels.lists(5, 4, 600);

    float[] batch = model.score(ServedModels.batch(lists));

    assertThat(loaded.scope()).isEqualTo(ScoringScope.LIST);
    for (int q = 0; q < lists.size(); q++) {
      float[] scores = loaded.predict(lists.get(q));
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i]).isCloseTo(batch[q * 600 + i], within(FLOAT32_SUM));
      }
    }
    assertThat(loaded.predict(lists.get(0).select(new int[] {0, 1}))[0])
        .isNotEqualTo(loaded.predict(lists.get(0))[0]);
  }

  @Test
  void scoresAreThoseOfTheNetworkOnTheWholeBatch() {
    RankingModel model = ServedModels.trained(ServedModels.univariate());
    List<RankingList> lists = ServedModels.lists(5, 4, 70);

    float[] batch = model.score(ServedModels.batch(lists));

    SavedRankingModel served = SavedRankingModel.of(ServedModels.export(model));
    for (int q = 0; q < lists.size(); q++) {
      float[] scores = served.predict(lists.get(q));
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i]).isCloseTo(batch[q * 70 + i], within(FLOAT32_SUM));
      }
    }
  }

  @Test
  void predictOfAListIsRegressOfItsItemsToTheBit() {
    RankingModel model = ServedModels.trained(ServedModels.univariate());
    SavedRankingModel served = SavedRankingModel.of(ServedModels.export(model));
    RankingList list = ServedModels.list(6, 67);
    ElwcEncoder encoder = new ElwcEncoder(ServedModels.RECORDS);

    float[] scores = served.predict(encoder.encode(list));

    float[] one = new float[list.size()];
    for (int i = 0; i < one.length; i++) {
      one[i] = served.regress(encoder.encodeItem(list, i));
    }
    assertThat(one).isEqualTo(scores);
    assertThat(Arrays.equals(one, new float[67])).isFalse();
  }

  @Test
  void severalThreadsGetTheScoresOfOne() throws Exception {
    RankingModel model = ServedModels.trained(ServedModels.univariate());
    SavedRankingModel served = SavedRankingModel.of(ServedModels.export(model));
    List<RankingList> lists = ServedModels.lists(7, 5, 17, 64, 90);
    List<float[]> expected = lists.stream().map(served::predict).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<float[]>>> calls = new ArrayList<>();
      for (int k = 0; k < 8; k++) {
        calls.add(() -> lists.stream().map(served::predict).toList());
      }
      for (Future<List<float[]>> result : threads.invokeAll(calls)) {
        for (int q = 0; q < expected.size(); q++) {
          assertThat(result.get().get(q)).isEqualTo(expected.get(q));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void everyItemIsScoredAndAnEmptyListHasNoScores() {
    SavedRankingModel served = SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));
    SavedRankingModel listwise = SavedRankingModel.of(ServedModels.export(ServedModels.listwise()));

    assertThat(served.predict(ServedModels.list(8, 1000))).hasSize(1000);
    assertThat(served.predict(ServedModels.list(8, 0))).isEmpty();
    assertThat(listwise.predict(ServedModels.list(8, 0))).isEmpty();
    assertThat(served.predict(new byte[0])).isEmpty();
    assertThat(served.predictAll(List.of())).isEmpty();
  }

  @Test
  void aMissingFeatureIsItsDefault() {
    SavedRankingModel served = SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));

    float[] given =
        served.predict(
            Map.of("hour", 12), List.of(Map.of("price", 2.5, "clicks", 3, "title", List.of())));

    assertThat(served.predict(Map.of(), List.of(Map.of("price", 2.5f)))).containsExactly(given);
  }

  @Test
  void aMissingFeatureWithoutDefaultIsAnErrorThatNamesIt() {
    SavedRankingModel served = SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));

    assertThatThrownBy(() -> served.predict(Map.of(), List.of(Map.of("clicks", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'price'");
  }

  @Test
  void theOtherKindOfRecordIsRefusedAtAnyTime() {
    SavedRankingModel served = SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));
    ElwcEncoder encoder = new ElwcEncoder(ServedModels.RECORDS);
    RankingList list = ServedModels.list(9, 2);
    served.regress(encoder.encodeItem(list, 0));
    served.predict(encoder.encode(list));

    assertThatThrownBy(() -> served.regress(encoder.encode(list)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("example_list_with_context");
    assertThatThrownBy(() -> served.predict(encoder.encodeItem(list, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tf_example");
  }

  @Test
  void whatGoesWithAModelComesBackWithIt() throws IOException {
    RankingModel model = ServedModels.univariate();
    SavedRankingModel.save(
        folder,
        ModelExport.builder(model, ServedModels.RECORDS)
            .servingDefault(SignatureName.PREDICT)
            .configuration("pipeline { loss = \"softmax_loss\" } # ümläut")
            .metric("val_metric/ndcg_5", 0.123456789012345)
            .metric("val_loss", Double.NaN)
            .build());

    SavedRankingModel loaded = SavedRankingModel.load(folder);

    assertThat(loaded.name()).isEqualTo("shop");
    assertThat(loaded.tasks()).containsExactly("score");
    assertThat(loaded.records()).isEqualTo(ServedModels.RECORDS);
    assertThat(loaded.requests()).isEqualTo(ServedModels.FEATURES);
    assertThat(loaded.servingDefault()).isEqualTo(SignatureName.PREDICT);
    assertThat(loaded.configuration()).isEqualTo("pipeline { loss = \"softmax_loss\" } # ümläut");
    assertThat(loaded.metrics())
        .isEqualTo(
            new TreeMap<>(Map.of("val_metric/ndcg_5", 0.123456789012345, "val_loss", Double.NaN)));
    assertThat(loaded.versions()).containsOnlyKeys("dl4j", "java", "rankline");
    assertThat(loaded.versions().get("dl4j")).isEqualTo("1.0.0-M2.1");
    assertThat(loaded.model().tasks()).isEqualTo(model.tasks());
    assertThat(loaded.model().scope()).isEqualTo(model.scope());
    assertThat(folder.names()).containsExactly("assets", "network.zip", "ranking_model.json");
  }

  @Test
  void anExportTellsHowItsDataWasRead() throws IOException {
    RankingModel model = ServedModels.univariate();
    DataSettings settings =
        new DataSettings(
            DatasetReader.LIBSVM,
            RecordFormat.SEQ,
            QueriesAcrossFiles.JOIN,
            false,
            new ListSize(3),
            ListSize.ALL,
            true);
    SavedRankingModel.save(
        folder, ModelExport.builder(model, ServedModels.RECORDS).data(settings).build());

    SavedRankingModel loaded = SavedRankingModel.load(folder);
    SavedRankingModel.save(folder, ModelExport.builder(loaded).build());

    assertThat(loaded.data()).contains(settings);
    assertThat(SavedRankingModel.load(folder).data()).contains(settings);
    assertThat(SavedRankingModel.of(ServedModels.export(model)).data()).isEmpty();
  }

  @Test
  void anExportWithItsUpdaterTrainsOnAsTheModelDoes() throws IOException {
    RankingModel model = ServedModels.trained(ServedModels.univariate());
    SavedRankingModel.save(
        folder, ModelExport.builder(model, ServedModels.RECORDS).withUpdater().build());
    RankingModel loaded = SavedRankingModel.load(folder).model();

    ServedModels.trained(model);
    ServedModels.trained(loaded);

    assertThat(loaded.graph().params().toFloatVector())
        .isEqualTo(model.graph().params().toFloatVector());
  }

  @Test
  void severalTasksHaveScoresByName() throws IOException {
    RankingModel model =
        ServedModels.model(
            DNNScorer.builder().hiddenLayerDims(8).tasks("click", "buy").build(),
            TrainingSettings.builder()
                .loss("click", TaskLoss.of(LossObjective.parse("softmax_loss")))
                .loss(
                    "buy",
                    new TaskLoss(LossObjective.parse("approx_ndcg_loss:0.5"), 0.25, "utility"))
                .build());
    SavedRankingModel.save(folder, ServedModels.export(model));
    SavedRankingModel loaded = SavedRankingModel.load(folder);
    RankingList list = ServedModels.list(10, 4);

    assertThat(loaded.tasks()).containsExactly("buy", "click");
    assertThat(loaded.model().tasks()).isEqualTo(model.tasks());
    assertThat(loaded.predictTasks(list).get("buy")).hasSize(4);
    assertThat(loaded.predictTasks(list).get("click"))
        .hasSize(4)
        .isNotEqualTo(loaded.predictTasks(list).get("buy"));
    assertThatThrownBy(() -> loaded.predict(list))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model has scores for each of [buy, click]; ask for them by task");
  }

  @Test
  void aLabelAmongTheFeaturesIsRefused() {
    RankingModel model = ServedModels.univariate();
    RecordSpec records =
        RecordSpec.of(
                ServedModels.FEATURES.context(),
                Map.of(
                    "clicks", FixedLenFeature.int64(1).withDefault(3L),
                    "vector", FixedLenFeature.float32(40).withDefault(0.5f),
                    "titel", FixedLenFeature.string(1)))
            .withLabels(LabelSpec.of("price", FixedLenFeature.float32(1).withDefault(-1f)));

    assertThatThrownBy(() -> ModelExport.builder(model, records).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model reads 'price', which is a label or weight and not there when it serves;"
                + " leave it out of the features; the model reads the example feature 'title',"
                + " which the records have not; did you mean 'titel'?");
  }
}
