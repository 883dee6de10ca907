package io.rankline.spark.sweep.place;

import io.rankline.pipeline.callback.LogProgress;
import io.rankline.spark.terminal.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The driver of a cluster: a run has all of its executors, so that there is one at a time. */
final class DriverPlace implements TrialPlace {

  private @Nullable Thread training;
  private boolean stopped;

  @Override
  public String words() {
    return "each on all executors";
  }

  @Override
  public String train(TrialTraining training, Path log) throws IOException {
    begin();
    try (PrintWriter lines =
        new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8), true)) {
      training.run().pipeline().withProgress(new LogProgress(lines::println)).trainAndValidate();
      return "";
    } catch (IOException | RuntimeException e) {
      return FailureText.of(e);
    } finally {
      end();
    }
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (training != null) {
      training.interrupt();
    }
  }

  private synchronized void begin() {
    training = Thread.currentThread();
    if (stopped) {
      training.interrupt();
    }
  }

  private synchronized void end() {
    training = null;
  }
}
