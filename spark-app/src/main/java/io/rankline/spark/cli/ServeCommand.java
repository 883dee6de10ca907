package io.rankline.spark.cli;

import picocli.CommandLine.Command;

/** {@code serve}. */
@Command(
    name = "serve",
    description = {
      "Answers requests to exported models over HTTP, as TensorFlow Serving does.",
      "Its options: deploy/local/rankline serve --help"
    })
final class ServeCommand extends ServerCommand {

  ServeCommand() {
    super("the server");
  }
}
