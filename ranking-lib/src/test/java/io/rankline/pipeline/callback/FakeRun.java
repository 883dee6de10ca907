package io.rankline.pipeline.callback;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.RankingModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A training that only notes what callbacks ask of it. */
public final class FakeRun implements TrainingRun {

  private final Path folder;
  private final int finishedEpochs;
  private double rate = 0.1;
  String stopped = "";

  FakeRun(Path folder, int finishedEpochs) {
    this.folder = folder;
    this.finishedEpochs = finishedEpochs;
  }

  /** An epoch of that one value. */
  static EpochResult epoch(int number, String name, double value) {
    return epoch(number, Map.of(name, value));
  }

  /** An epoch of 100 lists in 2 seconds, half of a second spent waiting. */
  public static EpochResult epoch(int number, Map<String, Double> logs) {
    return new EpochResult(
        number,
        10L * number,
        new LinkedHashMap<>(logs),
        100,
        1200,
        Duration.ofMillis(2000),
        Duration.ofMillis(500),
        Duration.ofMillis(250));
  }

  @Override
  public RankingModel model() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Folder modelDir() {
    return Storage.ofClassPath().folder(folder.toString());
  }

  @Override
  public int epochs() {
    return 10;
  }

  @Override
  public long stepsPerEpoch() {
    return 10;
  }

  @Override
  public int finishedEpochs() {
    return finishedEpochs;
  }

  @Override
  public double learningRate() {
    return rate;
  }

  @Override
  public void setLearningRate(double newRate) {
    rate = newRate;
  }

  @Override
  public void stop(String reason) {
    stopped = reason;
  }
}
