package io.rankline.peers.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import io.rankline.data.RankingList;
import io.rankline.export.onnx.OnnxFormat;
import io.rankline.model.ListScorer;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One scorer in a JVM of its own (ONNX Runtime and ND4J do not live in one). Prints, for lists of
 * 1, 20 and 200 items, the processor's microseconds a list; then lists of 200 a second on one
 * thread and on two; then the scores of a list of 200.
 */
public final class ScoringProcess {

  /** Number of measurements of which the least is taken. */
  private static final int PARTS = 4;

  private static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  private ScoringProcess() {}

  /** Scores a list of features. */
  @FunctionalInterface
  interface Scores {
    float[] of(float[] features);
  }

  /** Runs it: onnx, rankline or network, and the folder of {@link ServedTower#write}. */
  public static void main(String[] args) throws IOException, OrtException, InterruptedException {
    Path folder = Path.of(args[1]);
    Scores scores = args[0].equals("onnx") ? onnx(folder) : rankline(folder, args[0]);
    StringBuilder line = new StringBuilder();
    for (int items : ServingTable.ITEMS) {
      line.append(processorMicros(scores, ServedTower.features(items))).append(' ');
    }
    for (int threads = 1; threads <= 2; threads++) {
      line.append(listsASecond(scores, threads)).append(' ');
    }
    for (float score : scores.of(ServedTower.features(200))) {
      line.append(score).append(' ');
    }
    System.out.println(line);
    System.exit(0);
  }

  private static Scores rankline(Path folder, String by) throws IOException {
    SavedRankingModel model = SavedRankingModel.load(folder.resolve("rankline").toString());
    if (by.equals("rankline")) {
      return features -> model.predict(ServedTower.list(features));
    }
    ListScorer scorer = model.model().networkScorer();
    return features -> {
      RankingList list = ServedTower.list(features);
      return scorer.scores(List.of(list)).get(0).values().iterator().next();
    };
  }

  private static Scores onnx(Path folder) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    OrtSession session =
        environment.createSession(
            folder.resolve("onnx").resolve(OnnxFormat.MODEL_FILE).toString(), options);
    return features -> {
      int items = features.length / ServedTower.FEATURES;
      try (OnnxTensor input =
              OnnxTensor.createTensor(
                  environment,
                  FloatBuffer.wrap(features),
                  new long[] {1, items, ServedTower.FEATURES});
          OnnxTensor mask = OnnxTensor.createTensor(environment, mask(items));
          OrtSession.Result result = session.run(Map.of("example_features", input, "mask", mask))) {
        FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] scores = new float[found.remaining()];
        found.get(scores);
        return scores;
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static float[][] mask(int items) {
    float[][] mask = new float[1][items];
    Arrays.fill(mask[0], 1);
    return mask;
  }

  private static double processorMicros(Scores scores, float[] features) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double least = Double.POSITIVE_INFINITY;
    for (int part = 0; part <= PARTS; part++) {
      long end = System.nanoTime() + PART_NANOS;
      long before = system.getProcessCpuTime();
      long count = 0;
      while (System.nanoTime() < end) {
        scores.of(features);
        count++;
      }
      double micros = (system.getProcessCpuTime() - before) / 1e3 / count;
      least = part == 0 ? least : Math.min(least, micros);
    }
    return least;
  }

  private static double listsASecond(Scores scores, int threads) throws InterruptedException {
    float[] features = ServedTower.features(200);
    double most = 0;
    for (int part = 0; part < PARTS; part++) {
      long start = System.nanoTime();
      AtomicLong count = new AtomicLong();
      List<Thread> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Thread thread =
            new Thread(
                () -> {
                  while (System.nanoTime() - start < PART_NANOS) {
                    scores.of(features);
                    count.incrementAndGet();
                  }
                });
        thread.start();
        running.add(thread);
      }
      for (Thread thread : running) {
        thread.join();
      }
      most = Math.max(most, count.get() * 1e9 / (System.nanoTime() - start));
    }
    return most;
  }
}
