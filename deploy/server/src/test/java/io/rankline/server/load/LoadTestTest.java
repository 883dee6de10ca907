package io.rankline.server.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.server.model.ModelSettings;
import io.rankline.server.testing.ShopModel;
import io.rankline.server.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTestTest {

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path base) {
    ShopModel.export(base, "1", 1);
    server = TestServer.of(() -> List.of(ModelSettings.latest("shop", base.toString())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static LoadPlan plan(double rate, String... bodies) {
    return new LoadPlan(
        URI.create("http://127.0.0.1:%s/v1/models/shop:regress".formatted(server.port())),
        List.of(bodies).stream().map(body -> body.getBytes(StandardCharsets.UTF_8)).toList(),
        Map.of("X-Test", "1"),
        2,
        rate,
        Duration.ZERO,
        Duration.ofMillis(500),
        Duration.ofSeconds(10));
  }

  @Test
  void everyAnswerOfAServerThatIsWellCounts() throws InterruptedException {
    LoadReport report = LoadTest.run(plan(0, "{\"examples\": [{\"price\": 5.0}]}"));

    assertThat(report.isClean()).isTrue();
    assertThat(report.ends()).containsOnlyKeys("200");
    assertThat(report.ends().get("200")).isEqualTo(report.nanos().length).isGreaterThan(10);
  }

  @Test
  void requestsComeAtTheRateThatIsAskedFor() throws InterruptedException {
    LoadReport report = LoadTest.run(plan(100, "{\"examples\": [{\"price\": 5.0}]}"));

    assertThat(report.ends()).containsExactly(Map.entry("200", 50L));
  }

  @Test
  void refusalsAreCountedByTheirStatus() throws InterruptedException {
    LoadReport report = LoadTest.run(plan(100, "{\"examples\": [{\"price\": 5.0}]}", "{}"));

    assertThat(report.isClean()).isFalse();
    assertThat(report.ends()).containsExactly(Map.entry("200", 25L), Map.entry("400", 25L));
    assertThat(report.nanos()).hasSize(25);
  }

  @Test
  void aReportHasRateAndQuantiles() {
    long[] nanos = new long[100];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (100 - i) * 1_000_000L;
    }

    assertThat(new LoadReport(new TreeMap<>(Map.of("200", 100L, "429", 7L)), nanos, 2))
        .hasToString(
            """
            50.0 requests/s answered with 200, over 2.0 s
            latency p50 50.00 ms, p90 90.00 ms, p99 99.00 ms, most 100.00 ms
            ends: {200=100, 429=7}\
            """);
  }

  @Test
  void wrongPlansAreRefused() {
    assertThatThrownBy(() -> plan(-1, "{}"))
        .hasMessage("rate must be 0 (as fast as it goes) or more, got -1.0");
    assertThatThrownBy(() -> plan(0)).hasMessage("body must be a file or more, got none");
  }
}
