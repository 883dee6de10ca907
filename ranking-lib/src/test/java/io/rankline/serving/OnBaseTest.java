package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.loss.LossText;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.ScoringScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network that adds to the scores of an exported model. */
class OnBaseTest {

  /** One rounding of a float sum, for scores of a few units. */
  private static final float ROUNDING = 1e-5f;

  @TempDir Path disk;

  private Folder base = Storage.ofClassPath().folder("/");
  private Folder target = Storage.ofClassPath().folder("/");

  @BeforeEach
  void exportBase() throws IOException {
    base = folder("base-model");
    target = folder("both");
    SavedRankingModel.save(
        base, ServedModels.export(ServedModels.trained(ServedModels.univariate())));
  }

  @Test
  void aNetworkThatIsNotTrainedLeavesTheScoresOfTheBase() throws IOException {
    SavedRankingModel.save(target, on(untrained(), base));
    SavedRankingModel alone = SavedRankingModel.load(base);

    for (RankingList list : ServedModels.lists(3, 7, 1, 0, 40)) {
      byte[] record = new ElwcEncoder(ServedModels.RECORDS).encode(list);
      float[] expected = alone.predict(list);
      assertThat(SavedRankingModel.load(target).predict(list)).isEqualTo(expected);
      assertThat(RankingScorer.load(Path.of(target.path())).predict(record)).isEqualTo(expected);
    }
  }

  @Test
  void aScoreIsThatOfTheBaseAndWhatTheNetworkAdds() throws IOException {
    RankingModel network = network();
    SavedRankingModel.save(target, on(network, base));
    SavedRankingModel saved = SavedRankingModel.load(target);
    BaseModel loaded = BaseModel.load(base);
    RankingList list = ServedModels.list(4, 9);

    float[] scores = saved.predict(list);

    float[] ofBase = SavedRankingModel.load(base).predict(list);
    INDArray added =
        network.activation(ServedModels.batch(List.of(loaded.onBase(list))), "score_head");
    for (int i = 0; i < scores.length; i++) {
      assertThat(added.getFloat(i, 0)).isNotZero();
      assertThat(scores[i]).isCloseTo(ofBase[i] + added.getFloat(i, 0), within(ROUNDING));
    }
    assertThat(SavedRankingModel.of(on(network, base)).predict(list)).isEqualTo(scores);
    assertThat(RankingScorer.load(Path.of(target.path())).predict(list)).isEqualTo(scores);
    assertThat(saved.requests()).isEqualTo(ServedModels.FEATURES);
    assertThat(saved.scope()).isEqualTo(ScoringScope.ITEM);
    assertThat(saved.scoresSingleItems()).isTrue();
    assertThat(saved.predict(list.select(new int[] {3}))).containsExactly(scores[3]);
  }

  @Test
  void aBaseMayBeAnEnsembleAndMayStandOnAnotherBase() throws IOException {
    Folder listwise = folder("listwise");
    SavedRankingModel.save(
        listwise, ServedModels.export(ServedModels.trained(ServedModels.listwise())));
    Folder members = folder("members-of-base");
    SavedRankingModel.save(members, EnsembleExport.builder(List.of(base, listwise)).build());
    SavedRankingModel.save(target, on(untrained(), members));
    Folder above = folder("above");
    SavedRankingModel.save(above, on(untrained(), target));
    RankingList list = ServedModels.list(6, 8);

    RankingScorer saved = RankingScorer.load(Path.of(above.path()));

    assertThat(saved.predict(list)).isEqualTo(SavedRankingModel.load(members).predict(list));
    assertThat(saved.scope()).isEqualTo(ScoringScope.LIST);
    assertThat(saved.scoresSingleItems()).isFalse();
  }

  @Test
  void aMemberOfAnEnsembleKeepsItsBaseAndSoDoesAnExportOfAnExport() throws IOException {
    SavedRankingModel.save(target, on(network(), base));
    Folder again = folder("again");
    SavedRankingModel.save(
        again, ModelExport.builder(SavedRankingModel.load(target)).metric("m", 1).build());
    Folder ensemble = folder("ensemble");
    SavedRankingModel.save(ensemble, EnsembleExport.builder(List.of(again)).build());
    RankingList list = ServedModels.list(5, 6);
    float[] expected = SavedRankingModel.load(target).predict(list);

    RankingScorer member = RankingScorer.load(Path.of(ensemble.path())).members().get(0);

    assertThat(SavedRankingModel.load(again).predict(list)).isEqualTo(expected);
    assertThat(member.predict(list)).isEqualTo(expected);
    assertThat(RankingScorer.load(Path.of(ensemble.path())).predict(list)).hasSize(6);
  }

