package io.rankline.pipeline;

import io.rankline.pipeline.session.EpochTotals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Numbers by name as one text, as checkpoints keep them: {@code best=0.5;wait=3.0}. */
final class TextState {

  private TextState() {}

  static String of(Map<String, Double> values) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (name, value) ->
                text.append(text.isEmpty() ? "" : ";").append(name).append('=').append(value));
    return text.toString();
  }

  static Map<String, Double> values(String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(';', from);
      int until = end < 0 ? text.length() : end;
      int equals = text.lastIndexOf('=', until - 1);
      values.put(text.substring(from, equals), Double.valueOf(text.substring(equals + 1, until)));
      from = until + 1;
    }
    return values;
  }

  static String of(EpochTotals totals) {
    return of(
        Map.of(
            "loss", totals.lossSum(),
            "steps", (double) totals.steps(),
            "lists", (double) totals.lists(),
            "items", (double) totals.items(),
            "training", (double) totals.training().toNanos(),
            "waiting", (double) totals.waiting().toNanos()));
  }

  static EpochTotals totals(String text) {
    Map<String, Double> values = values(text);
    return new EpochTotals(
        values.getOrDefault("loss", 0.0),
        whole(values, "steps"),
        whole(values, "lists"),
        whole(values, "items"),
        Duration.ofNanos(whole(values, "training")),
        Duration.ofNanos(whole(values, "waiting")));
  }

  private static long whole(Map<String, Double> values, String name) {
    return values.getOrDefault(name, 0.0).longValue();
  }
}
