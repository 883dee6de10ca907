package io.rankline.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** A network as the bytes of a file, which DL4J's ModelSerializer writes. */
public final class NetworkFile {

  /** What a network consists of: JSON and arrays, and nothing that Java would deserialize. */
  private static final Set<String> ENTRIES =
      Set.of(
          ModelSerializer.CONFIGURATION_JSON,
          ModelSerializer.COEFFICIENTS_BIN,
          ModelSerializer.UPDATER_BIN,
          ModelSerializer.NO_PARAMS_MARKER);

  private NetworkFile() {}

  /** The network with the state of its updater. */
  public static byte[] withUpdater(ComputationGraph graph) throws IOException {
    return write(graph, true);
  }

  /** The network without the state of its updater: what scores need. */
  public static byte[] withoutUpdater(ComputationGraph graph) throws IOException {
    return write(graph, false);
  }

  /**
   * The network that the bytes hold, with the state of its updater if they have it.
   *
   * @throws IOException if they hold none
   */
  public static ComputationGraph read(byte[] bytes) throws IOException {
    int entries = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!ENTRIES.contains(entry.getName())) {
          throw new IOException("'%s' is no part of a network".formatted(entry.getName()));
        }
        entries++;
      }
    }
    if (entries == 0) {
      throw new IOException("it is no zip archive");
    }
    try {
      return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes), true);
    } catch (RuntimeException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] write(ComputationGraph graph, boolean withUpdater) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, bytes, withUpdater);
    return bytes.toByteArray();
  }
}
