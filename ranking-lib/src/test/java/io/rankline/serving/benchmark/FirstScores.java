package io.rankline.serving.benchmark;

import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program that loads a model, scores 20 items once and says how long both took. What the whole
 * process took, {@code time} says. Arguments: {@code plain} (by the jar of the scorer alone) or
 * {@code saved}, and the folder of an export whose features are numbers.
 */
public final class FirstScores {

  private static final int ITEMS = 20;

  private FirstScores() {}

  public static void main(String[] arguments) throws IOException {
    long begin = System.nanoTime();
    RankingScorer scorer =
        arguments[0].equals("plain")
            ? RankingScorer.load(Path.of(arguments[1]))
            : SavedRankingModel.load(arguments[1]);
    long loaded = System.nanoTime();
    Map<String, Object> item = new TreeMap<>();
    scorer.requests().examples().keySet().forEach(feature -> item.put(feature, 1.5f));
    float[] scores = scorer.predict(Map.of(), Collections.nCopies(ITEMS, item));
    long end = System.nanoTime();
    System.out.printf(
        "loaded in %s ms, %s scores in %s ms%n",
        (loaded - begin) / 1_000_000, scores.length, (end - loaded) / 1_000_000);
  }
}
