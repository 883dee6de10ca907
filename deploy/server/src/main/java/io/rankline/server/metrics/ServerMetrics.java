package io.rankline.server.metrics;

import io.rankline.server.model.ServedModels;
import io.rankline.server.model.VersionState;
import io.rankline.server.model.VersionStatus;
import io.rankline.server.status.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of requests by model and end, and their latencies, under TensorFlow Serving's names;
 * everything else under names that begin with {@code rankline_}. Safe for use by several threads.
 */
public final class ServerMetrics {

  private static final String REQUESTS = ":tensorflow:serving:request_count";
  private static final String LATENCY = ":tensorflow:serving:request_latency";

  private final ServedModels models;
  private final List<Gauge> gauges;
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, Histogram> latencies = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> items = new ConcurrentHashMap<>();

  /** Metrics of those models, and gauges beside them. */
  public ServerMetrics(ServedModels models, List<Gauge> gauges) {
    this.models = models;
    this.gauges = List.copyOf(gauges);
  }

  /**
   * Counts a request that has ended.
   *
   * @param model what it named; counted under no name unless it is served, so that callers do not
   *     make metrics
   * @param verb as {@code predict}
   * @param scored how many items it had scores for
   */
  public void ended(
      String model, String verb, Entrypoint entrypoint, StatusCode code, long nanos, long scored) {
    String name = "model_name=\"%s\"".formatted(models.isServed(model) ? escaped(model) : "");
    count(requests, name + ",status=\"" + code + "\"", 1);
    if (scored > 0) {
      count(items, name, scored);
    }
    latencies
        .computeIfAbsent(
            name + ",API=\"" + verb + "\",entrypoint=\"" + entrypoint + "\"",
            labels -> new Histogram())
        .add(nanos / 1000);
  }

  /** The text format of Prometheus, version 0.0.4. */
  public String text() {
    StringBuilder out = new StringBuilder(4096);
    head(out, REQUESTS, "counter", "requests by model and status");
    counters(out, REQUESTS, requests);
    head(out, LATENCY, "histogram", "microseconds from the request's head to its answer");
    new TreeMap<>(latencies)
        .forEach((labels, histogram) -> histogram.writeTo(out, LATENCY, labels));
    head(out, "rankline_scored_items", "counter", "items that were scored");
    counters(out, "rankline_scored_items", items);
    head(out, "rankline_model_version_available", "gauge", "1 for a version that is served");
    SortedMap<String, List<VersionStatus>> statuses = models.statuses();
    statuses.forEach(
        (name, versions) -> {
          for (VersionStatus version : versions) {
            Histogram.line(
                out,
                "rankline_model_version_available",
                "model_name=\"%s\",version=\"%s\"".formatted(escaped(name), version.version()),
                version.state() == VersionState.AVAILABLE ? 1 : 0);
          }
        });
    for (Gauge gauge : gauges) {
      head(out, "rankline_" + gauge.name(), "gauge", gauge.help());
      Histogram.line(out, "rankline_" + gauge.name(), "", gauge.value().getAsLong());
    }
    return out.toString();
  }

  private static void count(Map<String, LongAdder> counters, String labels, long more) {
    counters.computeIfAbsent(labels, first -> new LongAdder()).add(more);
  }

  private static void counters(StringBuilder out, String name, Map<String, LongAdder> counters) {
    new TreeMap<>(counters)
        .forEach((labels, count) -> Histogram.line(out, name, labels, count.sum()));
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
