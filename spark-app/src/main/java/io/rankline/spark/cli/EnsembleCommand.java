package io.rankline.spark.cli;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.Combine;
import io.rankline.pipeline.ModelDir;
import io.rankline.serving.EnsembleExport;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ensemble}: exported models as the members of one. Starts no Spark. */
@Command(
    name = "ensemble",
    description = {
      "Makes one model of several: a folder that is loaded, served and evaluated like any export.",
      "Members are exports, or the model_dir of trainings, whose best or latest model is taken."
          + " They may differ in scorer, loss, seed and features; tasks, labels and weights are the"
          + " same, and so is a feature that two of them read."
    },
    footer = {"", "Example:", "  ensemble model/dnn model/das model/gam --output model/ensemble"})
final class EnsembleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "2..*",
      description = "The members: exported models, or folders of trainings.")
  private List<String> members = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Where the export goes.")
  private String output = "";

  @Option(
      names = "--combine",
      paramLabel = "standardized|mean",
      defaultValue = "standardized",
      description =
          "The mean of the members' z-scores within the list, or of their scores as they are."
              + " Default: ${DEFAULT-VALUE}.")
  private String combine = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Shown in logs and reports. Default: that of the first member.")
  private @Nullable String name;

  @Option(
      names = "--serving-default",
      paramLabel = "regress|predict",
      description =
          "What serving_default answers. Default: predict; with --combine mean what the first"
              + " member says.")
  private @Nullable String servingDefault;

  @Option(names = "--force", description = "Replace an exported model in the output folder.")
  private boolean force;

  EnsembleCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Combine way = UsageException.reading("--combine: ", () -> Combine.ofWireName(combine));
    Storage storage = Storage.ofClassPath();
    Folder target = storage.folder(output);
    ExportFolder.requireFree(target, force);
    List<Folder> exports = new ArrayList<>();
    for (String member : members) {
      if (members.stream().filter(other -> OwnFiles.same(member, other)).count() > 1) {
        throw new UsageException(
            "'%s' is named twice; a member counts as much as every other".formatted(member));
      }
      if (OwnFiles.same(member, output)) {
        throw new UsageException(
            "--output '%s' is a member, which would be replaced; name another folder"
                .formatted(output));
      }
      exports.add(storage.folder(export(storage.folder(member))));
    }
    EnsembleExport.Builder export = EnsembleExport.builder(exports).combine(way);
    if (name != null) {
      export.name(name);
    }
    String signature = servingDefault;
    if (signature != null) {
      export.servingDefault(
          UsageException.reading("--serving-default: ", () -> SignatureName.ofWireName(signature)));
    }
    SavedRankingModel.save(target, export.build());
    exports.forEach(member -> out.println("member   " + member.path()));
    out.println("ensemble " + target.path());
    out.flush();
    return 0;
  }

  /** A checkpoint is no export that could be copied. */
  private static String export(Folder folder) throws IOException {
    if (SavedRankingModel.isIn(folder)) {
      return folder.path();
    }
    ModelDir models = ModelDir.in(folder);
    Optional<ModelDir.Found> best = models.best();
    Optional<ModelDir.Found> found = best.isPresent() ? best : models.latest();
    return found
        .map(ModelDir.Found::place)
        .orElseThrow(
            () ->
                new IOException(
                    "%s holds no exported model; wait until its training has ended, or export a"
                            .formatted(folder.path())
                        + " checkpoint: rankline export --which checkpoint"));
  }
}
