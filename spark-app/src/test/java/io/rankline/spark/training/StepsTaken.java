package io.rankline.spark.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A byte a step in a file a worker: steps of processes that were killed count too. */
record StepsTaken(Path folder) {

  void add(int worker) {
    try {
      Files.createDirectories(folder);
      Files.write(file(worker), new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often that worker began a step. */
  long by(int worker) {
    try {
      return Files.exists(file(worker)) ? Files.size(file(worker)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(int worker) {
    return folder.resolve("worker-" + worker);
  }
}
