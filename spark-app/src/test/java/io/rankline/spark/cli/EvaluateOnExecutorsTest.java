package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.spark.testing.ExecutorSpark;
import io.rankline.testing.Tolerances;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("executors")
class EvaluateOnExecutorsTest {

  private static final String MASTER = "spark.master";

  @TempDir Path folder;

  @Test
  void executorsFindWhatTheValidationFoundOnCutListsAndBinaryLabels() throws IOException {
    Path json = folder.resolve("found.json");
    assertThat(ExecutorSpark.start(2, 1, Map.of()).version()).startsWith("3.5");
    try {
      System.setProperty(MASTER, "local-cluster[2,1,4096]");
      CommandRun trained =
          CommandRun.of(
              "train",
              SmallRun.write(folder),
              "--set",
              "data.list_size=4",
              "--set",
              "data.convert_labels_to_binary=true",
              "--set",
              "pipeline.strategy=MultiWorkerMirroredStrategy");
      assertThat(trained.status()).as(trained.err()).isZero();
      CommandRun evaluated =
          CommandRun.of(
              "evaluate",
              "--model",
              folder.resolve("model/export/latest_model"),
              "--data",
              folder.resolve("data/valid"),
              "--metrics",
              "ndcg@10",
              "--json",
              json);
      assertThat(evaluated.status()).as(evaluated.err()).isZero();
    } finally {
      System.clearProperty(MASTER);
    }

    ObjectMapper mapper = new ObjectMapper();
    JsonNode epochs = mapper.readTree(folder.resolve("model/history.json").toFile()).path("epochs");
    JsonNode last = epochs.path(epochs.size() - 1).path("logs");
    assertThat(mapper.readTree(json.toFile()).path("ndcg@10").path("value").asDouble(Double.NaN))
        .isCloseTo(
            last.path("val_metric/ndcg_10").asDouble(Double.NaN), within(Tolerances.DOUBLE_SUM));
  }
}