  @Test
  void otherEnginesRefuseItByName() throws IOException {
    SavedRankingModel.save(target, on(network(), base));
    SavedRankingModel saved = SavedRankingModel.load(target);

    assertThatThrownBy(() -> EngineModel.of(saved))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining(
            "'corrected' adds to the scores of a base, 'shop', and its layers are not all of it;"
                + " serve it with rankline serve");
  }

  @Test
  void aBaseThatIsNotTheOneThatWasCorrectedIsNamed() throws IOException {
    SavedRankingModel.save(target, on(network(), base));
    Path json = Path.of(target.path(), "base", "ranking_model.json");
    assertThat(Path.of(target.path(), "ranking_model.json"))
        .content()
        .contains("\"format_version\" : 4");

    Files.writeString(json, Files.readString(json).replace("\"shop\"", "\"shed\""));

    assertThatThrownBy(() -> SavedRankingModel.load(target))
        .isInstanceOf(SavedModelException.class)
        .hasMessageMatching(
            json
                + ": is not the base that the model was made of: its SHA-256 must be"
                + " [0-9a-f]{64}, got [0-9a-f]{64}; copy the whole folder again, or make the"
                + " export again");
    Files.delete(json);
    assertThatThrownBy(() -> RankingScorer.load(Path.of(target.path())))
        .hasMessage(
            "%s is missing; copy the whole folder, or export the model again".formatted(json));
  }

  @Test
  void whatIsNoBaseIsRefused() throws IOException {
    RecordSpec price = RecordSpec.of(Map.of(), Map.of("price", FixedLenFeature.float32(1)));
    Folder grades = folder("grades");
    SavedRankingModel.save(
        grades,
        ModelExport.builder(
                build(
                    price.examples(),
                    DNNScorer.builder().hiddenLayerDims(2).outputUnits(2).build(),
                    TrainingSettings.builder()
                        .loss(
                            "score",
                            TaskLoss.of(
                                LossText.parse(
                                    "{losses = [{name = mixture_em_loss, models = 2}]}")))
                        .build()),
                price)
            .build());

    assertThatThrownBy(() -> BaseModel.load(grades))
        .isInstanceOf(SavedModelException.class)
        .hasMessage("the base %s must have one score an item, got 2".formatted(grades.path()));
    assertThatThrownBy(
            () ->
                ModelExport.builder(network(), price.withLabels())
                    .base(BaseModel.load(base))
                    .build())
        .hasMessageContaining("the base reads the example feature 'vector' as ")
        .hasMessageContaining(", the records have null");
    assertThatThrownBy(
            () ->
                ModelExport.builder(ServedModels.univariate(), ServedModels.RECORDS)
                    .base(BaseModel.load(base))
                    .build())
        .hasMessage("the model does not read the scores of its base");
    assertThatThrownBy(() -> ModelExport.builder(network(), ServedModels.RECORDS).build())
        .hasMessageStartingWith(
            "the model reads the example feature '__base_score__', which the records have not");
  }

  private static ModelExport on(RankingModel network, Folder base) throws IOException {
    return ModelExport.builder(network, ServedModels.RECORDS).base(BaseModel.load(base)).build();
  }

  private static RankingModel network() {
    RankingModel network = untrained();
    network.graph().params().addi(0.1);
    return network;
  }

  /** Reads one feature besides the scores of the base. */
  private static RankingModel untrained() {
    SortedMap<String, FeatureSpec> examples = new TreeMap<>();
    examples.put("price", FixedLenFeature.float32(1));
    examples.put(EncodedInputs.BASE_SCORE, FixedLenFeature.float32(1));
    return build(
        examples,
        DNNScorer.builder().hiddenLayerDims(8).useBatchNorm(false).dropout(0).build(),
        TrainingSettings.builder().loss("softmax_loss").seed(3).build());
  }

  private static RankingModel build(
      Map<String, FeatureSpec> examples, DNNScorer scorer, TrainingSettings settings) {
    return new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), examples),
            PreprocessorWithSpec.builder().build(),
            scorer,
            "__list_mask__",
            "corrected")
        .build(settings);
  }

  private Folder folder(String name) {
    return Storage.ofClassPath().folder(disk.resolve(name).toString());
  }
}
