package io.rankline.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.server.model.ModelSettings;
import io.rankline.server.testing.ShopModel;
import io.rankline.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits, and clients that run into them. */
class HostileClientsTest {

  private static final String PATH = "/v1/models/shop:regress";
  private static final String BODY = "{\"examples\": [{\"price\": 5.0}]}";
  private static final int BODY_LIMIT = 100_000;
  private static final Duration SOON = Duration.ofMillis(500);

  @TempDir private static Path base;

  private TestServer server;

  @BeforeAll
  static void export() {
    ShopModel.export(base, "1", 1);
  }

  @BeforeEach
  void start() {
    server = server(SOON);
  }

  private static TestServer server(Duration idleTimeout) {
    return TestServer.of(
        () -> List.of(ModelSettings.latest("shop", base.toString())),
        TestServer.SETTINGS,
        new HttpLimits(
            BODY_LIMIT, 3 * BODY_LIMIT, 2, 1, 30, SOON, idleTimeout, Duration.ofSeconds(5)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertServes() {
    assertThat(server.post(PATH, BODY).body()).isEqualTo("{\n    \"results\": [3.5]\n}");
  }

  private static String length(long bytes) {
    return "Content-Length: " + bytes;
  }

  @Test
  void aBodyThatIsAnnouncedAsTooLongIsRefusedUnread() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.head(PATH, length(1L << 30)));

      String answer = client.rest();
      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("Connection: close");
      assertThat(answer)
          .endsWith(
              "{\n    \"error\": \"the body must have 100000 bytes or less; send fewer lists at"
                  + " once, or start the server with a larger --max-body-bytes\"\n}");
    }
    assertServes();
  }

  @Test
  void aRefusedPathWhoseBodyIsStillOnItsWayEndsTheConnectionAndSaysSo() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.head("/v1/models/shop:unknown", length(100)));

      assertThat(client.rest()).startsWith("HTTP/1.1 400 ").contains("Connection: close");
    }
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.head("/v1/models/shop:unknown", length(2)) + "{}");
      client.send(RawClient.head("/v1/models/shop:unknown", length(100)));

      assertThat(client.rest().split("HTTP/1.1 400 ")).hasSize(3);
    }
  }

  @Test
  void aBodyThatGrowsTooLongIsRefusedAndItsSenderHeard() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.head(PATH, "Transfer-Encoding: chunked"));
      String chunk = "2710\r\n" + " ".repeat(10_000) + "\r\n";
      for (int i = 0; i < 30; i++) {
        client.send(chunk);
      }
      assertThat(client.status()).isEqualTo(413);
    }
    assertServes();
  }

  @Test
  void aPackedBodyThatUnpacksTooLongIsRefused() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[50_000_000]);
    }
    assertThat(packed.size()).isLessThan(BODY_LIMIT);
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.head(PATH, length(packed.size()), "Content-Encoding: gzip"));
      client.send(packed.toByteArray());
      assertThat(client.status()).isEqualTo(413);
    }
  }

  @Test
  void aBodyThatDoesNotComeIsNotWaitedFor() throws Exception {
    try (RawClient slow = new RawClient(server.port())) {
      slow.send(RawClient.head(PATH, length(BODY.length())));
      for (int i = 0; i < 6; i++) {
        slow.send(BODY.substring(i, i + 1)); // never idle for long
        Thread.sleep(SOON.toMillis() / 5);
      }
      assertThat(slow.rest())
          .startsWith("HTTP/1.1 408 ")
          .endsWith("{\n    \"error\": \"the body must be there within 500 ms\"\n}");
    }
    assertServes();
  }

  @Test
  void aBodyThatStopsIsNotWaitedFor() throws IOException {
    try (RawClient silent = new RawClient(server.port())) {
      silent.send(RawClient.head(PATH, length(BODY.length())));

      assertThat(silent.status()).isEqualTo(408);
    }
  }

  @Test
  void halfOpenConnectionsAreClosed() throws IOException {
    try (RawClient nothing = new RawClient(server.port());
        RawClient halfAHead = new RawClient(server.port()).send("POST /v1/mod")) {
      assertServes();
      assertThat(nothing.rest()).isEmpty();
      assertThat(halfAHead.status()).isIn(0, 400, 408);
    }
  }

  @Test
  void bodiesThatAreHeldAreLimitedInAll() throws IOException {
    List<RawClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        RawClient client = new RawClient(server.port());
        slow.add(client);
        client.send(RawClient.head(PATH, length(BODY_LIMIT)));
        client.send(" ".repeat(BODY_LIMIT - 1));
      }
      int refused = 0;
      for (RawClient client : slow) {
        int status = client.status();
        assertThat(status).isIn(429, 408);
        refused += status == 429 ? 1 : 0;
      }
      assertThat(refused).isGreaterThanOrEqualTo(8);
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
    }
    assertServes();
    assertThat(server.get(HttpSettings.METRICS_PATH).body()).contains("\nrankline_held_bytes 0\n");
  }

  @Test
  void whatIsTooMuchIsRefusedAndTheServerStaysWell() throws Exception {
    server.close();
    // A client may take up a connection in the moment in which it is closed for being idle.
    server = server(Duration.ofMinutes(1));
    Map<Integer, LongAdder> ends = new ConcurrentHashMap<>();
    String heavy = "{\"examples\": [" + "{\"price\": 5.0}, ".repeat(5000) + "{\"price\": 5.0}]}";
    ExecutorService clients = Executors.newFixedThreadPool(20);
    CountDownLatch begin = new CountDownLatch(1);
    for (int client = 0; client < 20; client++) {
      clients.execute(
          () -> {
            try {
              begin.await();
              for (int i = 0; i < 10; i++) {
                ends.computeIfAbsent(
                        server.post(PATH, heavy).statusCode(), status -> new LongAdder())
                    .increment();
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    begin.countDown();
    clients.shutdown();
    assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

    assertThat(ends.keySet()).contains(200, 429).isSubsetOf(200, 429, 504);
    assertThat(ends.values().stream().mapToLong(LongAdder::sum).sum()).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      assertServes();
    }
  }

  @Test
  void moreConnectionsThanMayBeOpenWaitForTheirTurn() throws IOException {
    List<RawClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        idle.add(new RawClient(server.port()));
      }
      assertServes(); // those that say nothing are closed, and make room
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
  }
}
