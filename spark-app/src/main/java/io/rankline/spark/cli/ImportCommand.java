package io.rankline.spark.cli;

import io.rankline.config.RunConfig;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.keras.TowerImport;
import io.rankline.keras.TowerMatch;
import io.rankline.keras.WeightsFile;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.terminal.TextTable;
import io.rankline.spark.terminal.UsageException;
import io.rankline.text.NameRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code import}: weights of another tool to an exported model. Starts no Spark. */
@Command(
    name = "import",
    description = {
      "Makes an exported model of weights that TF-Ranking or Keras trained.",
      "The configuration says features, their transforms and the network, a scorer of type dnn, as"
          + " for a training. Prints which tensor goes where."
    })
final class ImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-w", "--weights"},
      required = true,
      paramLabel = "PATH",
      description =
          "The folder of a TensorFlow SavedModel, the prefix of a checkpoint (.../ckpt-12), or a"
              + " file of Keras (.h5, .weights.h5, .keras).")
  private String weights = "";

  @Option(
      names = "--config",
      required = true,
      paramLabel = "CONF",
      description = "The configuration file (HOCON), as for train.")
  private Path configuration;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "In place of the file's value, as model.scorer.hidden_layer_dims=[64,32]; may be"
              + " repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where the exported model goes. Needed unless --dry-run is given.")
  private @Nullable String output;

  @Option(
      names = "--map",
      paramLabel = "LAYER=NAME",
      description =
          "Which layer of the file goes into a layer of the model, where order and shapes do not"
              + " tell: click_head=dense_3. Names are those of the table; may be repeated.")
  private Map<String, String> map = new LinkedHashMap<>();

  @Option(
      names = "--feature-order",
      split = ",",
      paramLabel = "NAMES",
      description =
          "All features in the order in which the network read them, as f{1..136}. Default: as"
              + " TF-Ranking reads them, the context's sorted by name, then those of items sorted"
              + " by name (f1, f10, f100, f101, ...).")
  private List<String> features = new ArrayList<>();

  @Option(
      names = "--batch-norm-epsilon",
      paramLabel = "NUMBER",
      description =
          "What batch norm adds to the variance, if it is not Keras's 0.001 and the file does not"
              + " say it, as SavedModels and bare weights do not.")
  private @Nullable Double epsilon;

  @Option(names = "--dry-run", description = "Print the table only.")
  private boolean dryRun;

  @Option(names = "--force", description = "Replace an exported model in the output folder.")
  private boolean force;

  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Storage storage = Storage.ofClassPath();
    String target = output;
    if (target == null && !dryRun) {
      throw new UsageException("--output is needed; --dry-run does without");
    }
    Folder folder = target == null || dryRun ? null : storage.folder(target);
    if (folder != null) {
      ExportFolder.requireFree(folder, force);
    }
    RunConfig run = RunConfig.load(configuration, overrides);
    if (!(run.scorer() instanceof DNNScorer scorer)) {
      throw new UsageException(
          "--config %s has another scorer than dnn; weights can be taken for scorer { type = dnn }"
                  .formatted(configuration)
              + " alone");
    }
    TensorFile file = WeightsFile.read(storage, weights);
    ModelExport export = run.pipeline().untrained();
    TowerImport tower = TowerImport.of(export.model(), scorer);
    TowerMatch match = UsageException.reading(weights + ": ", () -> match(tower, file));
    print(match, out);
    if (folder != null) {
      match.apply();
      SavedRankingModel.save(folder, export);
      out.println("imported " + weights);
      out.println("      to " + folder.path());
    }
    out.flush();
    return 0;
  }

  private TowerMatch match(TowerImport tower, TensorFile file) {
    map.forEach(tower::map);
    if (epsilon != null) {
      tower.epsilon(epsilon);
    }
    List<String> names = new ArrayList<>();
    features.forEach(name -> names.addAll(NameRange.expand(name.strip())));
    return tower.features(names).match(file);
  }

  private static void print(TowerMatch match, PrintWriter out) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column("layer", 0),
                new TextTable.Column("tensor", 0),
                new TextTable.Column("shape", 0)));
    for (TowerMatch.Row row : match.rows()) {
      table.add(List.of(row.layer(), row.tensor(), StoredTensor.words(row.shape())));
    }
    table.print(out, Integer.MAX_VALUE);
    out.println();
    if (!match.hasSameOrder()) {
      out.println("the first layer's rows were put in the order of the model's features");
    }
    out.println(
        match.unused().isEmpty()
            ? "nothing is left over"
            : "left over, and without a part in the scores: " + String.join(", ", match.unused()));
  }
}
