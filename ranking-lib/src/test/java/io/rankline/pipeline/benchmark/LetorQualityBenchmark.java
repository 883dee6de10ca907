package io.rankline.pipeline.benchmark;

import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.benchmark.LetorTraining.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well small networks rank real data: NDCG@5, NDCG@10 and MAP of the test queries, mean and
 * standard deviation over seeds.
 *
 * <p>Arguments: the number of seeds, and folders with {@code train.txt.gz} and {@code test.txt.gz}.
 * A folder that is not there is left out.
 */
public final class LetorQualityBenchmark {

  private static final List<String> METRICS = List.of("ndcg_5", "ndcg_10", "map");

  private LetorQualityBenchmark() {}

  /** Trains every network on every folder with every seed. */
  public static void main(String[] arguments) throws IOException {
    int seeds = Integer.parseInt(arguments[0]);
    Map<String, Scorer> networks = new LinkedHashMap<>();
    networks.put("256-128-64", LetorTraining.network(false));
    networks.put("256-128-64, batch norm", LetorTraining.network(true));
    networks.put("linear", LetorTraining.linear());
    for (int k = 1; k < arguments.length; k++) {
      Path folder = Path.of(arguments[k]);
      if (!Files.exists(folder.resolve("train.txt.gz"))) {
        System.out.println("left out: no train.txt.gz in " + folder);
        continue;
      }
      Path work = Files.createTempDirectory("letor-quality");
      LetorSplit split = LetorSplit.of(folder, work);
      for (Map.Entry<String, Scorer> network : networks.entrySet()) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
          Path run = work.resolve(network.getKey().replaceAll("\\W+", "-") + "-" + seed);
          Outcome outcome = new LetorTraining(split, network.getValue()).train(seed, run);
          outcomes.add(outcome);
          System.out.printf(
              Locale.ROOT,
              "%s, %s, seed %d: epoch %d, validation NDCG@10 %.3f, test %s%n",
              folder.getFileName(),
              network.getKey(),
              seed,
              outcome.epoch(),
              outcome.valid("ndcg_10"),
              row(List.of(outcome)));
        }
        System.out.printf(
            Locale.ROOT,
            "| %s: %s | %s | %s |%n",
            folder.getFileName(),
            network.getKey(),
            row(outcomes),
            text(outcomes, outcome -> outcome.valid("ndcg_10")));
      }
    }
  }

  private static String row(List<Outcome> outcomes) {
    List<String> cells = new ArrayList<>();
    for (String metric : METRICS) {
      cells.add(text(outcomes, outcome -> outcome.test(metric)));
    }
    return String.join(" | ", cells);
  }

  private static String text(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
    SeedSpread spread = SeedSpread.of(outcomes.stream().mapToDouble(value).toArray());
    return outcomes.size() == 1
        ? String.format(Locale.ROOT, "%.3f", spread.mean())
        : String.format(Locale.ROOT, "%.3f ± %.3f", spread.mean(), spread.deviation());
  }
}
