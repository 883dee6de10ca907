package io.rankline.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * A Kubernetes API server without a cluster behind it: it keeps what it is given and tells those
 * who watch. {@link ProcessKubelet} runs its pods.
 */
final class KubernetesApi implements AutoCloseable {

  private final KubernetesMockServer server;

  private KubernetesApi(KubernetesMockServer server) {
    this.server = server;
  }

  static KubernetesApi start() {
    Context context = new Context();
    KubernetesMockServer server =
        new KubernetesMockServer(
            context, new MockWebServer(), new HashMap<>(), new Dispatcher(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    return new KubernetesApi(server);
  }

  /** Its address, without the scheme that Spark has for it. */
  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder().withMasterUrl(url()).build())
        .build();
  }

  @Override
  public void close() {
    server.destroy();
  }

  /** What Spark needs and the library lacks: the first state of a pod, and server-side apply. */
  private static final class Dispatcher extends KubernetesCrudDispatcher {

    private static final String APPLY = "application/apply-patch+yaml";

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
      GenericKubernetesResource created = read(request);
      if (created.getKind().equals("Pod")) {
        created.setAdditionalProperty(
            "status", Map.of("phase", "Pending", "startTime", Instant.now().toString()));
      }
      request.getBody().writeUtf8(Serialization.asJson(created));
      return super.handleCreate(request);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      String type = request.getHeader("Content-Type");
      if (type == null || !type.startsWith(APPLY)) {
        return super.handlePatch(request);
      }
      GenericKubernetesResource applied = read(request);
      applied.getMetadata().setUid(UUID.randomUUID().toString());
      applied.getMetadata().setResourceVersion(String.valueOf(requestResourceVersion()));
      applied.getMetadata().setCreationTimestamp(Instant.now().toString());
      String path = Objects.requireNonNull(request.getPath()).replaceFirst("\\?.*", "");
      AttributeSet key = getKey(path);
      Map.Entry<AttributeSet, String> before = findResource(key);
      String json = Serialization.asJson(applied);
      processEvent(path, key, before == null ? null : before.getKey(), applied, json);
      return new MockResponse().setBody(json);
    }

    private static GenericKubernetesResource read(RecordedRequest request) {
      return Serialization.unmarshal(request.getBody().readUtf8(), GenericKubernetesResource.class);
    }
  }
}
