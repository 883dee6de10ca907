package io.rankline.server.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** How the commands of this module say what went wrong: one line, and a status. */
final class CommandFaults {

  private CommandFaults() {}

  /** Has a command line say faults so. */
  static CommandLine on(CommandLine commandLine) {
    commandLine.setParameterExceptionHandler(
        (wrong, arguments) -> report(wrong.getCommandLine(), wrong, CommandLine.ExitCode.USAGE));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> report(command, failure, CommandLine.ExitCode.SOFTWARE));
    return commandLine;
  }

  /**
   * Prints a fault.
   *
   * @return the status
   */
  static int report(CommandLine command, Exception failure, int status) {
    PrintWriter err = command.getErr();
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    err.println("rankline: " + message);
    if (status == CommandLine.ExitCode.USAGE) {
      err.printf("run '%s --help' for its options%n", command.getCommandName());
    }
    err.flush();
    return status;
  }
}
