package io.rankline.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Threads and live heap of JVMs, looked at again and again. */
final class JvmLook {

  private static final int SECONDS = 20;
  private static final double MEBIBYTE = 1 << 20;

  /** At one moment. */
  record Size(long threads, double heap) {}

  private final Map<Long, List<Size>> sizes = new TreeMap<>();

  /** Looks at each of these, and collects their garbage. */
  void look(Collection<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      List<String> threads = ask(process.pid(), "Thread.print");
      List<String> heap = ask(process.pid(), "GC.class_histogram");
      String total = heap.isEmpty() ? "" : heap.get(heap.size() - 1);
      if (total.startsWith("Total")) {
        long count = threads.stream().filter(line -> line.startsWith("\"")).count();
        double bytes = Long.parseLong(total.strip().split("\\s+", -1)[2]);
        sizes
            .computeIfAbsent(process.pid(), pid -> new ArrayList<>())
            .add(new Size(count, bytes / MEBIBYTE));
      }
    }
  }

  /** First and last of the JVM that was looked at most often. */
  String longest() {
    return sizes.values().stream()
        .max((a, b) -> Integer.compare(a.size(), b.size()))
        .filter(list -> list.size() > 1)
        .map(
            list ->
                "%s looks, threads %s to %s, live heap %.1f to %.1f MiB"
                    .formatted(
                        list.size(),
                        list.get(0).threads(),
                        list.get(list.size() - 1).threads(),
                        list.get(0).heap(),
                        list.get(list.size() - 1).heap()))
        .orElse("none lived long enough");
  }

  private static List<String> ask(long pid, String what) {
    try {
      Process process =
          new ProcessBuilder("timeout", "" + SECONDS, "jcmd", "" + pid, what)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(Duration.ofSeconds(SECONDS).toMillis(), TimeUnit.MILLISECONDS);
      return said.lines().toList();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
