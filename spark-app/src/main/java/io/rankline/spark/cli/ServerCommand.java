package io.rankline.spark.cli;

import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A command of the server's modules, for the list of commands: {@code deploy/local/rankline} runs
 * it in a JVM without Spark, and nothing here.
 */
abstract class ServerCommand implements Callable<Integer> {

  private final String what;

  @Spec private CommandSpec spec;

  @Unmatched private final List<String> options = new ArrayList<>();

  /**
   * A command.
   *
   * @param what it is, as in "the server"
   */
  ServerCommand(String what) {
    this.what = what;
  }

  @Override
  public final Integer call() {
    throw new UsageException(
        "%s is no Spark application; run it as: deploy/local/rankline %s %s"
            .formatted(what, spec.name(), String.join(" ", options)));
  }
}
