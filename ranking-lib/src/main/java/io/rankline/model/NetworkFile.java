package io.rankline.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.frozen.NetworkArchive;
import io.rankline.model.kernel.OpenBlas;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network as the bytes of a file, such as DL4J's ModelSerializer writes and reads. */
public final class NetworkFile {

  private static final int BUFFER = 1 << 16;

  /** What a file has beside its numbers and the configuration is less. */
  private static final int HEADERS = 1 << 12;

  private static final int MOST = Integer.MAX_VALUE - 2 * HEADERS;

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
    INDArray state = withUpdater ? graph.getUpdater().getUpdaterStateViewArray() : null;
    byte[] configuration = graph.getConfiguration().toJson().getBytes(UTF_8);
    long size = bytes(graph.params()) + (state == null ? 0 : bytes(state)) + configuration.length;
    if (size > MOST) {
      throw new IOException(
          "a network of %s bytes is larger than its file may be, %s".formatted(size, MOST));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) size + HEADERS);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      // Numbers of a network hardly become smaller, and trying takes seconds for some millions.
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(entry(NetworkArchive.CONFIGURATION));
      zip.write(configuration);
      put(zip, NetworkArchive.PARAMETERS, graph.params());
      if (state != null && !state.isEmpty()) {
        put(zip, NetworkArchive.UPDATER, state);
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, INDArray values) throws IOException {
    zip.putNextEntry(entry(name));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip, BUFFER));
    Nd4j.write(values, out);
    out.flush();
  }

  /** Of one date, so that equal networks are equal files. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  private static long bytes(INDArray values) {
    return values.length() * values.dataType().width();
  }
}
