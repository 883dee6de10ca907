package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.report.BarChart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Histograms of data sets side by side, in per cent of each. */
final class ProfileCharts {

  private static final int MOST_BARS = 24;

  private ProfileCharts() {}

  static BarChart sizes(List<DataProfile> profiles) {
    int largest = profiles.stream().mapToInt(data -> lastKey(data.sizes())).max().orElse(0);
    int width = widthOfBins(largest + 1);
    List<String> categories = new ArrayList<>();
    for (int from = 0; from <= largest; from += width) {
      categories.add(width == 1 ? "" + from : from + "–" + (from + width - 1));
    }
    return chart(
        "Items in a list, % of lists",
        "items",
        "lists",
        profiles,
        categories,
        data -> counts(data.sizes(), categories.size(), size -> size / width));
  }

  static BarChart labels(List<DataProfile> profiles) {
    TreeSet<Double> distinct = new TreeSet<>();
    profiles.forEach(data -> distinct.addAll(data.labels().keySet()));
    List<String> categories = new ArrayList<>();
    ToIntFunction<Double> bin;
    if (distinct.size() <= MOST_BARS) {
      TreeMap<Double, Integer> places = new TreeMap<>();
      for (double label : distinct) {
        places.put(label, places.size());
        categories.add(EpochLine.number(label));
      }
      bin = places::get;
    } else {
      double low = distinct.first();
      double width = (distinct.last() - low) / MOST_BARS;
      for (int i = 0; i < MOST_BARS; i++) {
        categories.add(EpochLine.number(low + i * width));
      }
      bin = label -> Math.min(MOST_BARS - 1, (int) ((label - low) / width));
    }
    return chart(
        "Labels, % of labelled items",
        distinct.size() <= MOST_BARS ? "label" : "label, from",
        "items",
        profiles,
        categories,
        data -> counts(data.labels(), categories.size(), bin));
  }

  private static BarChart chart(
      String title,
      String xTitle,
      String unit,
      List<DataProfile> profiles,
      List<String> categories,
      Function<DataProfile, long[]> counting) {
    List<Series> series = new ArrayList<>();
    for (DataProfile data : profiles) {
      long[] counts = counting.apply(data);
      long all = 0;
      for (long count : counts) {
        all += count;
      }
      double[] shares = new double[counts.length];
      List<String> notes = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        shares[i] = all == 0 ? 0 : 100.0 * counts[i] / all;
        notes.add(
            String.format(
                Locale.ROOT,
                "%s, %s %s: %,d %s (%.1f %%)",
                data.name(),
                xTitle,
                categories.get(i),
                counts[i],
                unit,
                shares[i]));
      }
      series.add(new Series(data.name(), shares, notes));
    }
    return new BarChart(title, xTitle, categories, series);
  }

  private static <K> long[] counts(
      SortedMap<K, Long> values, int categories, ToIntFunction<K> category) {
    long[] counts = new long[categories];
    values.forEach((value, count) -> counts[category.applyAsInt(value)] += count);
    return counts;
  }

  /** 1, 2 or 5 times a power of ten, so that there are not too many bins. */
  private static int widthOfBins(int values) {
    int power = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        if ((long) factor * power * MOST_BARS >= values) {
          return factor * power;
        }
      }
      power *= 10;
    }
  }

  private static int lastKey(SortedMap<Integer, Long> sizes) {
    return sizes.isEmpty() ? 0 : sizes.lastKey();
  }
}
