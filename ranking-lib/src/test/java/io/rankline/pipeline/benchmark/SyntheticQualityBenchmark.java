package io.rankline.pipeline.benchmark;

import io.rankline.pipeline.benchmark.SyntheticComparison.Quality;
import io.rankline.pipeline.benchmark.SyntheticComparison.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.inference.TTest;

/**
 * Whether the pipeline ranks as well as a plain implementation of the same network does, on 2,000
 * made-up lists to train on and 2,000 to measure on, and how near both come to the true utility.
 * Each seed has a log of its own, so seeds are pairs.
 *
 * <p>Arguments: the number of seeds, and losses by their keys.
 */
public final class SyntheticQualityBenchmark {

  private static final Shape SHAPE = new Shape(List.of(64, 32), 2000, 2000, 60, 8);

  private SyntheticQualityBenchmark() {}

  /** Trains both with every seed and every loss. */
  public static void main(String[] arguments) throws IOException {
    int seeds = Integer.parseInt(arguments[0]);
    Map<String, List<Quality>> found = new LinkedHashMap<>();
    for (int seed = 1; seed <= seeds; seed++) {
      SyntheticComparison comparison =
          new SyntheticComparison(SHAPE, seed, Files.createTempDirectory("synthetic-quality"));
      add(found, "random order", comparison.random());
      add(found, "best single feature", comparison.bestFeature());
      add(found, "true utility", comparison.trueUtility());
      for (int k = 1; k < arguments.length; k++) {
        PlainLoss loss = PlainLoss.valueOf(arguments[k].toUpperCase(Locale.ROOT));
        add(found, arguments[k] + ": pipeline", comparison.pipeline(loss));
        add(found, arguments[k] + ": plain loops", comparison.plain(loss));
      }
    }
    found.forEach(
        (name, values) ->
            System.out.printf(
                "| %s | %s | %s | %s |%n",
                name,
                spread(values, Quality::at1),
                spread(values, Quality::at5),
                spread(values, Quality::at10)));
    for (int k = 1; k < arguments.length; k++) {
      List<Quality> pipeline = found.getOrDefault(arguments[k] + ": pipeline", List.of());
      List<Quality> plain = found.getOrDefault(arguments[k] + ": plain loops", List.of());
      System.out.printf(
          "| %s: pipeline less plain loops | %s | %s | %s |%n",
          arguments[k],
          difference(pipeline, plain, Quality::at1),
          difference(pipeline, plain, Quality::at5),
          difference(pipeline, plain, Quality::at10));
    }
  }

  private static void add(Map<String, List<Quality>> found, String name, Quality value) {
    System.out.println(name + ": " + value.row());
    found.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
  }

  private static String spread(List<Quality> values, ToDoubleFunction<Quality> metric) {
    SeedSpread spread = SeedSpread.of(values.stream().mapToDouble(metric).toArray());
    return String.format(Locale.ROOT, "%.4f ± %.4f", spread.mean(), spread.deviation());
  }

  /** Mean and standard deviation over pairs, and the p-value of Student's paired test. */
  private static String difference(
      List<Quality> left, List<Quality> right, ToDoubleFunction<Quality> metric) {
    double[] leftValues = left.stream().mapToDouble(metric).toArray();
    double[] rightValues = right.stream().mapToDouble(metric).toArray();
    double[] differences = new double[leftValues.length];
    for (int k = 0; k < differences.length; k++) {
      differences[k] = leftValues[k] - rightValues[k];
    }
    SeedSpread spread = SeedSpread.of(differences);
    String text = String.format(Locale.ROOT, "%+.4f ± %.4f", spread.mean(), spread.deviation());
    return differences.length < 2
        ? text
        : text
            + String.format(
                Locale.ROOT,
                " (p %.2f)",
                TTest.withDefaults().pairedTest(leftValues, rightValues).getPValue());
  }
}
