package io.rankline.model;

import io.rankline.frozen.NetworkArchive;
import io.rankline.model.kernel.OpenBlas;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** A network as the bytes of a file, which DL4J's ModelSerializer writes. */
public final class NetworkFile {

  static {
    OpenBlas.fitKernels();
  }

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
    NetworkArchive.requireEntries(bytes);
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
