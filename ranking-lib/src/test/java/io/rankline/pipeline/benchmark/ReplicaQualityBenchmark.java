package io.rankline.pipeline.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What batch norm and dropout make of several replicas: test NDCG@10 of one, two and four of them
 * on the same batches, over seeds. Each replica has statistics and masks of its own share.
 *
 * <p>Arguments: the number of seeds, and a folder with {@code train.txt.gz} and {@code
 * test.txt.gz}.
 */
public final class ReplicaQualityBenchmark {

  private static final int[] REPLICAS = {1, 2, 4};

  private ReplicaQualityBenchmark() {}

  /** Trains with every number of replicas and every seed. */
  public static void main(String[] arguments) throws IOException {
    int seeds = Integer.parseInt(arguments[0]);
    Path work = Files.createTempDirectory("replica-quality");
    LetorTraining training =
        new LetorTraining(
            LetorSplit.of(Path.of(arguments[1]), work), LetorTraining.networkWithDropout());
    for (int replicas : REPLICAS) {
      List<Double> found = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        found.add(
            training.train(seed, replicas, work.resolve(replicas + "-" + seed)).test("ndcg_10"));
      }
      SeedSpread spread = SeedSpread.of(found.stream().mapToDouble(Double::doubleValue).toArray());
      System.out.printf(
          Locale.ROOT,
          "%d replicas: NDCG@10 %.3f ± %.3f  %s%n",
          replicas,
          spread.mean(),
          spread.deviation(),
          found);
    }
  }
}
