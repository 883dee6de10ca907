package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.loss.LossObjective;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.scorer.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every run in conf/ can be read, and its network can be built. */
class ConfFolderTest {

  private static final Path CONF = Path.of("..", "conf");

  /** Features to be included, no run. */
  private static final String FEATURES = "_features.conf";

  static List<String> runs() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(FEATURES))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereIsOneForEachKindOfRun() throws IOException {
    assertThat(runs())
        .contains(
            "dasalc.conf",
            "gam.conf",
            "multi_task.conf",
            "quickstart.conf",
            "tokens.conf",
            "web30k_cluster.conf",
            "web30k_dnn.conf");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void modelIsBuilt(String name) {
    // Those of clusters are in another module.
    RunConfig run =
        RunConfig.load(CONF.resolve(name), List.of("pipeline.strategy=MirroredStrategy"));

    assertThat(build(run).graph().numParams()).isPositive();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void everyKeyHasAComment(String name) throws IOException {
    List<String> lines = Files.readAllLines(CONF.resolve(name));

    // A key's comment stands above it, or above the keys or sections it stands among.
    int uncommented = 0;
    for (String line : lines) {
      String text = line.strip();
      uncommented = text.isEmpty() || text.startsWith("#") ? 0 : uncommented + 1;
      assertThat(uncommented).as(line).isLessThanOrEqualTo(7);
    }
    assertThat(lines.get(0)).startsWith("# ");
  }

  private static RankingModel build(RunConfig run) {
    TrainingSettings.Builder settings = TrainingSettings.builder();
    SortedMap<String, String> labels = new TreeMap<>(run.datasetBuilder().labelsByTask());
    if (labels.isEmpty()) {
      settings.loss(loss(run, Scorer.SINGLE_TASK));
    }
    labels.forEach((task, label) -> settings.loss(task, new TaskLoss(loss(run, task), 1, label)));
    return run.modelBuilder().build(settings.build());
  }

  private static LossObjective loss(RunConfig run, String task) {
    return run.hparams().loss().of(task).orElseThrow();
  }
}
