package io.rankline.spark.cli;

import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code serve}, for the list of commands: {@code deploy/local/rankline} runs the server in a JVM
 * without Spark, and nothing here.
 */
@Command(
    name = "serve",
    description = {
      "Answers requests to exported models over HTTP, as TensorFlow Serving does.",
      "Its options: deploy/local/rankline serve --help"
    })
final class ServeCommand implements Callable<Integer> {

  @Unmatched private final List<String> options = new ArrayList<>();

  @Override
  public Integer call() {
    throw new UsageException(
        "the server is no Spark application; run it as: deploy/local/rankline serve "
            + String.join(" ", options));
  }
}
