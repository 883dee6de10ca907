package io.rankline.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.server.model.ModelSettings;
import io.rankline.server.testing.ShopModel;
import io.rankline.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelServerTest {

  private static final String PATH = "/v1/models/shop:regress";
  private static final String BODY = "{\"examples\": [{\"price\": 5.0}]}";
  private static final String ANSWER = "{\n    \"results\": [3.5]\n}";

  @TempDir private static Path base;

  @BeforeAll
  static void export() {
    ShopModel.export(base.resolve("shop"), "1", 1);
  }

  private static List<ModelSettings> shop() {
    return List.of(ModelSettings.latest("shop", base.resolve("shop").toString()));
  }

  private static HttpSettings settings(
      Optional<HttpSettings.Tls> tls, List<String> keys, List<String> log) {
    return new HttpSettings(
        "127.0.0.1", 0, tls, keys, HttpSettings.METRICS_PATH, Optional.of(log::add));
  }

  @Test
  void itIsReadyWhenEveryModelHasAVersion() {
    List<ModelSettings> two =
        List.of(shop().get(0), ModelSettings.latest("late", base.resolve("late").toString()));
    try (TestServer server = TestServer.of(() -> two)) {
      assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = server.get("/v2/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("no version of late is served yet\n");

      ShopModel.export(base.resolve("late"), "1", 1);
      server.poll();
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void metricsCountRequestsByModelAndEnd() {
    try (TestServer server = TestServer.of(ModelServerTest::shop)) {
      server.post(PATH, BODY);
      server.post(PATH, BODY);
      server.post(PATH, "{");
      server.post("/v1/models/unknown:regress", BODY);

      HttpResponse<String> metrics = server.get("/monitoring/prometheus/metrics");
      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(metrics.body())
          .contains(
              """
              # TYPE :tensorflow:serving:request_count counter
              :tensorflow:serving:request_count{model_name="",status="NOT_FOUND"} 1
              :tensorflow:serving:request_count{model_name="shop",status="INVALID_ARGUMENT"} 1
              :tensorflow:serving:request_count{model_name="shop",status="OK"} 2
              """)
          .contains(
              ":tensorflow:serving:request_latency_count{model_name=\"shop\",API=\"regress\","
                  + "entrypoint=\"REST\"} 3\n")
          .contains("le=\"+Inf\"} 3\n")
          .contains("\nrankline_scored_items{model_name=\"shop\"} 2\n")
          .contains("\nrankline_model_version_available{model_name=\"shop\",version=\"1\"} 1\n");
    }
  }

  @Test
  void whereThereAreKeysOneIsNeeded() {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    try (TestServer server =
        TestServer.of(
            ModelServerTest::shop,
            settings(Optional.empty(), List.of("one", "two"), log),
            TestServer.LIMITS)) {
      HttpResponse<String> without = server.post(PATH, BODY);
      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(without.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(without.body())
          .isEqualTo(
              "{\n    \"error\": \"an API key is needed, as 'Authorization: Bearer KEY' or"
                  + " 'X-API-Key: KEY'\"\n}");
      String[][] others = {
        {"Authorization", "Bearer on", "401"},
        {"Authorization", "Basic one", "401"},
        {"Authorization", "Bearer two", "200"},
        {"X-API-Key", "one", "200"},
      };
      for (String[] other : others) {
        assertThat(
                server
                    .send(PATH, "POST", BodyPublishers.ofString(BODY), other[0], other[1])
                    .statusCode())
            .as(other[1])
            .isEqualTo(Integer.parseInt(other[2]));
      }
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
      assertThat(server.get(HttpSettings.METRICS_PATH).statusCode()).isEqualTo(401);
    }
    assertThat(log.get(0))
        .matches("127\\.0\\.0\\.1 \\[.+] \"POST /v1/models/shop:regress HTTP/1.1\" 401 .+");
  }

  @Test
  void certificatesAreReadFromPem(@TempDir Path folder) throws Exception {
    KeyStore store = selfSigned(folder);
    String password = "secret";
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("test").getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey("test", password.toCharArray()).getEncoded()));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", store.getCertificate("test"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();

    try (TestServer server =
        TestServer.of(
            ModelServerTest::shop,
            settings(
                Optional.of(new HttpSettings.Tls(certificate, key)), List.of(), new ArrayList<>()),
            TestServer.LIMITS)) {
      URI uri = URI.create("https://localhost:%s%s".formatted(server.port(), PATH));
      HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(BODY)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .isEqualTo(ANSWER);
    }

    HttpSettings swapped =
        settings(
            Optional.of(new HttpSettings.Tls(certificate, certificate)),
            List.of(),
            new ArrayList<>());
    assertThatThrownBy(
            () -> TestServer.of(ModelServerTest::shop, swapped, TestServer.LIMITS).close())
        .hasRootCauseMessage(
            "%s holds no 'BEGIN PRIVATE KEY'; convert another form with: openssl pkcs8 -topk8"
                    .formatted(certificate)
                + " -nocrypt");
  }

  @Test
  void requestsUnderWayAreAnsweredBeforeItStops() throws Exception {
    TestServer server = TestServer.of(ModelServerTest::shop);
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.head(PATH, "Content-Length: " + BODY.length()));
      client.send(BODY.substring(0, 5));
      Thread.sleep(200); // until the server has it
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
      Thread.sleep(200);
      client.send(BODY.substring(5));

      assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith(ANSWER);
      stopped.get(10, TimeUnit.SECONDS);
    } finally {
      server.close();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (TestServer server = TestServer.of(ModelServerTest::shop)) {
      HttpSettings same =
          new HttpSettings(
              "127.0.0.1",
              server.port(),
              Optional.empty(),
              List.of(),
              HttpSettings.METRICS_PATH,
              Optional.empty());
      assertThatThrownBy(
              () -> TestServer.of(ModelServerTest::shop, same, TestServer.LIMITS).close())
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot listen at 127.0.0.1:%s: Address already in use; is another server running"
                      .formatted(server.port())
                  + " there?");
    }
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
  }

  private static KeyStore selfSigned(Path folder) throws Exception {
    Path file = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }
}
