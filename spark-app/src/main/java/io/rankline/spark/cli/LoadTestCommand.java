package io.rankline.spark.cli;

import picocli.CommandLine.Command;

/** {@code load-test}. */
@Command(
    name = "load-test",
    description = {
      "Sends requests to any server and says how fast it answers.",
      "Its options: deploy/local/rankline load-test --help"
    })
final class LoadTestCommand extends ServerCommand {

  LoadTestCommand() {
    super("the load test");
  }
}
