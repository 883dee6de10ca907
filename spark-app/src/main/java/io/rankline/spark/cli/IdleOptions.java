package io.rankline.spark.cli;

import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Refuses options that would do nothing beside others, all at once. */
final class IdleOptions {

  private final CommandSpec command;
  private final List<String> idle = new ArrayList<>();

  IdleOptions(CommandSpec command) {
    this.command = command;
  }

  /**
   * Refuses an option that was given.
   *
   * @param when whether it would do nothing, or harm
   * @param why the rest of a sentence that begins with the option
   */
  IdleOptions refuse(String option, boolean when, String why) {
    if (when && command.commandLine().getParseResult().hasMatchedOption(option)) {
      idle.add(option + " " + why);
    }
    return this;
  }

  /**
   * Ends the checks.
   *
   * @throws UsageException with every option that was refused
   */
  void end() {
    if (!idle.isEmpty()) {
      throw new UsageException(String.join("; ", idle));
    }
  }
}
