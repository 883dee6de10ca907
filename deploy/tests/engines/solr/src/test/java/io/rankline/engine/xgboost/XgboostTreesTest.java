package io.rankline.engine.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.data.RankingList;
import io.rankline.export.BuiltNumberModels;
import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.parity.ParityLists;
import io.rankline.export.trees.TreesFormat;
import io.rankline.feature.transform.NumberColumns;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XGBoost reads the trees as Rankline does. */
class XgboostTreesTest {

  private static final int LISTS = 100;

  @TempDir private static Path exports;
  private static final SortedMap<String, EngineExport> WRITTEN = new TreeMap<>();
  private static final SortedMap<String, Booster> BOOSTERS = new TreeMap<>();

  static List<String> models() {
    return List.of("gam", "trees");
  }

  @BeforeAll
  static void load() throws IOException, XGBoostError {
    for (String name : models()) {
      WRITTEN.put(name, EngineExport.write(model(name), ExportFormat.TREES, folder(name), LISTS));
      BOOSTERS.put(name, XGBoost.loadModel(folder(name).path() + "/model.json"));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void itPredictsTheScoresThatTheDumpHas(String name) throws IOException, XGBoostError {
    List<RankingList> lists = ParityLists.of(model(name), LISTS).lists();
    List<SortedMap<String, float[]>> readBack =
        new TreesFormat(TreesFormat.DEFAULT_LEAVES).read(model(name), folder(name)).scores(lists);

    for (int q = 0; q < lists.size(); q++) {
      assertThat(predictions(name, lists.get(q))).isEqualTo(readBack.get(q).get("score"));
    }
  }

  @Test
  void itsScoresOfAGamAreWithinTheBound() throws IOException, XGBoostError {
    double bound = Objects.requireNonNull(WRITTEN.get("gam")).files().tolerance();
    for (RankingList list : ParityLists.of(model("gam"), LISTS).lists()) {
      float[] expected = model("gam").scorer().predict(list);
      float[] found = predictions("gam", list);
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i])))
            .isLessThanOrEqualTo((float) bound);
      }
    }
  }

  @Test
  void itsScoresOfBoostedTreesAreTheModels() throws IOException, XGBoostError {
    for (RankingList list : ParityLists.of(model("trees"), LISTS).lists()) {
      assertThat(predictions("trees", list)).isEqualTo(model("trees").scorer().predict(list));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void itsDumpIsTheDumpThatIsWritten(String name) throws IOException, XGBoostError {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = new ArrayList<>();
    for (String tree : booster(name).getModelDump((String) null, false, "json")) {
      lines.add(shown(json.readTree(tree)));
    }
    List<String> expected = new ArrayList<>();
    json.readTree(exports.resolve(name).resolve("trees.json").toFile())
        .forEach(tree -> expected.add(shown(tree)));

    assertThat(lines).isEqualTo(expected);
  }

  /** What a node says, with numbers as floats. */
  private static String shown(JsonNode node) {
    return node.has("leaf")
        ? "%s: %s".formatted(node.get("nodeid"), (float) node.get("leaf").asDouble())
        : "%s at %s: %s < %s ? %s : %s or %s [%s, %s]"
            .formatted(
                node.get("nodeid"),
                node.get("depth"),
                node.get("split").asText(),
                (float) node.get("split_condition").asDouble(),
                node.get("yes"),
                node.get("no"),
                node.get("missing"),
                shown(node.get("children").get(0)),
                shown(node.get("children").get(1)));
  }

  private static float[] predictions(String model, RankingList list)
      throws IOException, XGBoostError {
    List<String> names = new ArrayList<>();
    new ObjectMapper()
        .readTree(exports.resolve(model).resolve("model.json").toFile())
        .at("/learner/feature_names")
        .forEach(name -> names.add(name.asText()));
    float[] rows = new float[list.size() * names.size()];
    int[] items = IntStream.range(0, list.size()).toArray();
    for (int f = 0; f < names.size(); f++) {
      boolean isOfQuery =
          model(model).description().inputs().inputs().context().containsKey(names.get(f));
      float[] values =
          isOfQuery
              ? NumberColumns.ofContext(list.layout(), names.get(f), 1)
                  .read(list.context(), list.contextColumns(), new int[] {0})
              : NumberColumns.ofExamples(list.layout(), names.get(f), 1)
                  .read(list.examples(), list.exampleColumns(), items);
      for (int i : items) {
        rows[i * names.size() + f] = values[isOfQuery ? 0 : i];
      }
    }
    DMatrix matrix = new DMatrix(rows, list.size(), names.size(), Float.NaN);
    try {
      matrix.setFeatureNames(names.toArray(String[]::new));
      float[][] found = booster(model).predict(matrix, true);
      float[] scores = new float[found.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = found[i][0];
      }
      return scores;
    } finally {
      matrix.dispose();
    }
  }

  private static EngineModel model(String name) {
    return BuiltNumberModels.of(name);
  }

  private static Booster booster(String name) {
    return Objects.requireNonNull(BOOSTERS.get(name));
  }

  private static Folder folder(String name) {
    return Storage.ofClassPath().folder(exports.resolve(name).toString());
  }
}
