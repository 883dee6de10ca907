package io.rankline.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.Storage;
import io.rankline.server.status.RequestFault;
import io.rankline.server.testing.ShopModel;
import io.rankline.server.testing.TestServer;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotReloadTest {

  private static final String BODY = "{\"examples\": [{\"price\": 5.0}]}";
  private static final String FIRST = "{\n    \"results\": [3.5]\n}";
  private static final String SECOND = "{\n    \"results\": [4.5]\n}";

  private static final ModelChoice STABLE =
      new ModelChoice("shop", OptionalLong.empty(), Optional.of("stable"));

  private static TestServer serve(Path base) {
    return TestServer.of(() -> List.of(ModelSettings.latest("shop", base.toString())));
  }

  private static String score(TestServer server) {
    return server.post("/v1/models/shop:regress", BODY).body();
  }

  private static List<String> states(TestServer server) {
    List<String> states = new ArrayList<>();
    for (VersionStatus status : server.models().statuses().getOrDefault("shop", List.of())) {
      states.add(status.version() + " " + status.state());
    }
    return states;
  }

  @Test
  void noRequestFailsWhileVersionsChange(@TempDir Path base) throws Exception {
    ShopModel.export(base, "1", 1);
    try (TestServer server = serve(base)) {
      AtomicBoolean ended = new AtomicBoolean();
      Semaphore answers = new Semaphore(0);
      List<String> failed = Collections.synchronizedList(new ArrayList<>());
      ExecutorService clients = Executors.newFixedThreadPool(4);
      for (int client = 0; client < 4; client++) {
        clients.execute(
            () -> {
              while (!ended.get()) {
                HttpResponse<String> response = server.post("/v1/models/shop:regress", BODY);
                answers.release();
                if (response.statusCode() != 200) {
                  failed.add(response.body());
                }
              }
            });
      }
      for (int version = 2; version <= 6; version++) {
        ShopModel.export(base, Integer.toString(version), version);
        server.poll();
        assertThat(answers.tryAcquire(20, 30, TimeUnit.SECONDS)).isTrue();
      }
      ended.set(true);
      clients.shutdown();
      assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

      assertThat(failed).isEmpty();
      assertThat(score(server)).isEqualTo("{\n    \"results\": [8.5]\n}");
      assertThat(states(server))
          .containsExactly("6 AVAILABLE", "5 END", "4 END", "3 END", "2 END", "1 END");
    }
  }

  @Test
  void aVersionInUseStaysAndItsMemoryGoesAfterIt(@TempDir Path base) throws Exception {
    ShopModel.export(base, "1", 1);
    try (TestServer server = serve(base)) {
      WeakReference<SavedRankingModel> old = useThroughAReload(server, base);
      assertThat(states(server)).containsExactly("2 AVAILABLE", "1 END");
      for (int i = 0; i < 50 && old.get() != null; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(old.get()).isNull();
    }
  }

  /** Holds version 1 while version 2 comes, and nothing of it afterwards. */
  private static WeakReference<SavedRankingModel> useThroughAReload(TestServer server, Path base)
      throws RequestFault {
    try (ModelLease lease = server.models().lease(ModelChoice.latest("shop"))) {
      ShopModel.export(base, "2", 2);
      server.poll();

      assertThat(states(server)).containsExactly("2 AVAILABLE", "1 UNLOADING");
      assertThat(lease.model().predict(ShopModel.elwc(5))).containsExactly(3.5f);
      return new WeakReference<>(lease.model());
    }
  }

  @Test
  void aFolderThatIsBeingCopiedIsServedWhenItIsWhole(@TempDir Path base) throws Exception {
    ShopModel.export(base, "1", 1);
    ShopModel.export(base.resolve("elsewhere"), "2", 2);
    try (TestServer server = serve(base)) {
      Path source = base.resolve("elsewhere").resolve("2");
      Path target = Files.createDirectory(base.resolve("2"));
      server.poll();
      assertThat(states(server)).containsExactly("1 AVAILABLE");

      Files.copy(source.resolve("ranking_model.json"), target.resolve("ranking_model.json"));
      byte[] network = Files.readAllBytes(source.resolve("network.zip"));
      Files.write(target.resolve("network.zip"), Arrays.copyOf(network, network.length / 2));
      server.poll();
      assertThat(states(server)).containsExactly("2 END", "1 AVAILABLE");
      assertThat(score(server)).isEqualTo(FIRST);
      assertThat(server.get("/v1/models/shop/versions/2").body())
          .contains(
              "\"error_code\": \"FAILED_PRECONDITION\"", "network.zip: is damaged: its SHA-256");

      Files.write(target.resolve("network.zip"), network);
      Thread.sleep(1100); // the first retry comes after a second
      server.poll();
      assertThat(states(server)).containsExactly("2 AVAILABLE", "1 END");
      assertThat(score(server)).isEqualTo(SECOND);
    }
  }

  @Test
  void whatIsServedStaysWhereNothingIsFound(@TempDir Path base) throws IOException {
    ShopModel.export(base.resolve("a"), "1", 1);
    try (TestServer server = serve(base.resolve("a"))) {
      Files.move(base.resolve("a"), base.resolve("b"));
      server.poll();

      assertThat(score(server)).isEqualTo(FIRST);
    }
  }

  @Test
  void modelsComeAndGoWithTheirSource(@TempDir Path base) throws Exception {
    ShopModel.export(base.resolve("a"), "1", 1);
    ShopModel.export(base.resolve("a"), "2", 2);
    List<ModelSettings> models = new ArrayList<>();
    models.add(ModelSettings.latest("shop", base.resolve("a").toString()));
    try (ServedModels served = new ServedModels(Storage.ofClassPath(), () -> List.copyOf(models))) {
      served.pollVersions();
      assertThat(versionOf(served, "shop")).isEqualTo("2");

      models.set(
          0,
          new ModelSettings(
              "shop", base.resolve("a").toString(), new VersionPolicy.All(), Map.of("old", 1L)));
      models.add(ModelSettings.latest("other", base.resolve("a").toString()));
      served.pollSource();
      assertThat(versionOf(served, "shop")).isEqualTo("2");
      assertThat(versionOf(served, "other")).isEqualTo("2");
      try (ModelLease old =
          served.lease(new ModelChoice("shop", OptionalLong.empty(), Optional.of("old")))) {
        assertThat(old.version()).isEqualTo(1);
      }

      models.remove(0);
      served.pollSource();
      assertThat(versionOf(served, "shop"))
          .isEqualTo("Servable not found for request: Latest(shop)");
      assertThat(versionOf(served, "other")).isEqualTo("2");
    }
  }

  @Test
  void whoLooksForAVersionWhileTwoChangePlacesFindsOneOfThem(@TempDir Path base) throws Exception {
    ShopModel.export(base, "1", 1);
    ShopModel.export(base, "2", 2);
    List<ModelSettings> models = new ArrayList<>(List.of(stable(base, 1)));
    try (ServedModels served = new ServedModels(Storage.ofClassPath(), () -> List.copyOf(models))) {
      served.pollVersions();
      AtomicBoolean ended = new AtomicBoolean();
      Set<String> found = ConcurrentHashMap.newKeySet();
      ExecutorService requests = Executors.newFixedThreadPool(4);
      for (int request = 0; request < 4; request++) {
        ModelChoice choice = request % 2 == 0 ? ModelChoice.latest("shop") : STABLE;
        requests.execute(
            () -> {
              while (!ended.get()) {
                found.add(versionOf(served, choice));
              }
            });
      }
      for (int change = 0; change < 200; change++) {
        models.set(0, stable(base, change % 2 == 0 ? 2 : 1));
        served.pollSource();
      }
      ended.set(true);
      requests.shutdown();
      assertThat(requests.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

      assertThat(found).containsExactlyInAnyOrder("1", "2");
    }
  }

  @Test
  void aLabelStaysAtItsVersionUntilTheNextOneIsThere(@TempDir Path base) throws Exception {
    ShopModel.export(base, "1", 1);
    ShopModel.export(base, "3", 3);
    List<ModelSettings> models = new ArrayList<>(List.of(stable(base, 1)));
    try (ServedModels served = new ServedModels(Storage.ofClassPath(), () -> List.copyOf(models))) {
      served.pollVersions();
      models.set(
          0,
          new ModelSettings(
              "shop",
              base.toString(),
              new VersionPolicy.Specific(new TreeSet<>(Set.of(2L, 3L))),
              Map.of("stable", 2L)));
      served.pollSource();

      assertThat(versionOf(served, ModelChoice.latest("shop"))).isEqualTo("3");
      assertThat(versionOf(served, STABLE)).isEqualTo("1");

      ShopModel.export(base, "2", 2);
      served.pollVersions();

      assertThat(versionOf(served, STABLE)).isEqualTo("2");
      assertThat(served.statuses().get("shop"))
          .extracting(status -> status.version() + " " + status.state())
          .containsExactly("3 AVAILABLE", "2 AVAILABLE", "1 END");
    }
  }

  private static ModelSettings stable(Path base, long version) {
    return new ModelSettings(
        "shop",
        base.toString(),
        new VersionPolicy.Specific(new TreeSet<>(Set.of(version))),
        Map.of("stable", version));
  }

  private static String versionOf(ServedModels models, String name) {
    return versionOf(models, ModelChoice.latest(name));
  }

  private static String versionOf(ServedModels models, ModelChoice choice) {
    try (ModelLease lease = models.lease(choice)) {
      return Long.toString(lease.version());
    } catch (RequestFault e) {
      return e.text();
    }
  }
}
