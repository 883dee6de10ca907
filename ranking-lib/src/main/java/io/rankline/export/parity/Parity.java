package io.rankline.export.parity;

import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import io.rankline.serving.RankingScorer;
import io.rankline.text.Hocon;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * How far scores of an engine are from those of the model.
 *
 * @param source where the lists come from
 * @param lists number of lists
 * @param items number of items
 * @param largestDifference of two scores of an item, divided by the model's where that is above 1
 * @param sameBits number of scores that are the same float
 * @param scores number of scores
 * @param rankChanges number of lists that the engine's scores put into another order; equal scores
 *     keep the order of the items
 * @param tolerance largest difference that is allowed
 */
public record Parity(
    String source,
    long lists,
    long items,
    double largestDifference,
    long sameBits,
    long scores,
    long rankChanges,
    double tolerance) {

  /** The file that an export keeps it in. */
  public static final String FILE = "parity.json";

  /** Lists that are scored together. */
  private static final int CHUNK = 20;

  /**
   * Scores lists by both.
   *
   * @param lists of the layout of the model's requests
   * @param tolerance largest difference that is allowed
   * @throws IllegalArgumentException if there is no item among them
   */
  public static Parity of(
      RankingScorer model,
      ListScorer engine,
      List<RankingList> lists,
      String source,
      double tolerance) {
    Tally tally = new Tally();
    for (int from = 0; from < lists.size(); from += CHUNK) {
      List<RankingList> chunk = lists.subList(from, Math.min(from + CHUNK, lists.size()));
      Iterator<SortedMap<String, float[]>> found = engine.scores(chunk).iterator();
      for (SortedMap<String, float[]> expected : model.predictAll(chunk)) {
        SortedMap<String, float[]> scores = found.next();
        expected.forEach(
            (task, values) -> tally.add(values, Objects.requireNonNull(scores.get(task), task)));
      }
    }
    long items = lists.stream().mapToLong(RankingList::size).sum();
    if (items == 0) {
      throw new IllegalArgumentException("parity needs items, and %s has none".formatted(source));
    }
    return new Parity(
        source,
        lists.size(),
        items,
        tally.largest,
        tally.same,
        tally.scores,
        tally.rankChanges,
        tolerance);
  }

  /** Whether no difference is above the tolerance. */
  public boolean holds() {
    return largestDifference <= tolerance;
  }

  /** As a JSON document. */
  public String render(String format) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", format);
    root.put("lists_from", source);
    root.put("lists", lists);
    root.put("items", items);
    root.put("scores", scores);
    root.put("same_bits", sameBits);
    root.put("largest_difference", largestDifference);
    root.put("tolerance", tolerance);
    root.put("rank_changes", rankChanges);
    return Hocon.renderFormatted(root);
  }

  /** Counts while lists go by. */
  private static final class Tally {

    private double largest;
    private long same;
    private long scores;
    private long rankChanges;

    void add(float[] expected, float[] found) {
      if (found.length != expected.length) {
        throw new IllegalStateException(
            "the engine has %s scores where the model has %s"
                .formatted(found.length, expected.length));
      }
      scores += expected.length;
      for (int i = 0; i < expected.length; i++) {
        same += Float.floatToIntBits(expected[i]) == Float.floatToIntBits(found[i]) ? 1 : 0;
        double off = Math.abs((double) expected[i] - found[i]) / Math.max(1, Math.abs(expected[i]));
        // Not Math.max: what is no number must not pass.
        largest = off <= largest ? largest : off;
      }
      rankChanges += order(expected).equals(order(found)) ? 0 : 1;
    }

    private static List<Integer> order(float[] scores) {
      return IntStream.range(0, scores.length)
          .boxed()
          .sorted((i, j) -> Float.compare(scores[j], scores[i]))
          .toList();
    }
  }
}
