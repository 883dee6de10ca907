package io.rankline.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the pods of a {@link KubernetesApi} as processes of this machine, and tells their state. */
final class ProcessKubelet implements AutoCloseable {

  private static final int MILLIS_BETWEEN_LOOKS = 200;

  private final KubernetesClient client;
  private final PodImage image;
  private final Path folder = Path.of("target", "pods").toAbsolutePath();
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private @Nullable ScheduledFuture<?> looking;
  private final Map<String, ChildProcess> running = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  private ProcessKubelet(KubernetesClient client, PodImage image) {
    this.client = client;
    this.image = image;
  }

  /** Starts to look for pods. What they wrote is kept under target/pods, to look at. */
  static ProcessKubelet start(KubernetesApi api, PodImage image) throws IOException {
    ProcessKubelet kubelet = new ProcessKubelet(api.client(), image);
    if (Files.exists(kubelet.folder)) {
      try (Stream<Path> before = Files.walk(kubelet.folder)) {
        before.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
    Files.createDirectories(kubelet.folder);
    kubelet.looking =
        kubelet.looks.scheduleWithFixedDelay(
            kubelet::look, 0, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
    return kubelet;
  }

  /** What the pod's process has written so far. */
  Path log(String pod) {
    return folder.resolve(pod + ".log");
  }

  /** The pods of such names that have been started, whatever became of them, in their order. */
  synchronized List<String> started(String pattern) {
    return Stream.concat(running.keySet().stream(), ended.stream())
        .filter(name -> name.matches(pattern))
        .sorted()
        .toList();
  }

  /** Ends the pod's process as a machine that is lost does: nothing in it learns of it. */
  synchronized void kill(String pod) {
    Objects.requireNonNull(running.get(pod), pod).kill();
  }

  private synchronized void look() {
    try {
      Map<String, Pod> pods = new HashMap<>();
      client.pods().inAnyNamespace().list().getItems().forEach(pod -> pods.put(name(pod), pod));
      for (Map.Entry<String, Pod> pod : pods.entrySet()) {
        ChildProcess process = running.get(pod.getKey());
        if (process != null) {
          OptionalInt status = process.status();
          if (status.isPresent()) {
            running.remove(pod.getKey());
            ended.add(pod.getKey());
            tell(pod.getValue(), status);
          }
        } else if (!ended.contains(pod.getKey()) && image.isReady(pod.getValue(), client)) {
          running.put(pod.getKey(), image.start(pod.getValue(), client, folder));
          tell(pod.getValue(), OptionalInt.empty());
        }
      }
      // Their pods were deleted.
      running.entrySet().removeIf(process -> closed(process, pods));
    } catch (KubernetesClientException e) {
      // The next look asks again; a server that is gone ends the test, not this thread.
      return;
    }
  }

  private boolean closed(Map.Entry<String, ChildProcess> process, Map<String, Pod> pods) {
    if (pods.containsKey(process.getKey())) {
      return false;
    }
    process.getValue().close();
    ended.add(process.getKey());
    return true;
  }

  private void tell(Pod pod, OptionalInt status) {
    ContainerStatusBuilder container =
        new ContainerStatusBuilder()
            .withName(pod.getSpec().getContainers().get(0).getName())
            .withImage(pod.getSpec().getContainers().get(0).getImage());
    String phase;
    if (status.isEmpty()) {
      phase = "Running";
      container.withNewState().withNewRunning().endRunning().endState();
    } else {
      phase = status.getAsInt() == 0 ? "Succeeded" : "Failed";
      container
          .withNewState()
          .withNewTerminated()
          .withExitCode(status.getAsInt())
          .withReason(status.getAsInt() == 0 ? "Completed" : "Error")
          .endTerminated()
          .endState();
    }
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(name(pod))
        .edit(
            before ->
                new PodBuilder(before)
                    .withStatus(
                        new PodStatusBuilder(before.getStatus())
                            .withPhase(phase)
                            .withPodIP("127.0.0.1")
                            .withContainerStatuses(container.build())
                            .build())
                    .build());
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.cancel(false);
    }
    looks.shutdown();
    synchronized (this) {
      running.values().forEach(ChildProcess::close);
    }
    client.close();
  }
}
