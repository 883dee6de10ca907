package io.rankline.spark.cli;

import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code load-test}, for the list of commands: {@code deploy/local/rankline} runs it in a JVM
 * without Spark, and nothing here.
 */
@Command(
    name = "load-test",
    description = {
      "Sends requests to any server and says how fast it answers.",
      "Its options: deploy/local/rankline load-test --help"
    })
final class LoadTestCommand implements Callable<Integer> {

  @Unmatched private final List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    throw new UsageException(
        "the load test is no Spark application; run it as: deploy/local/rankline load-test "
            + String.join(" ", options));
  }
}
