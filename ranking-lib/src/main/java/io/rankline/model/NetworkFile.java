package io.rankline.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.frozen.NetworkArchive;
import io.rankline.model.kernel.OpenBlas;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as it is at one time, to be written as a file: such as DL4J's ModelSerializer writes
 * and reads, but for numbers that are not compressed. They would hardly become smaller, and trying
 * takes seconds for some millions.
 */
public final class NetworkFile {

  static {
    OpenBlas.fitKernels();
  }

  private final List<NetworkEntry> entries = new ArrayList<>();

  private NetworkFile(ComputationGraph graph, boolean withUpdater) throws IOException {
    byte[] configuration = graph.getConfiguration().toJson().getBytes(UTF_8);
    entries.add(new NetworkEntry(NetworkArchive.CONFIGURATION, configuration, new float[0]));
    entries.add(NetworkEntry.of(NetworkArchive.PARAMETERS, graph.params()));
    INDArray state = withUpdater ? graph.getUpdater().getUpdaterStateViewArray() : null;
    if (state != null && !state.isEmpty()) {
      entries.add(NetworkEntry.of(NetworkArchive.UPDATER, state));
    }
  }

  /** The network with the state of its updater. */
  public static NetworkFile withUpdater(ComputationGraph graph) throws IOException {
    return new NetworkFile(graph, true);
  }

  /** The network without the state of its updater: what scores need. */
  public static NetworkFile withoutUpdater(ComputationGraph graph) throws IOException {
    return new NetworkFile(graph, false);
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

  /** How many bytes its content has. */
  public long size() {
    return entries.stream().mapToLong(NetworkEntry::size).sum();
  }

  /** Writes it; equal networks are equal files. */
  public void writeTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (NetworkEntry entry : entries) {
      entry.writeTo(zip);
    }
    zip.finish();
  }

  /** The file's bytes. */
  public byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(size()) + 1024);
    writeTo(bytes);
    return bytes.toByteArray();
  }
}
