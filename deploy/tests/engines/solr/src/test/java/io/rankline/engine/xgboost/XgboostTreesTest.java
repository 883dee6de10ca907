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
import java.util.SortedMap;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** XGBoost reads the trees as Rankline does. */
class XgboostTreesTest {

  private static final int LISTS = 100;
  private static final EngineModel MODEL = BuiltNumberModels.of("gam");

  @TempDir private static Path export;
  private static EngineExport written;
  private static Booster booster;

  @BeforeAll
  static void load() throws IOException, XGBoostError {
    written = EngineExport.write(MODEL, ExportFormat.TREES, folder(), LISTS);
    booster = XGBoost.loadModel(folder().path() + "/model.json");
  }

  @Test
  void itPredictsTheScoresThatTheDumpHas() throws IOException, XGBoostError {
    List<RankingList> lists = ParityLists.of(MODEL, LISTS).lists();
    List<SortedMap<String, float[]>> readBack =
        new TreesFormat(TreesFormat.DEFAULT_LEAVES).read(MODEL, folder()).scores(lists);

    for (int q = 0; q < lists.size(); q++) {
      assertThat(predictions(lists.get(q))).isEqualTo(readBack.get(q).get("score"));
    }
  }

  @Test
  void itsScoresAreWithinTheBound() throws XGBoostError {
    for (RankingList list : ParityLists.of(MODEL, LISTS).lists()) {
      float[] expected = MODEL.scorer().predict(list);
      float[] found = predictions(list);
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i])))
            .isLessThanOrEqualTo((float) written.files().tolerance());
      }
    }
  }

  @Test
  void itsDumpIsTheDumpThatIsWritten() throws IOException, XGBoostError {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = new ArrayList<>();
    for (String tree : booster.getModelDump((String) null, false, "json")) {
      lines.add(shown(json.readTree(tree)));
    }
    List<String> expected = new ArrayList<>();
    json.readTree(export.resolve("trees").resolve("trees.json").toFile())
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

  private static float[] predictions(RankingList list) throws XGBoostError {
    List<String> names = List.copyOf(MODEL.description().inputs().inputs().examples().keySet());
    float[] rows = new float[list.size() * names.size()];
    int[] items = IntStream.range(0, list.size()).toArray();
    for (int f = 0; f < names.size(); f++) {
      float[] values =
          NumberColumns.ofExamples(list.layout(), names.get(f), 1)
              .read(list.examples(), list.exampleColumns(), items);
      for (int i : items) {
        rows[i * names.size() + f] = values[i];
      }
    }
    DMatrix matrix = new DMatrix(rows, list.size(), names.size(), Float.NaN);
    try {
      matrix.setFeatureNames(names.toArray(String[]::new));
      float[][] found = booster.predict(matrix, true);
      float[] scores = new float[found.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = found[i][0];
      }
      return scores;
    } finally {
      matrix.dispose();
    }
  }

  private static Folder folder() {
    return Storage.ofClassPath().folder(export.resolve("trees").toString());
  }
}
