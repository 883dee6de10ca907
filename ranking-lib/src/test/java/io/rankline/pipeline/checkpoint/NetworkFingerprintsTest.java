package io.rankline.pipeline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.config.RunConfig;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.text.Hocon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class NetworkFingerprintsTest {

  private static final Path CONF = Path.of("..", "conf");

  /** What decides on scores in the networks of all files in conf/, and what DL4J adds to it. */
  private static final Set<String> COUNTING =
      Set.of(
          "@class",
          "activationFn",
          "bias",
          "cacheMode",
          "contextFeatures",
          "dataType",
          "epsilon",
          "feature",
          "groups",
          "keyDim",
          "layer",
          "layerConf",
          "layerName",
          "max",
          "maxNumLineSearchIterations",
          "mergeAxis",
          "miniBatch",
          "minimize",
          "modified",
          "negativeSlope",
          "norm",
          "numHeads",
          "optimizationAlgo",
          "outputVertex",
          "pooling",
          "preProcessor",
          "rectified",
          "stepFunction",
          "threshold",
          "timeDistributedFormat",
          "variables");

  /** A field that is new here is to be looked at: counting, or left out as one of training. */
  @Test
  void everyFieldCountsOrIsLeftOutOnPurpose() throws IOException {
    Set<String> leftOut = new TreeSet<>(NetworkFingerprints.CHANGING);
    leftOut.addAll(NetworkFingerprints.OF_TRAINING);
    leftOut.addAll(NetworkFingerprints.SIZES);
    Set<String> fields = new TreeSet<>();
    for (Path file : runs()) {
      Hocon.parseJson(graph(file).getConfiguration().toJson(), "network")
          .toConfig()
          .getObject("vertices")
          .values()
          .forEach(vertex -> collect(vertex, leftOut, fields));
    }

    assertThat(fields).containsExactlyInAnyOrderElementsOf(COUNTING);
  }

  private static void collect(ConfigValue value, Set<String> leftOut, Set<String> fields) {
    if (value instanceof ConfigObject object) {
      object.forEach(
          (field, below) -> {
            if (!leftOut.contains(field)) {
              fields.add(field);
              collect(below, leftOut, fields);
            }
          });
    } else if (value instanceof ConfigList list) {
      list.forEach(entry -> collect(entry, leftOut, fields));
    }
  }

  private static List<Path> runs() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(file -> !file.toString().endsWith("_features.conf")).sorted().toList();
    }
  }

  private static ComputationGraph graph(Path file) {
    RunConfig run = RunConfig.load(file, List.of("pipeline.strategy=MirroredStrategy"));
    TrainingSettings.Builder settings = TrainingSettings.builder();
    run.hparams()
        .loss()
        .ofEach(run.datasetBuilder().labelsByTask().keySet())
        .forEach((task, loss) -> settings.loss(task, TaskLoss.of(loss)));
    return run.modelBuilder().build(settings.build()).graph();
  }
}
