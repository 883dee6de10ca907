package io.rankline.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the image of {@code deploy/kubernetes/Dockerfile} does, with folders of this machine: where
 * a pod mounts something, and where the image has the application, words and settings name other
 * folders than in a container.
 */
record PodImage(SparkHome spark, Map<String, String> folders, String master) {

  private static final String PROPERTIES = "spark.properties";

  /** Whether all that it mounts is there. */
  boolean isReady(Pod pod, KubernetesClient client) {
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getConfigMap() != null && map(pod, volume, client) == null) {
        return false;
      }
    }
    return true;
  }

  /** Starts the process that the container would be. */
  ChildProcess start(Pod pod, KubernetesClient client, Path parent) {
    String name = pod.getMetadata().getName();
    Path folder = parent.resolve(name);
    Container container = pod.getSpec().getContainers().get(0);
    Map<String, String> names = mount(pod, container, client, folder);
    Map<String, String> environment = new TreeMap<>();
    for (EnvVar variable : container.getEnv()) {
      boolean isAddress = variable.getValueFrom() != null;
      environment.put(
          variable.getName(), isAddress ? "127.0.0.1" : here(variable.getValue(), names));
    }
    List<String> words =
        new ArrayList<>(
            List.of("env", "-C", names.getOrDefault("/opt/spark/work-dir", folder.toString())));
    if (container.getArgs().get(0).equals("driver")) {
      words.addAll(List.of(spark.script("spark-submit"), "--deploy-mode", "client"));
      words.addAll(List.of("--conf", "spark.driver.bindAddress=127.0.0.1"));
      for (String word : container.getArgs().subList(1, container.getArgs().size())) {
        words.add(here(word, names));
      }
    } else {
      words.addAll(executor(environment));
    }
    return ChildProcess.daemon(name, parent.resolve(name + ".log"), environment, words);
  }

  private List<String> executor(Map<String, String> environment) {
    String memory = environment.get("SPARK_EXECUTOR_MEMORY");
    List<String> words = new ArrayList<>(List.of("java", "-Xms" + memory, "-Xmx" + memory));
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("SPARK_JAVA_OPT_")) {
            words.add(value);
          }
        });
    words.addAll(List.of("-cp", spark.folder() + "/jars/*"));
    words.add("org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend");
    Map.of(
            "--driver-url", "SPARK_DRIVER_URL",
            "--executor-id", "SPARK_EXECUTOR_ID",
            "--cores", "SPARK_EXECUTOR_CORES",
            "--app-id", "SPARK_APPLICATION_ID",
            "--hostname", "SPARK_EXECUTOR_POD_IP",
            "--resourceProfileId", "SPARK_RESOURCE_PROFILE_ID",
            "--podName", "SPARK_EXECUTOR_POD_NAME")
        .forEach((option, variable) -> words.addAll(List.of(option, environment.get(variable))));
    return words;
  }

  /** Makes a folder of every mount, and says which. */
  private Map<String, String> mount(
      Pod pod, Container container, KubernetesClient client, Path folder) {
    Map<String, String> names = new LinkedHashMap<>(folders);
    try {
      for (VolumeMount mount : container.getVolumeMounts()) {
        // The tests' own files lie below.
        if (!mount.getMountPath().equals("/tmp")) {
          Path made = Files.createDirectories(folder.resolve(mount.getName()));
          names.put(mount.getMountPath(), made.toString());
        }
      }
      for (Volume volume : pod.getSpec().getVolumes()) {
        if (volume.getConfigMap() != null) {
          ConfigMap map = Objects.requireNonNull(map(pod, volume, client));
          for (Map.Entry<String, String> file : map.getData().entrySet()) {
            String text =
                file.getKey().equals(PROPERTIES)
                    ? properties(file.getValue(), names)
                    : here(file.getValue(), names);
            Path target = folder.resolve(volume.getName());
            Files.writeString(target.resolve(path(volume, file.getKey())), text);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static String path(Volume volume, String key) {
    return volume.getConfigMap().getItems().stream()
        .filter(item -> item.getKey().equals(key))
        .map(KeyToPath::getPath)
        .findFirst()
        .orElse(key);
  }

  /** All pods share one loopback interface, whose ports are taken, and have no names. */
  private String properties(String text, Map<String, String> names) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    properties.replaceAll((key, value) -> here((String) value, names));
    properties.setProperty("spark.driver.host", "127.0.0.1");
    properties.setProperty("spark.driver.port", "0");
    properties.setProperty("spark.driver.blockManager.port", "0");
    properties.setProperty("spark.blockManager.port", "0");
    properties.setProperty("spark.kubernetes.driver.master", master);
    StringWriter out = new StringWriter();
    properties.store(out, null);
    return out.toString();
  }

  private static String here(String text, Map<String, String> names) {
    String here = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      here = here.replace(name.getKey(), name.getValue());
    }
    return here;
  }

  private static @Nullable ConfigMap map(Pod pod, Volume volume, KubernetesClient client) {
    return client
        .configMaps()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(volume.getConfigMap().getName())
        .get();
  }
}
