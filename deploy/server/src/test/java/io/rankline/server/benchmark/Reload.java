package io.rankline.server.benchmark;

import io.rankline.server.model.ModelChoice;
import io.rankline.server.model.ModelLease;
import io.rankline.server.status.RequestFault;
import io.rankline.server.testing.TestServer;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Versions that take each other's place while connections send requests without pauses. */
final class Reload {

  private final WebModel model;
  private final TestServer server;
  private final Path base;
  private final AtomicBoolean over = new AtomicBoolean();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();

  Reload(WebModel model, TestServer server, Path base) {
    this.model = model;
    this.server = server;
    this.base = base;
  }

  /** Copies version 1 as so many newer ones, and says how requests and memory fared. */
  String of(int versions, int connections) throws Exception {
    System.gc();
    long before = Overload.heap();
    ExecutorService clients = Executors.newFixedThreadPool(connections);
    List<Future<?>> running = new ArrayList<>();
    for (int client = 0; client < connections; client++) {
      running.add(clients.submit(this::send));
    }
    List<WeakReference<SavedRankingModel>> old = new ArrayList<>();
    for (int version = 2; version <= versions + 1; version++) {
      old.add(served());
      Path staged = base.resolve("staged");
      copy(base.resolve("1"), staged);
      Files.move(staged, base.resolve(Integer.toString(version)));
      server.poll();
      Thread.sleep(500);
    }
    over.set(true);
    for (Future<?> client : running) {
      client.get();
    }
    clients.shutdown();
    int left = 0;
    for (int i = 0; i < 20; i++) {
      System.gc();
      left = (int) old.stream().filter(model -> model.get() != null).count();
    }
    return "%s versions: %s answered, %s failed; %s of the old ones in memory; heap %s MiB before, %s after"
        .formatted(versions, answered, failed, left, before >> 20, Overload.heap() >> 20);
  }

  private WeakReference<SavedRankingModel> served() throws RequestFault {
    try (ModelLease lease = server.models().lease(ModelChoice.latest("web"))) {
      return new WeakReference<>(lease.model());
    }
  }

  private Void send() throws IOException {
    try (Connection connection = new Connection(server.port())) {
      for (int i = 0; !over.get(); i++) {
        (connection.exchange(model.request(i)) == 200 ? answered : failed).increment();
      }
    }
    return null;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
