package io.rankline.spark.training.worker;

import java.util.List;

/**
 * What workers send each other before they make a ring.
 *
 * @param address that the worker listens on; empty if it cannot
 * @param where it runs
 * @param libraries that it computes with
 * @param fault why it cannot take part; empty if it can
 */
record Arrival(String address, String where, String libraries, String fault) {

  /** Between the parts; none of them has it. */
  private static final String SEPARATOR = "\n";

  static Arrival ofText(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    return new Arrival(parts[0], parts[1], parts[2], parts[3]);
  }

  String text() {
    return String.join(SEPARATOR, address, where, libraries, fault.replace('\n', ' '));
  }

  /** Why these workers cannot train together; empty if they can. */
  static String problem(List<Arrival> all) {
    for (Arrival one : all) {
      if (!one.fault().isEmpty()) {
        return "%s: %s".formatted(one.where(), one.fault());
      }
    }
    return NativeLibraries.differences(
        all.stream().map(Arrival::libraries).toList(), all.stream().map(Arrival::where).toList());
  }
}
