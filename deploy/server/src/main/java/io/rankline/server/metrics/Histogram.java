package io.rankline.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Latencies in microseconds, in the buckets of TensorFlow Serving. */
final class Histogram {

  private static final int BUCKETS = 33;
  private static final double FIRST = 10;
  private static final double GROWTH = 1.8;

  private final LongAdder[] counts = new LongAdder[BUCKETS + 1];
  private final LongAdder sum = new LongAdder();

  Histogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void add(long micros) {
    int bucket = 0;
    for (double bound = FIRST; bucket < BUCKETS && micros > bound; bound *= GROWTH) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(micros);
  }

  /** Lines of the text format. */
  void writeTo(StringBuilder out, String name, String labels) {
    long below = 0;
    double bound = FIRST;
    for (int i = 0; i < BUCKETS; i++, bound *= GROWTH) {
      below += counts[i].sum();
      line(out, name + "_bucket", labels + ",le=\"" + Math.round(bound) + "\"", below);
    }
    below += counts[BUCKETS].sum();
    line(out, name + "_bucket", labels + ",le=\"+Inf\"", below);
    line(out, name + "_sum", labels, sum.sum());
    line(out, name + "_count", labels, below);
  }

  static void line(StringBuilder out, String name, String labels, long value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }
}
