package io.rankline.pipeline.report;

import io.rankline.model.kernel.OpenBlas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What a training ran on, without names of machines and users.
 *
 * @param facts by name, in order
 */
public record Environment(Map<String, String> facts) {

  public Environment {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** Of this JVM. */
  public static Environment current() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Rankline", version("io.rankline", "ranking-lib"));
    facts.put(
        "Java",
        "%s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor")));
    facts.put("DeepLearning4J", version("org.deeplearning4j", "deeplearning4j-nn"));
    facts.put(
        "System", "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    facts.put("Processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put(
        "Largest heap",
        String.format(Locale.ROOT, "%,d MiB", Runtime.getRuntime().maxMemory() / (1024 * 1024)));
    facts.put("OpenBLAS kernel", OpenBlas.kernel());
    return new Environment(facts);
  }

  /** With one more fact, or another value of one. */
  public Environment with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(facts);
    more.put(name, value);
    return new Environment(more);
  }

  /** The version that Maven notes in a jar. */
  private static String version(String group, String artifact) {
    String name = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
    try (InputStream in = Environment.class.getResourceAsStream(name)) {
      if (in == null) {
        return "unknown, not from its own jar";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
