package io.rankline.export.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.ModelKinds;
import io.rankline.export.NumberModels;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SolrFormatTest {

  private static final int LISTS = 200;

  @TempDir Path folder;

  static Stream<Arguments> networks() {
    return NumberModels.all().entrySet().stream()
        .filter(kind -> kind.getKey().startsWith("dnn"))
        .map(kind -> Arguments.of(kind.getKey(), kind.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void aNetworkScoresAlikeWhenReadBack(String name, ModelExport export) throws IOException {
    EngineExport written = EngineExport.write(model(export), ExportFormat.SOLR, target(), LISTS);

    assertThat(written.parity().largestDifference()).isLessThan(1e-5);
  }

  @Test
  void itSaysHowItIsLoadedAndAsked() throws IOException {
    EngineExport written =
        EngineExport.write(
            model(Objects.requireNonNull(NumberModels.all().get("dnn-query"))),
            ExportFormat.SOLR,
            target(),
            1);

    assertThat(written.files().remarks())
        .containsExactly(
            "PUT features.json to /solr/COLLECTION/schema/feature-store, then model.json to"
                + " .../schema/model-store",
            "query with rq={!ltr model=dnn-query reRankDocs=100 efi.age=... efi.hour=..."
                + " efi.log=...}");
    assertThat(target().names())
        .containsExactlyInAnyOrder("features.json", "model.json", "parity.json");
  }

  @Test
  void aModelThatIsTooLargeForZooKeeperGetsAWrapper() throws IOException {
    ModelExport large =
        NumberModels.export(
            "large",
            Map.of(),
            NumberModels.preprocessor().build(),
            DNNScorer.builder().hiddenLayerDims(200, 150).build());

    EngineExport written = EngineExport.write(model(large), ExportFormat.SOLR, target(), 1);

    assertThat(written.files().remarks().get(2))
        .isEqualTo(
            "36,701 weights: SolrCloud loses models of a collection of more than some 30,000 in"
                + " all; give model.json to the config set, and PUT wrapper.json in its place");
    assertThat(Files.readString(folder.resolve("export").resolve("wrapper.json")))
        .contains("\"resource\" : \"model.json\"");
  }

  @Test
  void allThatSolrCannotScoreIsRefusedAtOnce() {
    assertRefused(
        "dasalc",
        "it has a latent cross, and a Solr model has dense layers alone; serve it with rankline"
            + " serve",
        "it has attention over the items of a list, and a Solr model has dense layers alone; serve"
            + " it with rankline serve",
        "it has layer normalisation, and a Solr model has dense layers alone; serve it with"
            + " rankline serve",
        "it has residual connections, and a Solr model has dense layers alone; serve it with"
            + " rankline serve");
  }

  @Test
  void tasksScoresAndActivationsOfOtherKindsAreRefused() {
    assertRefused(
        "tasks", "it has the tasks buy, click, and a Solr model one score; train a model for each");
    assertRefused(
        "several-scores",
        "its loss wants 3 scores an item, and a Solr model has one; train with another loss");
    assertRefused(
        "dnn-swish",
        "activation swish is none of Solr's; train with relu, leakyrelu of alpha 0.01, sigmoid,"
            + " tanh or identity");
  }

  @Test
  void aGamIsWrittenAsTrees() {
    assertRefused("gam", "it is a GAM, whose towers Solr has not; write it with --format trees");
  }

  @Test
  void boostedTreesAreAnotherKindOfModel() {
    assertRefused(
        "trees", "it is boosted trees, another kind of model; write it with --format trees");
  }

  @Test
  void aFunctionIsComputedInTheArithmeticOfSolr() {
    FunctionQuery.Part function =
        FunctionQuery.parse(
            "if(and(exists(field(\"a \\\" b\")),lt(sum(field(\"a \\\" b\"),0.0),0.7)),"
                + "div(sub(1.0,0.3),3.0),def(field(\"c\"),-2.5))");

    assertThat(function.of(Map.of("a \" b", 0.5f)).rounded()).isEqualTo((1f - 0.3f) / 3f);
    assertThat(function.of(Map.of("a \" b", 0.7f)).rounded()).isEqualTo((1f - 0.3f) / 3f);
    assertThat(function.of(Map.of("c", 4f)).rounded()).isEqualTo(4f);
    assertThat(function.of(Map.of()).rounded()).isEqualTo(-2.5f);
  }

  private void assertRefused(String kind, String... reasons) {
    ModelExport export = Objects.requireNonNull(ModelKinds.all().get(kind));
    assertThatThrownBy(() -> EngineExport.write(model(export), ExportFormat.SOLR, target(), 1))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "the model cannot be written for Solr:\n  " + String.join("\n  ", List.of(reasons)));
  }

  private static EngineModel model(ModelExport export) throws IOException {
    return EngineModel.of(SavedRankingModel.of(export));
  }

  private Folder target() {
    return Storage.ofClassPath().folder(folder.resolve("export").toString());
  }
}
