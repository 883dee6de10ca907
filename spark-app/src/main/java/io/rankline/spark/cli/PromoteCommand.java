package io.rankline.spark.cli;

import io.rankline.io.Folder;
import io.rankline.io.Lease;
import io.rankline.io.Storage;
import io.rankline.spark.promotion.ServingBase;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promote}: lets a candidate serve if it is better. Starts no Spark. */
@Command(
    name = "promote",
    header = "Lets a new model serve if it is better than the one that does.",
    description = {
      "",
      "Both score the same queries. The candidate is promoted if it is better by more than chance,"
          + " and if in no slice of queries a loss can be more than a little. It becomes the next"
          + " version, BASE/<number>, which rankline serve and TensorFlow Serving take up by"
          + " themselves.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  promote --candidate /models/run/export/best_model_by_metric --serving /serving/shop"
          + " --data /data/yesterday",
      "  promote --candidate ... --serving /serving/shop --data ... --slices country,device"
          + " --dry-run",
      "  promote --serving /serving/shop --rollback"
    },
    exitCodeList = {"0:promoted", "1:failed", "2:wrong usage", "3:not promoted"})
final class PromoteCommand implements Callable<Integer> {

  private static final Set<String> ROLLBACK = Set.of("--rollback", "--serving", "--stacktrace");

  @Spec private CommandSpec spec;

  @Option(
      names = "--serving",
      required = true,
      paramLabel = "BASE",
      description = "The folder of the versions that a server takes; made if it is not there.")
  private String serving = "";

  @Option(names = "--candidate", paramLabel = "DIR", description = "An exported model.")
  private @Nullable String candidate;

  @Option(
      names = "--data",
      paramLabel = "PATTERN",
      description = "Files with labels that neither model was trained on.")
  private @Nullable String data;

  @Mixin private PromotionOptions options = new PromotionOptions();

  @Option(names = "--dry-run", description = "Decide, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--rollback",
      description = "Take the version that serves away, so that the one before it does.")
  private boolean rollback;

  PromoteCommand() {}

  @Override
  public Integer call() throws IOException {
    Storage storage = Storage.ofClassPath();
    Folder base = storage.folder(serving);
    if (rollback) {
      return rollBack(base);
    }
    String from = candidate;
    String pattern = data;
    if (from == null || pattern == null) {
      throw new UsageException("--candidate and --data go together; or say --rollback");
    }
    LabelledFiles.require(pattern);
    PrintWriter out = spec.commandLine().getOut();
    PromotionRun run = new PromotionRun(storage.folder(from), pattern, options, out);
    if (dryRun) {
      boolean would = run.decide(new ServingBase(base), options.output());
      out.println(would ? "would be promoted" : "not promoted");
      out.flush();
      return would ? ExitCode.OK : PromotionRun.NOT_PROMOTED;
    }
    base.create();
    try (Lease lease = Lease.take(base, "--serving")) {
      lease.requireHeld();
      if (run.decide(new ServingBase(base), options.output())) {
        run.publish(new ServingBase(base));
        return ExitCode.OK;
      }
    }
    out.println("not promoted");
    out.flush();
    return PromotionRun.NOT_PROMOTED;
  }

  private int rollBack(Folder base) throws IOException {
    List<String> others =
        spec.options().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !ROLLBACK.contains(name))
            .filter(spec.commandLine().getParseResult()::hasMatchedOption)
            .toList();
    if (!others.isEmpty()) {
      throw new UsageException(
          "--rollback decides nothing and goes with --serving alone, got "
              + String.join(", ", others));
    }
    try (Lease lease = Lease.take(base, "--serving")) {
      lease.requireHeld();
      PrintWriter out = spec.commandLine().getOut();
      ServingBase versions = new ServingBase(base);
      out.println("version " + versions.rollBack() + " serves again");
      out.flush();
      return ExitCode.OK;
    }
  }
}
