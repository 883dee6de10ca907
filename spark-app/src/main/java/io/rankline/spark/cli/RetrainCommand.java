package io.rankline.spark.cli;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.RunConfig;
import io.rankline.io.Folder;
import io.rankline.io.Lease;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.pipeline.ExportName;
import io.rankline.spark.promotion.ServingBase;
import io.rankline.spark.retraining.Round;
import io.rankline.spark.retraining.Round.Outcome;
import io.rankline.spark.retraining.Rounds;
import io.rankline.spark.retraining.SeenFile;
import io.rankline.spark.scoring.ModelFiles;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code retrain}: a round of scheduled retraining, from new files to a model that serves. */
@Command(
    name = "retrain",
    header = "Trains the model that serves on by the files that it has not seen, and promotes it.",
    description = {
      "",
      "One round: the files of data.train_input_pattern that the model which serves was not"
          + " trained on; a training by them, which starts from that model; the gate of promote."
          + " Rounds lie in pipeline.model_dir, one folder each, and rounds.json there says what"
          + " was trained on. A round that was killed goes on where it stopped. The files of a"
          + " model that is not promoted, or was rolled back, are new to the next round. Where"
          + " there is no new file, nothing is done.",
      ""
    },
    footer = {
      "",
      "Example, for a schedule:",
      "  retrain run.conf --serving /serving/shop --data /data/judged"
    },
    exitCodeList = {"0:promoted, or nothing is new", "1:failed", "2:wrong usage", "3:not promoted"})
final class RetrainCommand implements Callable<Integer> {

