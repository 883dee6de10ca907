package io.rankline.serving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Versions of what an exported model was written with. */
final class Versions {

  /** Where a class does not come from a jar with a version. */
  static final String UNKNOWN = "development";

  private Versions() {}

  static SortedMap<String, String> current() {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("rankline", ofJar(Versions.class, "io.rankline/ranking-lib"));
    versions.put("dl4j", ofJar(ComputationGraph.class, "org.deeplearning4j/deeplearning4j-nn"));
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  private static String ofJar(Class<?> type, String artifact) {
    String file = "/META-INF/maven/%s/pom.properties".formatted(artifact);
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        return UNKNOWN;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
