package io.rankline.spark.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Rankline's command line: the class to give to {@code spark-submit}, and what {@code
 * deploy/local/rankline} runs.
 *
 * <p>Exit status: 0 done, 1 failed, 2 wrong usage. A failure is reported in one line that starts
 * with {@code rankline:}; {@code --stacktrace} adds where it happened.
 */
@Command(
    name = "rankline",
    description = "Learning to rank for the JVM: data in, ranking models out.",
    synopsisSubcommandLabel = "COMMAND",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = AppVersion.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
    subcommands = {
      GenerateCommand.class,
      ConvertCommand.class,
      InspectCommand.class,
      TrainCommand.class,
      SweepCommand.class,
      QualityCommand.class,
      EvaluateCommand.class,
      ScoreCommand.class,
      ExportCommand.class,
      EnsembleCommand.class,
      PromoteCommand.class,
      RetrainCommand.class,
      ImportCommand.class,
      ServeCommand.class,
      LoadTestCommand.class,
      BenchStepCommand.class,
      HelpCommand.class,
    })
public final class RankingApp implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-v", "--stacktrace"},
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean stacktrace;

  private final FaultReport faults = new FaultReport(() -> stacktrace);

  RankingApp() {}

  /** Runs one command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    // Spark names its files in the locale's digits, and reads their names in its own.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    SparkApplication.begin("rankline " + (args.length == 0 ? "" : args[0]).strip());
    RankingApp app = new RankingApp();
    CommandLine commandLine = app.commandLine();
    int status;
    try {
      status = commandLine.execute(args);
    } catch (Error e) {
      // Out of memory, as a rule. picocli passes on what is no Exception.
      status = app.faults.failed(commandLine, e);
    }
    System.out.flush();
    SparkApplication.end(status, app.faults.fault());
  }

  /** The command line, ready to be executed; tests give it other writers. */
  CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(this);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setUnmatchedOptionsArePositionalParams(false);
    commandLine.setAbbreviatedOptionsAllowed(false);
    commandLine.setExecutionStrategy(
        parsed -> {
          // picocli lets everything pass where help is asked for, as in: rankline predict --help
          if (!parsed.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(commandLine, parsed.unmatched());
          }
          return new RunLast().execute(parsed);
        });
    commandLine.setParameterExceptionHandler(faults);
    commandLine.setExecutionExceptionHandler(faults);
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command to run");
  }
}
