package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.io.DatasetReader;
import io.rankline.io.Folder;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.Storage;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.loss.LossText;
import io.rankline.model.Combine;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.ScoringScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleTest {

  private static final LabelSpec LABEL =
      LabelSpec.of("utility", FixedLenFeature.float32(1).withDefault(-1f));

  @TempDir Path disk;

  private Folder first = Storage.ofClassPath().folder("/");
  private Folder second = Storage.ofClassPath().folder("/");
  private Folder ensemble = Storage.ofClassPath().folder("/");

  @BeforeEach
  void exportMembers() throws IOException {
    first = folder("first");
    second = folder("second");
    ensemble = folder("ensemble");
    SavedRankingModel.save(
        first, ServedModels.export(ServedModels.trained(ServedModels.univariate())));
    SavedRankingModel.save(
        second, ServedModels.export(ServedModels.trained(ServedModels.listwise())));
  }

  @Test
  void aScoreIsTheMeanOfTheMembersDeviationsFromTheMeanOfTheList() throws IOException {
    save(first, second);

    RankingScorer plain = RankingScorer.load(Path.of(ensemble.path()));
    SavedRankingModel saved = SavedRankingModel.load(ensemble);

    for (RankingList list : ServedModels.lists(3, 7, 2, 40)) {
      float[] expected =
          meanOfZScores(
              SavedRankingModel.load(first).predict(list),
              SavedRankingModel.load(second).predict(list));
      byte[] record = new ElwcEncoder(ServedModels.RECORDS).encode(list);
      assertThat(plain.predict(list)).isEqualTo(expected);
      assertThat(saved.predict(list)).isEqualTo(expected);
      assertThat(saved.predict(record)).isEqualTo(expected);
      assertThat(saved.signatures().predict(List.of(record)))
          .hasEntrySatisfying("outputs", rows -> assertThat(rows[0]).isEqualTo(expected));
    }
    assertThat(saved.scope()).isEqualTo(ScoringScope.LIST);
    assertThat(saved.name()).isEqualTo("shop");
    assertThat(saved.members()).hasSize(2);
    assertThat(plain.members()).hasSize(2);
    assertThat(saved.records()).isEqualTo(ServedModels.RECORDS);
  }

  @Test
  void listsOfOneItemOrNoneAndEqualScoresAreZeros() throws IOException {
    save(first, second);
    SavedRankingModel saved = SavedRankingModel.load(ensemble);
    RankingList one = ServedModels.list(5, 1);

    assertThat(saved.predict(one)).containsExactly(0f);
    assertThat(saved.predict(ServedModels.list(5, 0))).isEmpty();
    assertThat(Combine.STANDARDIZED.of(List.of(new float[] {0.1f, 0.1f, 0.1f})))
        .containsExactly(0f, 0f, 0f);
  }

  @Test
  void theMeanOfScoresAsTheyAreHasScoresForSingleItemsToo() throws IOException {
    SavedRankingModel.save(
        second, ServedModels.export(ServedModels.trained(seeded(8, ServedModels.FEATURES))));
    SavedRankingModel.save(
        ensemble,
        EnsembleExport.builder(List.of(first, second)).combine(Combine.MEAN).name("mean").build());
    SavedRankingModel saved = SavedRankingModel.load(ensemble);
    RankingList list = ServedModels.list(4, 5);
    float[] one = SavedRankingModel.load(first).predict(list);
    float[] other = SavedRankingModel.load(second).predict(list);

    float[] scores = saved.predict(list);

    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isEqualTo((float) (((double) one[i] + other[i]) / 2));
      assertThat(saved.predict(list.select(new int[] {i}))).containsExactly(scores[i]);
    }
    assertThat(saved.scope()).isEqualTo(ScoringScope.ITEM);
    assertThat(saved.name()).isEqualTo("mean");
    assertThat(saved.servingDefault()).isEqualTo(SignatureName.REGRESS);
    assertThat(saved.scoresSingleItems()).isTrue();
  }

  @Test
  void anItemByItselfIsRefusedWithTheWayOut() throws IOException {
    save(first, second);
    SavedRankingModel saved = SavedRankingModel.load(ensemble);
    String words =
        "an ensemble of standardised scores says where an item stands in its list, and nothing of"
            + " an item by itself; send whole lists to predict, or make the ensemble with combine ="
            + " mean";

    assertThat(saved.servingDefault()).isEqualTo(SignatureName.PREDICT);
    assertThat(saved.signatures().keys())
        .containsOnlyKeys("serving_default", "tensorflow/serving/predict");
    assertThatThrownBy(() -> saved.regress(new byte[0])).hasMessage(words);
    assertThatThrownBy(() -> saved.signatures().regress(List.of())).hasMessage(words);
    assertThatThrownBy(() -> saved.signatures().ofKey("tensorflow/serving/regress"))
        .hasMessage(words);
    assertThatThrownBy(
            () ->
                SavedRankingModel.save(
                    ensemble,
                    EnsembleExport.builder(List.of(first, second))
                        .servingDefault(SignatureName.REGRESS)
                        .build()))
        .hasMessage("serving_default cannot be regress: " + words + "; take predict");
  }

  @Test
  void requestsHoldTheFeaturesOfAllMembers() throws IOException {
    RecordSpec prices = spec(Map.of("price", FixedLenFeature.float32(1)));
    RecordSpec both =
        spec(
            Map.of(
                "price", FixedLenFeature.float32(1),
                "age", FixedLenFeature.float32(1).withDefault(1f)));
    SavedRankingModel.save(first, ModelExport.builder(seeded(1, prices), labelled(prices)).build());
    SavedRankingModel.save(second, ModelExport.builder(seeded(2, both), labelled(both)).build());
    save(first, second);
    List<Map<String, Float>> items =
        List.of(
            Map.of("price", 1f, "age", 3f), Map.of("price", 0f), Map.of("price", 2f, "age", 9f));
    List<Map<String, Float>> ofFirst =
        List.of(Map.of("price", 1f), Map.of("price", 0f), Map.of("price", 2f));

    SavedRankingModel saved = SavedRankingModel.load(ensemble);

    assertThat(saved.requests()).isEqualTo(both);
    assertThat(saved.predict(Map.of(), items))
        .isEqualTo(
            meanOfZScores(
                SavedRankingModel.load(first).predict(Map.of(), ofFirst),
                SavedRankingModel.load(second).predict(Map.of(), items)));
  }

  @Test
  void membersThatDoNotGoTogetherAreToldByName() throws IOException {
    RecordSpec floats = spec(Map.of("price", FixedLenFeature.float32(1)));
    RecordSpec longs = spec(Map.of("price", FixedLenFeature.int64(1)));
    SavedRankingModel.save(first, ModelExport.builder(seeded(1, floats), labelled(floats)).build());
    SavedRankingModel.save(
        second,
        ModelExport.builder(
                seeded(2, longs),
                longs.withLabels(LabelSpec.of("grade", FixedLenFeature.float32(1))))
            .build());

    assertThatThrownBy(() -> save(first, second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%1$s has other labels than %2$s: %3$s and %4$s; %1$s reads the example feature 'price'"
                    .formatted(
                        second.path(),
                        first.path(),
                        List.of(LabelSpec.of("grade", FixedLenFeature.float32(1))),
                        List.of(LABEL))
                + " otherwise than %s: %s and %s"
                    .formatted(first.path(), FixedLenFeature.int64(1), FixedLenFeature.float32(1)));
    assertThat(SavedRankingModel.isIn(ensemble)).isFalse();
  }

  @Test
  void labelsReadInTwoWaysAndMetricsWithTwoDirectionsAreRefused() throws IOException {
    RecordSpec spec = spec(Map.of("price", FixedLenFeature.float32(1)));
    SavedRankingModel.save(
        first,
        ModelExport.builder(seeded(1, spec), labelled(spec))
            .data(data(false))
            .configuration(
                "pipeline { best_exporter_metric = own, best_exporter_metric_higher_better = true"
                    + " }")
            .build());
    SavedRankingModel.save(
        second,
        ModelExport.builder(seeded(2, spec), labelled(spec))
            .data(data(true))
            .configuration(
                "pipeline { best_exporter_metric = own, best_exporter_metric_higher_better = false"
                    + " }")
            .build());

    assertThatThrownBy(() -> save(first, second))
        .hasMessage(
            ("%1$s has other convert_labels_to_binary than %2$s: true and false; %1$s has"
                    + " best_exporter_metric_higher_better = false for own, and %2$s has true")
                .formatted(second.path(), first.path()));
  }

  @Test
  void severalScoresAnItemAreNoRanking() throws IOException {
    RecordSpec spec = spec(Map.of("price", FixedLenFeature.float32(1)));
    RankingModel grades =
        model(
            spec,
            2,
            TrainingSettings.builder()
                .loss(
                    "score",
                    TaskLoss.of(
                        LossText.parse("{losses = [{name = mixture_em_loss, models = 2}]}")))
                .seed(1)
                .build());
    SavedRankingModel.save(first, ModelExport.builder(grades, labelled(spec)).build());

    assertThatThrownBy(() -> save(first, first))
        .hasMessage(
            "%s has 2 scores an item for task 'score', and members of an ensemble have one"
                .formatted(first.path()));
  }

  @Test
  void anEnsembleIsNoMember() throws IOException {
    save(first, second);

    assertThatThrownBy(
            () ->
                SavedRankingModel.save(
                    folder("nested"), EnsembleExport.builder(List.of(first, ensemble)).build()))
        .isInstanceOf(SavedModelException.class)
        .hasMessage(
            "%1$s is an ensemble itself, and members have one network each; name its members,"
                    .formatted(ensemble.path())
                + " %s/members/1 and so on, instead".formatted(ensemble.path()));
    assertThat(SavedRankingModel.load(ensemble.path() + "/members/2").scope())
        .isEqualTo(ScoringScope.LIST);
  }

  @Test
  void aDamagedOrMissingMemberIsNamed() throws IOException {
    save(first, second);
    Path member = Path.of(ensemble.path(), "members", "2");
    Path json = member.resolve("ranking_model.json");
    String text = Files.readString(json);

    Files.writeString(json, text.replace("\"shop\"", "\"shed\""));
    assertThatThrownBy(() -> SavedRankingModel.load(ensemble))
        .isInstanceOf(SavedModelException.class)
        .hasMessageMatching(
            json
                + ": is not the member that the ensemble was made of: its SHA-256 must be"
                + " [0-9a-f]{64}, got [0-9a-f]{64}; copy the whole folder again, or make the"
                + " ensemble again");
    Files.writeString(json, text);
    Files.delete(member.resolve("network.zip"));
    assertThatThrownBy(() -> RankingScorer.load(Path.of(ensemble.path())))
        .isInstanceOf(SavedModelException.class)
        .hasMessage(
            "%s/network.zip is missing; copy the whole folder, or export the model again"
                .formatted(member));
    Files.delete(json);
    assertThatThrownBy(() -> RankingScorer.load(Path.of(ensemble.path())))
        .hasMessage(
            "%s is missing; copy the whole folder, or export the model again".formatted(json));
  }

  @Test
  void faultsOfItsTextAreToldWithTheirLines() throws IOException {
    save(first, second);
    Path json = Path.of(ensemble.path(), "ranking_model.json");
    String text = Files.readString(json);
    assertThat(text).contains("\"format_version\" : 3");

    Files.writeString(json, text.replace("\"standardized\"", "\"median\""));

    assertThatThrownBy(() -> SavedRankingModel.load(ensemble))
        .isInstanceOf(SavedModelException.class)
        .hasMessageStartingWith(json + ": ")
        .hasMessageContaining("combine must be one of standardized, mean, got 'median'")
        .hasMessageEndingWith("; the export is damaged, export the model again");
  }

  @Test
  void anEnsembleIsExportedAgainAsItIs() throws IOException {
    SavedRankingModel.save(
        ensemble,
        EnsembleExport.builder(List.of(first, second))
            .name("both")
            .configuration("seed = 1")
            .metric("val_metric/ndcg_10", 0.5)
            .build());
    Folder copy = folder("copy");

    SavedRankingModel.save(copy, EnsembleExport.builder(ensemble).build());

    SavedRankingModel saved = SavedRankingModel.load(copy);
    RankingList list = ServedModels.list(9, 6);
    assertThat(saved.predict(list)).isEqualTo(SavedRankingModel.load(ensemble).predict(list));
    assertThat(saved.name()).isEqualTo("both");
    assertThat(saved.configuration()).isEqualTo("seed = 1");
    assertThat(saved.metrics()).isEqualTo(Map.of("val_metric/ndcg_10", 0.5));
    assertThatThrownBy(() -> EnsembleExport.builder(first))
        .hasMessage("%s holds a model of one network, and no ensemble".formatted(first.path()));
  }

  @Test
  void whatNeedsOneNetworkIsRefused() throws IOException {
    save(first, second);
    SavedRankingModel saved = SavedRankingModel.load(ensemble);
    String words =
        "'shop' is an ensemble of 2 models and has no network of its own; load one of its members"
            + " from members/1 and so on in its folder";

    assertThatThrownBy(saved::model).hasMessage(words);
    assertThatThrownBy(saved::description).hasMessage(words);
    assertThatThrownBy(saved::layers)
        .isInstanceOf(UnknownLayerException.class)
        .hasMessage("'shop' is an ensemble of 2 models and has no layers of its own");
  }

  private void save(Folder... members) throws IOException {
    SavedRankingModel.save(ensemble, EnsembleExport.builder(List.of(members)).build());
  }

  private Folder folder(String name) {
    return Storage.ofClassPath().folder(disk.resolve(name).toString());
  }

  private static DataSettings data(boolean binary) {
    return new DataSettings(
        DatasetReader.TFRECORD,
        RecordFormat.ELWC,
        QueriesAcrossFiles.JOIN,
        false,
        ListSize.ALL,
        null,
        binary);
  }

  private static RecordSpec spec(Map<String, FixedLenFeature> examples) {
    return RecordSpec.of(Map.of(), examples);
  }

  private static RecordSpec labelled(RecordSpec features) {
    return features.withLabels(LABEL);
  }

  private static RankingModel seeded(long seed, RecordSpec features) {
    return features.equals(ServedModels.FEATURES)
        ? ServedModels.model(
            DNNScorer.builder().hiddenLayerDims(8).build(),
            TrainingSettings.builder().loss("softmax_loss").seed(seed).build())
        : model(features, 1, TrainingSettings.builder().loss("softmax_loss").seed(seed).build());
  }

  private static RankingModel model(RecordSpec features, int outputs, TrainingSettings settings) {
    return new ModelBuilder(
            new FeatureSpecInputCreator(features.context(), features.examples()),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(4).outputUnits(outputs).build(),
            "__list_mask__",
            "shop")
        .build(settings);
  }

  /** In plain loops: each member's scores less their mean, in deviations of a population. */
  private static float[] meanOfZScores(float[]... members) {
    int items = members[0].length;
    float[] scores = new float[items];
    for (int i = 0; i < items; i++) {
      double sum = 0;
      for (float[] member : members) {
        double mean = 0;
        for (float score : member) {
          mean += score;
        }
        mean /= items;
        double squares = 0;
        for (float score : member) {
          squares += (score - mean) * (score - mean);
        }
        sum += (member[i] - mean) / Math.sqrt(squares / items);
      }
      scores[i] = (float) (sum / members.length);
    }
    return scores;
  }
}
