package io.rankline.engine.solr;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.RankingList;
import io.rankline.export.BuiltNumberModels;
import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.engine.EngineFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.parity.Parity;
import io.rankline.export.parity.ParityLists;
import io.rankline.export.solr.SolrFormat;
import io.rankline.export.trees.TreesFormat;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.ListScorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.solr.client.solrj.SolrServerException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Solr's scores are the model's. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SolrModelsTest {

  /** Float32 through some layers, relative to scores above 1. */
  private static final double ROUNDING = 1e-5;

  private static final int LISTS = 40;
  private static final String GAM = "gam";

  @TempDir private static Path home;
  @TempDir private static Path exports;
  private static SolrCollection solr;
  private static double bound;

  static List<String> models() {
    return List.copyOf(BuiltNumberModels.all().keySet());
  }

  @BeforeAll
  static void putThemAllIntoSolr() throws IOException, SolrServerException {
    solr = new SolrCollection(home);
    for (Map.Entry<String, EngineModel> entry : BuiltNumberModels.all().entrySet()) {
      String name = entry.getKey();
      boolean isTrees = isTrees(name);
      EngineExport written = EngineExport.write(entry.getValue(), format(name), folder(name), 1);
      bound = name.equals(GAM) ? written.files().tolerance() : bound;
      Path files = exports.resolve(name);
      solr.put("feature-store", files.resolve("features.json"));
      solr.put("model-store", files.resolve(isTrees ? "solr-model.json" : "model.json"));
      solr.index(name, entry.getValue(), lists(name));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    solr.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  @Order(1)
  void everyModelScoresInSolrAsItDoesHere(String name) {
    Parity parity = parity(name, name.equals(GAM) ? bound : ROUNDING);

    assertThat(parity.largestDifference()).isLessThanOrEqualTo(parity.tolerance());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  @Order(1)
  void whatIsReadBackScoresAsSolrDoes(String name) throws IOException {
    List<RankingList> lists = lists(name);
    List<SortedMap<String, float[]>> inSolr = inSolr(name, name).scores(lists);
    List<SortedMap<String, float[]>> readBack =
        engine(name).read(BuiltNumberModels.of(name), folder(name)).scores(lists);

    for (int q = 0; q < lists.size(); q++) {
      assertThat(readBack.get(q).get("score")).isEqualTo(inSolr.get(q).get("score"));
    }
  }

  @Test
  @Order(2)
  void modelsAreThereAfterAReload() {
    solr.reload();

    assertThat(parity("dnn-query", ROUNDING).holds()).isTrue();
    assertThat(parity(GAM, bound).holds()).isTrue();
  }

  @Test
  @Order(3)
  void aModelFromTheConfigSetScoresAlike() throws IOException, SolrServerException {
    String name = "dnn-relu";
    solr.configure(exports.resolve(name).resolve("model.json"));
    Path wrapper = exports.resolve("wrapper.json");
    Files.writeString(
        wrapper,
        """
        {"class": "org.apache.solr.ltr.model.DefaultWrapperModel", "name": "wrapped",
         "store": "dnn-relu", "params": {"resource": "model.json"}}
        """);

    solr.put("model-store", wrapper);

    assertThat(inSolr("wrapped", name).scores(lists(name)).get(0).get("score"))
        .isEqualTo(inSolr(name, name).scores(lists(name)).get(0).get("score"));
  }

  private static boolean isTrees(String name) {
    return name.equals(GAM) || name.equals("trees");
  }

  private static ExportFormat format(String name) {
    return isTrees(name) ? ExportFormat.TREES : ExportFormat.SOLR;
  }

  private static EngineFormat engine(String name) {
    return isTrees(name) ? new TreesFormat(TreesFormat.DEFAULT_LEAVES) : new SolrFormat();
  }

  private static Parity parity(String name, double tolerance) {
    return Parity.of(
        BuiltNumberModels.of(name).scorer(), inSolr(name, name), lists(name), "lists", tolerance);
  }

  private static List<RankingList> lists(String name) {
    return ParityLists.of(BuiltNumberModels.of(name), LISTS).lists();
  }

  /** A scorer that asks Solr for lists in the order in which they were added. */
  private static ListScorer inSolr(String model, String name) {
    int[] asked = {0};
    return lists -> {
      List<SortedMap<String, float[]>> scores = new ArrayList<>();
      for (RankingList list : lists) {
        SortedMap<String, float[]> ofTask = new TreeMap<>();
        try {
          ofTask.put(
              "score", solr.scores(model, name, BuiltNumberModels.of(name), asked[0]++, list));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (SolrServerException e) {
          throw new IllegalStateException(e);
        }
        scores.add(ofTask);
      }
      return scores;
    };
  }

  private static Folder folder(String name) {
    return Storage.ofClassPath().folder(exports.resolve(name).toString());
  }
}