  private static final String NONE = "none";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "The configuration file (HOCON).")
  private Path configuration;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "In place of the file's value, as train has it; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--serving",
      required = true,
      paramLabel = "BASE",
      description = "The folder of the versions that a server takes; made if it is not there.")
  private String serving = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "PATTERN",
      description = "Files with labels that no model was trained on, for the gate.")
  private String data = "";

  @Option(
      names = "--seen",
      paramLabel = "PATTERN|none",
      description =
          "For the first round: the files that the model which serves was trained on elsewhere.")
  private @Nullable String seen;

  @Option(
      names = "--anew",
      description = "Give up a round that was not finished, and begin with all new files.")
  private boolean anew;

  @Option(
      names = "--ok-if-not-promoted",
      description = "End with status 0 also where the model is not promoted.")
  private boolean okIfNotPromoted;

  @Mixin private PromotionOptions options = new PromotionOptions();

  RetrainCommand() {}

  /** The model that serves: its folder, and what tells it apart; both empty where none does. */
  private record Served(String folder, String model) {

    static Served of(ServingBase base) throws IOException {
      OptionalLong version = base.newest();
      if (version.isEmpty()) {
        return new Served("", "");
      }
      Folder folder = base.version(version.getAsLong());
      return new Served(folder.path(), ModelFiles.read(folder).digest());
    }
  }

  @Override
  public Integer call() throws Exception {
    RunConfig run = RunConfig.load(configuration, overrides);
    if (run.tables().isPresent()) {
      throw new UsageException(
          "retrain takes files of records, data.train_input_pattern, and %s has a table; make"
                  .formatted(configuration)
              + " such files of it with convert first");
    }
    LabelledFiles.require(data);
    Storage storage = Storage.ofClassPath();
    RecordFiles files = new RecordFiles(storage.configuration());
    Folder folder = storage.folder(run.hparams().modelDir());
    Folder base = storage.folder(serving);
    folder.create();
    base.create();
    try (Lease lease = Lease.take(folder, "model_dir")) {
      Served served = Served.of(new ServingBase(base));
      Optional<Round> round = begin(run, files, Rounds.read(folder), served);
      if (round.isEmpty()) {
        return ExitCode.OK;
      }
      requireUnseen(files, Rounds.read(folder).seen(served.model()), round.get());
      train(round.get(), folder, served.folder());
      lease.requireHeld();
      // Not for the whole training: what serves can be rolled back meanwhile.
      try (Lease versions = Lease.take(base, "--serving")) {
        versions.requireHeld();
        return promote(Rounds.read(folder), round.get(), folder, new ServingBase(base));
      }
    }
  }

  /** The round that is next; empty where nothing is new. */
  private Optional<Round> begin(RunConfig run, RecordFiles files, Rounds rounds, Served served)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String model = served.model();
    Optional<Round> open = rounds.open();
    if (open.isPresent() && !model.isEmpty() && open.get().model().equals(model)) {
      // It was killed after its model had come to serve.
      rounds.put(open.get().ended(Outcome.PROMOTED));
    } else if (open.isPresent() && (anew || !open.get().from().equals(model))) {
      out.printf("round %s is given up%n", open.get().number());
      rounds.put(open.get().ended(Outcome.GIVEN_UP));
    }
    requireKnown(rounds, served, files);
    List<SeenFile> fresh = fresh(rounds.seen(model), run, files, out);
    Optional<Round> next = rounds.open();
    if (next.isPresent()) {
      fresh.removeAll(next.get().files());
      out.printf("round %s goes on, with %s%n", next.get().number(), text(next.get().files()));
      if (!fresh.isEmpty()) {
        out.printf("%s for the next round%n", text(fresh));
      }
    } else if (fresh.isEmpty()) {
      out.println("nothing new in " + run.datasetHparams().trainInputPattern());
    } else {
      next = Optional.of(rounds.begin(model, fresh));
      out.printf("round %s: %s%n", next.get().number(), text(fresh));
    }
    out.flush();
    return next;
  }

  /** The gate needs files of its own, and comes after the training. */
  private void requireUnseen(RecordFiles files, Set<SeenFile> seen, Round round)
      throws IOException {
    Set<SeenFile> trained = new HashSet<>(seen);
    trained.addAll(round.files());
    for (SeenFile file : list(data, files)) {
      if (trained.contains(file)) {
        throw new UsageException(
            "--data '%s' has a file that is trained on, '%s', and the gate needs others"
                .formatted(data, file.path()));
      }
    }
  }

  private void train(Round round, Folder folder, String serves) throws Exception {
    List<String> settings = new ArrayList<>(overrides);
    String paths = round.files().stream().map(SeenFile::path).collect(Collectors.joining(","));
    settings.add("data.train_input_pattern=" + ConfigUtil.quoteString(paths));
    settings.add(
        "pipeline.model_dir=" + ConfigUtil.quoteString(folder.folder(round.folder()).path()));
    if (!serves.isEmpty()) {
      settings.add("pipeline.warm_start=" + ConfigUtil.quoteString(serves));
    }
    CommandLine line = spec.commandLine();
    TrainCommand.train(configuration, settings, line.getOut(), line.getErr());
  }

  private int promote(Rounds rounds, Round round, Folder parent, ServingBase base)
      throws IOException {
    Folder folder = parent.folder(round.folder());
    PrintWriter out = spec.commandLine().getOut();
    Folder candidate = ExportName.bestIn(folder);
    // Before it serves: of a round that is killed after that, the model itself tells the files.
    Round trained = round.trained(ModelFiles.read(candidate).digest());
    rounds.put(trained);
    out.println();
    PromotionRun run = new PromotionRun(candidate, data, options, out);
    String decisions = options.output().isEmpty() ? folder.path() : options.output();
    if (run.decide(base, decisions)) {
      run.publish(base);
      rounds.put(trained.ended(Outcome.PROMOTED));
      return ExitCode.OK;
    }
    rounds.put(trained.ended(Outcome.NOT_PROMOTED));
    out.println("not promoted; the next round has these files and newer ones");
    out.flush();
    return okIfNotPromoted ? ExitCode.OK : PromotionRun.NOT_PROMOTED;
  }

  private void requireKnown(Rounds rounds, Served served, RecordFiles files) throws IOException {
    String model = served.model();
    if (model.isEmpty() || rounds.knows(model)) {
      return;
    }
    if (seen == null) {
      throw new UsageException(
          "%s was trained by no round of this model_dir; say with --seen which files it was trained"
                  .formatted(served.folder())
              + " on, or --seen none");
    }
    rounds.bring(model, seen.equals(NONE) ? List.of() : list(seen, files));
  }

  /** What the model has not seen, in the order of the names. */
  private static List<SeenFile> fresh(
      Set<SeenFile> seen, RunConfig run, RecordFiles files, PrintWriter out) throws IOException {
    List<SeenFile> fresh = new ArrayList<>(list(run.datasetHparams().trainInputPattern(), files));
    fresh.removeAll(seen);
    Set<String> paths = seen.stream().map(SeenFile::path).collect(Collectors.toSet());
    for (SeenFile file : fresh) {
      if (paths.contains(file.path())) {
        out.println("note: has another length than when it was trained on: " + file.path());
      }
      if (file.path().indexOf(',') >= 0 || RecordFiles.isPattern(file.path())) {
        throw new IOException(
            "a training file's name must have none of , * ? [ ] { }, got " + file.path());
      }
    }
    return fresh;
  }

  private static List<SeenFile> list(String pattern, RecordFiles files) throws IOException {
    List<SeenFile> found = new ArrayList<>();
    for (FileStatus file : files.list(pattern)) {
      found.add(new SeenFile(file.getPath().toString(), file.getLen()));
    }
    return found;
  }

  private static String text(List<SeenFile> files) {
    return String.format(Locale.ROOT, "%,d new file%s", files.size(), files.size() == 1 ? "" : "s");
  }
}
