package io.rankline.spark.cli;

import io.rankline.spark.terminal.FailureText;
import io.rankline.spark.terminal.FaultLine;
import io.rankline.spark.terminal.UsageException;
import io.rankline.text.KnownNames;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How a command ends that could not do what it was asked: one line says why, whatever the command,
 * and the exit status is 2 where the command line is at fault and 1 otherwise.
 */
final class FaultReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** What commands are called in other tools. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "predict",
          "score",
          "rank",
          "score",
          "fit",
          "train",
          "test",
          "evaluate",
          "describe",
          "inspect");

  private final BooleanSupplier withStackTrace;
  private @Nullable String fault;

  /**
   * Reports to the standard error of the command that failed.
   *
   * @param withStackTrace whether failures also say where they happened; asked when one is reported
   */
  FaultReport(BooleanSupplier withStackTrace) {
    this.withStackTrace = withStackTrace;
  }

  /** What was reported last; null if nothing was. */
  @Nullable String fault() {
    return fault;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    return wrongUsage(wrong.getCommandLine(), words(wrong));
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return failure instanceof UsageException
        ? wrongUsage(command, String.valueOf(failure.getMessage()))
        : failed(command, failure);
  }

  /** Reports what is no wrong usage; nothing while the JVM is being stopped from outside. */
  int failed(CommandLine command, Throwable failure) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      // Ctrl-C: Spark was stopped under the command, whose failure tells nothing else.
      return ExitCode.SOFTWARE;
    }
    PrintWriter err = report(command, FailureText.of(failure));
    if (withStackTrace.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private int wrongUsage(CommandLine command, String words) {
    PrintWriter err = report(command, words);
    err.println(
        command.getParent() == null
            ? "commands: " + String.join(", ", command.getSubcommands().keySet())
            : "run 'rankline help %s' for its options".formatted(command.getCommandName()));
    err.flush();
    return ExitCode.USAGE;
  }

  private PrintWriter report(CommandLine command, String words) {
    fault = words;
    PrintWriter err = command.getErr();
    err.println(FaultLine.of(words));
    return err;
  }

  private static String words(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      String what =
          unmatched.isUnknownOption()
              ? "unknown option '%s'"
              : wrong.getCommandLine().getParent() == null
                  ? "there is no command '%s'"
                  : "unexpected argument '%s'";
      List<String> meant = unmatched.getSuggestions();
      String nearest =
          ELSEWHERE.getOrDefault(
              first, meant.isEmpty() ? "" : KnownNames.nearestFirst(first, meant).get(0));
      boolean isFar =
          !unmatched.isUnknownOption()
              && !ELSEWHERE.containsKey(first)
              && 2 * KnownNames.edits(first, nearest) > first.length();
      return what.formatted(first)
          + (nearest.isEmpty() || isFar ? "" : "; did you mean %s?".formatted(nearest));
    }
    String message = wrong.getMessage() == null ? "wrong usage" : wrong.getMessage();
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
