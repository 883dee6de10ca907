package io.rankline.spark.convert;

import io.rankline.spark.terminal.UsageException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parts that queries are split into, by a hash of seed and query: every item of a query is in the
 * same part, and the part does not depend on the other queries, on files, or on their order.
 *
 * @param names of the parts; one empty name for all in one place
 * @param fractions share of each part, together 1
 * @param seed other seeds deal differently
 */
public record Splits(List<String> names, List<Double> fractions, long seed)
    implements Serializable {

  private static final double ROUNDING = 1e-6;

  public Splits {
    names = List.copyOf(names);
    fractions = List.copyOf(fractions);
  }

  /** Everything in one part without name. */
  public static Splits none(long seed) {
    return new Splits(List.of(""), List.of(1.0), seed);
  }

  /**
   * Reads {@code train=0.8,vali=0.1,test=0.1}.
   *
   * @throws UsageException for all faults at once
   */
  public static Splits parse(String text, long seed) {
    List<String> names = new ArrayList<>();
    List<Double> fractions = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    double sum = 0;
    for (String part : Arrays.asList(text.split(",", -1))) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
      double fraction = equals < 0 ? Double.NaN : number(part.substring(equals + 1).strip());
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
        problems.add("name '%s' must be letters, digits, _ or -".formatted(name));
      }
      if (!seen.add(name)) {
        problems.add("'%s' is named twice".formatted(name));
      }
      if (!(fraction > 0 && fraction <= 1)) {
        problems.add("'%s' must be NAME=FRACTION, above 0 and at most 1".formatted(part.strip()));
      }
      names.add(name);
      fractions.add(fraction);
      sum += fraction;
    }
    if (problems.isEmpty() && Math.abs(sum - 1) > ROUNDING) {
      problems.add("fractions must sum to 1, got " + Math.rint(sum * 1e6) / 1e6);
    }
    if (!problems.isEmpty()) {
      throw new UsageException("--split: " + String.join("; ", problems));
    }
    return new Splits(names, fractions, seed);
  }

  int count() {
    return names.size();
  }

  /** Number of the part that a query is in. */
  int partOf(String query) {
    double point = (hash(query, seed) >>> 11) * 0x1.0p-53;
    double upTo = 0;
    for (int part = 0; part < fractions.size() - 1; part++) {
      upTo += fractions.get(part);
      if (point < upTo) {
        return part;
      }
    }
    return fractions.size() - 1;
  }

  /** Which of {@code shards} files of its part a query is in. */
  public int shardOf(String query, int shards) {
    return (int) Long.remainderUnsigned(hash(query, ~seed), shards);
  }

  /** FNV-1a over the characters, then MurmurHash3's finalizer: fixed for ever, unlike hashCode. */
  private static long hash(String text, long seed) {
    long hash = 0xcbf29ce484222325L ^ seed * 0x9e3779b97f4a7c15L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN; // refused with the other faults
    }
  }
}
