package io.rankline.spark.cli;

import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.parity.Parity;
import io.rankline.export.parity.ParityLists;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.pipeline.ModelDir;
import io.rankline.serving.EnsembleExport;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
import io.rankline.spark.terminal.UsageException;
import io.rankline.text.KnownNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: a model of a training, to a folder that can be served. Starts no Spark. */
@Command(
    name = "export",
    description = {
      "Exports a model of a training to a folder that can be served.",
      "Works while the training runs and after it failed: a checkpoint can be exported too. Folders"
          + " may be on any storage that Hadoop opens."
    })
final class ExportCommand implements Callable<Integer> {

  private static final String RANKLINE = "rankline";

  @Spec private CommandSpec spec;

  @Option(
      names = "--model-dir",
      required = true,
      paramLabel = "DIR",
      description = "The training's model_dir.")
  private String modelDir = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Where the export goes.")
  private String output = "";

  @Option(
      names = "--which",
      paramLabel = "best|latest|checkpoint",
      description =
          "The best model by best_exporter_metric, that of the last epoch, or the newest"
              + " checkpoint. Default: the first of these that there is.")
  private @Nullable Which which;

  @Option(
      names = "--serving-default",
      paramLabel = "regress|predict",
      description = "What serving_default answers. Default: what the model says, mostly regress.")
  private @Nullable String servingDefault;

  @Option(
      names = "--format",
      paramLabel = "rankline|tensorflow|onnx|solr|trees",
      description =
          "rankline, which all commands read, or what another engine reads; then the files are read"
              + " back and proven to score alike. Default: rankline.")
  private String format = RANKLINE;

  @Option(
      names = "--parity-lists",
      paramLabel = "N",
      description =
          "Number of lists that an engine's scores are compared on. Default: ${DEFAULT-VALUE}.")
  private int parityLists = ParityLists.COUNT;

  @Option(names = "--force", description = "Replace an exported model in the output folder.")
  private boolean force;

  /** Choices of {@code --which}. */
  enum Which {
    best,
    latest,
    checkpoint
  }

  ExportCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String name = servingDefault;
    SignatureName asked =
        name == null
            ? null
            : UsageException.reading("--serving-default: ", () -> SignatureName.ofWireName(name));
    ExportFormat engine = engine();
    new IdleOptions(spec)
        .refuse(
            "--parity-lists", engine == null, "is for other engines; --format rankline is a copy")
        .end();
    if (parityLists < 1) {
      throw new UsageException("--parity-lists must be 1 or more, got " + parityLists);
    }
    Storage storage = Storage.ofClassPath();
    Folder target = storage.folder(output);
    ExportFolder.requireFree(target, force);
    ModelDir.Found found = find(storage.folder(modelDir));
    SavedRankingModel model = found.model();
    SignatureName signature = asked == null ? model.servingDefault() : asked;
    EngineExport written = null;
    if (engine != null) {
      written =
          EngineExport.write(
              EngineModel.of(model).withServingDefault(signature), engine, target, parityLists);
    } else if (!model.members().isEmpty()) {
      SavedRankingModel.save(
          target,
          EnsembleExport.builder(storage.folder(found.place())).servingDefault(signature).build());
    } else {
      SavedRankingModel.save(target, ModelExport.builder(model).servingDefault(signature).build());
    }
    out.println("exported " + found.place());
    out.println("      to " + target.path());
    if (written != null) {
      print(written, out);
    }
    out.flush();
    return 0;
  }

  /** Null for Rankline itself. */
  private @Nullable ExportFormat engine() {
    List<String> known = new ArrayList<>(List.of(RANKLINE));
    known.addAll(ExportFormat.wireNames());
    if (!known.contains(format)) {
      throw new UsageException("--format: " + KnownNames.didYouMean("format", format, known));
    }
    return format.equals(RANKLINE) ? null : ExportFormat.ofWireName(format);
  }

  private static void print(EngineExport written, PrintWriter out) {
    Parity parity = written.parity();
    out.printf(
        Locale.ROOT,
        "  parity largest difference %.1e (allowed %.0e), order of %,d of %,d lists changed%n",
        parity.largestDifference(),
        parity.tolerance(),
        parity.rankChanges(),
        parity.lists());
    written.files().remarks().forEach(remark -> out.println("    note " + remark));
  }

  private ModelDir.Found find(Folder folder) throws IOException {
    Which asked = which;
    if (asked == null) {
      return ModelDir.of(folder);
    }
    ModelDir models = ModelDir.in(folder);
    Optional<ModelDir.Found> found =
        switch (asked) {
          case best -> models.best();
          case latest -> models.latest();
          case checkpoint -> models.checkpoint();
        };
    return found.orElseThrow(() -> new IOException(missing(folder, asked)));
  }

  private static String missing(Folder folder, Which which) {
    return switch (which) {
      case best ->
          "%s holds no best model; train with export_best_model = true, or take --which latest or"
                  .formatted(folder.path())
              + " checkpoint";
      case latest ->
          "%s holds no latest model, which there is when training has ended; take --which"
                  .formatted(folder.path())
              + " checkpoint";
      case checkpoint -> "%s holds no checkpoint".formatted(folder.path());
    };
  }
}
