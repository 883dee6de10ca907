package io.rankline.export.trees;

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
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreesFormatTest {

  private static final int LISTS = 200;

  @TempDir Path folder;

  @Test
  void aGamScoresWithinItsBound() throws IOException {
    EngineModel model = model(NumberModels.gam());

    EngineExport written = EngineExport.write(model, ExportFormat.TREES, target(), LISTS);

    assertThat(written.parity().largestDifference()).isLessThan(written.files().tolerance());
    assertThat(written.parity().largestDifference()).isGreaterThan(1e-5);
    assertThat(written.files().remarks().get(0))
        .startsWith("scores are steps, ")
        .endsWith(
            " from the model's at most, in the ranges that were compared; beyond them the last step"
                + " holds");
  }

  @Test
  void boostedTreesScoreTheSameFloats() throws IOException {
    EngineModel model = model(NumberModels.trees());

    EngineExport written = EngineExport.write(model, ExportFormat.TREES, target(), LISTS);

    assertThat(written.files().tolerance()).isZero();
    assertThat(written.parity().sameBits()).isEqualTo(written.parity().scores());
    assertThat(written.parity().rankChanges()).isZero();
    assertThat(written.files().remarks().get(0))
        .isEqualTo("trees as they were grown: scores are the same floats");
  }

  @Test
  void featuresOfTheQueryComeWithTheQueryInSolr() throws IOException {
    EngineExport.write(model(NumberModels.trees()), ExportFormat.TREES, target(), 1);

    assertThat(Files.readString(folder.resolve("export").resolve("features.json")))
        .contains(
            "{\"class\":\"org.apache.solr.ltr.feature.ValueFeature\",\"name\":\"hour\",\"params\":"
                + "{\"required\":true,\"value\":\"${hour}\"},\"store\":\"trees\"}")
        .contains("\"value\":\"${age:30.0}\"");
  }

  @Test
  void boostedTreesOnSeveralColumnsOfAFeatureAreRefused() {
    assertRefused(
        "transforms-trees",
        String.join(
            "\n  ",
            "feature 'grade' has the transforms [Bucketize[boundaries=[-2.0, 0.0, 0.5, 7.0],"
                + " output=ONE_HOT]], after which larger values are not always larger; trees find"
                + " such splits by themselves, so leave them out, or apply them before the data is"
                + " written",
            "feature 'kind' has 2 values, and a tree reads one; make as many features of it",
            "feature 'log' has 3 values, and a tree reads one; make as many features of it",
            "feature 'range' has 2 values, and a tree reads one; make as many features of it",
            "feature 'ratings' has 2 values, and a tree reads one; make as many features of it",
            "feature 'scaled_too' has 2 values, and a tree reads one; make as many features of"
                + " it"));
  }

  @Test
  void moreLeavesAreCloser() throws IOException {
    EngineModel model = model(NumberModels.gam());
    Files.createDirectories(folder.resolve("few"));
    Files.createDirectories(folder.resolve("many"));

    double few = new TreesFormat(64).write(model, folder("few")).tolerance();
    double many = new TreesFormat(512).write(model, folder("many")).tolerance();

    assertThat(many).isLessThan(few / 7);
  }

  @Test
  void aContextThatWeighsFeaturesIsRefused() {
    assertRefused(
        "gam-context",
        "the context weighs what each feature gives, and trees have no weights for a query; train"
            + " the GAM without context features");
  }

  @Test
  void whatIsNoSumIsRefused() {
    assertRefused(
        "transformer",
        "trees can only be boosted trees, or a sum of what each feature gives; train a GAM"
            + " (scorer { type = gam }) or trees (scorer { type = lambdamart })");
  }

  @Test
  void aTreeHasTwoLeavesAtLeast() {
    assertThatThrownBy(() -> new TreesFormat(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leaves must be 2 or more, got 1");
  }

  @ParameterizedTest(name = "edge {0}")
  @ValueSource(floats = {0, 1e-6f, -1e-6f, 2e-7f, 0.3f, -7, 16, 1000, -3e5f, 1e30f})
  void inSolrAnEdgeGoesRightAndWhatIsClearlyBelowGoesLeft(float edge) {
    float slack = 1e-6f;

    float threshold = TreesText.threshold(edge);

    assertThat(edge <= threshold + slack).isFalse();
    assertThat(edge <= Math.nextUp(threshold) + slack).as("the largest").isTrue();
    float below = edge - Math.max(1e-12f, 2 * Math.ulp(edge));
    assertThat(below <= threshold + slack).isTrue();
  }

  private void assertRefused(String kind, String reason) {
    assertThatThrownBy(
            () ->
                EngineExport.write(
                    model(Objects.requireNonNull(ModelKinds.all().get(kind))),
                    ExportFormat.TREES,
                    target(),
                    1))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage("the model cannot be written for trees:\n  " + reason);
  }

  private static EngineModel model(ModelExport export) throws IOException {
    return EngineModel.of(SavedRankingModel.of(export));
  }

  private Folder target() {
    return folder("export");
  }

  private Folder folder(String name) {
    return Storage.ofClassPath().folder(folder.resolve(name).toString());
  }
}
