package io.rankline.server.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sends the requests of a plan. */
public final class LoadTest {

  private final LoadPlan plan;
  private final HttpClient client;
  private final List<HttpRequest> requests = new ArrayList<>();
  private final AtomicLong next = new AtomicLong();

  private LoadTest(LoadPlan plan) {
    this.plan = plan;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(plan.timeout())
            .build();
    for (byte[] body : plan.bodies()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(plan.url())
              .timeout(plan.timeout())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      plan.headers().forEach(request::header);
      requests.add(request.build());
    }
  }

  /** How a request ended, and when it began and ended. */
  private record End(String name, long begin, long end) {}

  /**
   * Sends requests until the time of the plan is over, and waits for the last ones.
   *
   * @throws InterruptedException if the caller is interrupted
   */
  public static LoadReport run(LoadPlan plan) throws InterruptedException {
    LoadTest test = new LoadTest(plan);
    long start = System.nanoTime();
    long from = start + plan.warmUp().toNanos();
    long until = from + plan.time().toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(plan.connections());
    List<Future<List<End>>> running = new ArrayList<>();
    for (int i = 0; i < plan.connections(); i++) {
      running.add(threads.submit(() -> test.send(start, from, until)));
    }
    List<End> ends = new ArrayList<>();
    try {
      for (Future<List<End>> connection : running) {
        ends.addAll(connection.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return report(ends, from);
  }

  private static LoadReport report(List<End> ends, long from) {
    TreeMap<String, Long> counts = new TreeMap<>();
    long last = from + 1;
    for (End end : ends) {
      counts.merge(end.name(), 1L, Long::sum);
      last = Math.max(last, end.end());
    }
    long[] nanos =
        ends.stream()
            .filter(end -> end.name().equals("200"))
            .mapToLong(end -> end.end() - end.begin())
            .toArray();
    return new LoadReport(counts, nanos, (last - from) / 1e9);
  }

  private List<End> send(long start, long from, long until) throws InterruptedException {
    List<End> ends = new ArrayList<>();
    while (true) {
      long number = next.getAndIncrement();
      long due = plan.rate() == 0 ? System.nanoTime() : start + (long) (number * 1e9 / plan.rate());
      if (due >= until) {
        return ends;
      }
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        Thread.sleep(Duration.ofNanos(left).toMillis(), (int) (left % 1_000_000));
      }
      String end = once(requests.get((int) (number % requests.size())));
      if (due >= from) {
        ends.add(new End(end, due, System.nanoTime()));
      }
    }
  }

  private String once(HttpRequest request) throws InterruptedException {
    try {
      return Integer.toString(
          client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }
}
