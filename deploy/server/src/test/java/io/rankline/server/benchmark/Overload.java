package io.rankline.server.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Twenty times as many connections as processors without pauses, slow clients and half-open
 * connections among them.
 */
final class Overload {

  private final WebModel model;
  private final int port;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();
  private long mostHeap;

  Overload(WebModel model, int port) {
    this.model = model;
    this.port = port;
  }

  /** How requests ended, by status. */
  SortedMap<String, LongAdder> of(double seconds) throws Exception {
    ExecutorService clients = Executors.newCachedThreadPool();
    List<Future<?>> running = new ArrayList<>();
    for (int client = 0; client < 20 * Runtime.getRuntime().availableProcessors(); client++) {
      running.add(clients.submit(this::eager));
    }
    running.add(clients.submit(this::hostile));
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      Thread.sleep(200);
      mostHeap = Math.max(mostHeap, heap());
    }
    over.set(true);
    for (Future<?> client : running) {
      client.get();
    }
    clients.shutdown();
    return new TreeMap<>(ends);
  }

  /** The most bytes that the heap held meanwhile. */
  long mostHeap() {
    return mostHeap;
  }

  static long heap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private Void eager() {
    while (!over.get()) {
      try (Connection connection = new Connection(port)) {
        for (int i = 0; !over.get(); i++) {
          count(Integer.toString(connection.exchange(model.request(i))));
        }
      } catch (IOException e) {
        count("closed");
      }
    }
    return null;
  }

  /** Half-open connections, half bodies, and bodies of a GiB. */
  private Void hostile() throws Exception {
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n"
            .formatted(WebModel.PATH)
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer huge = ByteBuffer.wrap(head);
    List<Connection> open = new ArrayList<>();
    while (!over.get()) {
      try {
        Connection halfOpen = new Connection(port);
        halfOpen.send(model.request(0), 20);
        Connection slow = new Connection(port);
        slow.send(model.request(0), 100_000);
        open.addAll(List.of(halfOpen, slow));
        try (Connection giant = new Connection(port)) {
          count("GiB " + giant.exchange(huge));
        }
      } catch (IOException e) {
        count("hostile closed");
      }
      Thread.sleep(100);
    }
    for (Connection connection : open) {
      connection.close();
    }
    return null;
  }

  private void count(String end) {
    ends.computeIfAbsent(end, first -> new LongAdder()).increment();
  }
}
