package io.rankline.spark.cli;

import io.rankline.spark.terminal.FailureText;
import io.rankline.spark.terminal.UsageException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Rankline's command line: the class to give to {@code spark-submit}, and what {@code
 * deploy/local/rankline} runs.
 *
 * <p>Exit status: 0 done, 1 failed, 2 wrong usage. A failure is told in one line that starts with
 * {@code rankline:}; {@code --stacktrace} adds where it happened.
 */
@Command(
    name = "rankline",
    description = "Learning to rank for the JVM: data in, ranking models out.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = AppVersion.class,
    subcommands = {
      GenerateCommand.class,
      ConvertCommand.class,
      InspectCommand.class,
      TrainCommand.class,
      SweepCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
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

  /** Told to the user, and to a cluster that keeps account of it. */
  private @Nullable String fault;

  /** Runs one command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    RankingApp app = new RankingApp();
    SparkApplication.begin("rankline " + (args.length == 0 ? "" : args[0]).strip());
    CommandLine commandLine = commandLine(app);
    int status;
    try {
      status = commandLine.execute(args);
    } catch (Error e) {
      // Out of memory, as a rule. picocli hands on what is no Exception.
      if (tell(commandLine, FailureText.of(e)).stacktrace) {
        e.printStackTrace();
      }
      status = ExitCode.SOFTWARE;
    }
    System.out.flush();
    SparkApplication.end(status, app.fault);
  }

  /** The command line, ready to be executed; tests give it other writers. */
  static CommandLine commandLine() {
    return commandLine(new RankingApp());
  }

  private static CommandLine commandLine(RankingApp app) {
    CommandLine commandLine = new CommandLine(app);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setUnmatchedOptionsArePositionalParams(false);
    commandLine.setAbbreviatedOptionsAllowed(false);
    commandLine.setParameterExceptionHandler(RankingApp::tellUsage);
    commandLine.setExecutionExceptionHandler(RankingApp::tellFailure);
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command to run");
  }

  private static int tellUsage(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    tell(command, usage(wrong));
    UnmatchedArgumentException.printSuggestions(wrong, err);
    String name = command.getCommandSpec().qualifiedName();
    boolean whole = command.getParent() == null;
    err.println(
        whole
            ? "commands: " + String.join(", ", command.getSubcommands().keySet())
            : "run 'rankline help " + command.getCommandName() + "' for its options");
    err.flush();
    return name.isEmpty() ? ExitCode.SOFTWARE : ExitCode.USAGE;
  }

  /** What is wrong with the arguments. */
  private static String usage(ParameterException wrong) {
    String message = wrong.getMessage() == null ? "wrong usage" : wrong.getMessage();
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private static int tellFailure(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof UsageException) {
      tell(command, String.valueOf(failure.getMessage()));
      err.println("run 'rankline help " + command.getCommandName() + "' for its options");
      err.flush();
      return ExitCode.USAGE;
    }
    if (tell(command, FailureText.of(failure)).stacktrace) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private static RankingApp tell(CommandLine command, String fault) {
    command.getErr().println("rankline: " + fault);
    RankingApp app = (RankingApp) command.getCommandSpec().root().userObject();
    app.fault = fault;
    command.getErr().flush();
    return app;
  }
}
