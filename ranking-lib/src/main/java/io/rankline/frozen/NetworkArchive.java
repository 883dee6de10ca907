package io.rankline.frozen;

import io.rankline.frozen.step.UnknownLayerException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A network as DL4J's ModelSerializer writes it: a zip archive.
 *
 * @param configuration of the network, JSON
 * @param parameters all of them, in DL4J's order
 */
public record NetworkArchive(String configuration, float[] parameters) {

  /** The entry with the configuration. */
  public static final String CONFIGURATION = "configuration.json";

  /** The entry with the parameters. */
  public static final String PARAMETERS = "coefficients.bin";

  /** The entry with what the updater remembers, where it does. */
  public static final String UPDATER = "updaterState.bin";

  /** What a network consists of: JSON and arrays, and nothing that Java would deserialize. */
  private static final Set<String> ENTRIES =
      Set.of(CONFIGURATION, PARAMETERS, UPDATER, "noParams.marker");

  /** How ND4J keeps an array: this word, the number of elements, their type, the elements. */
  private static final String ALLOCATION = "MIXED_DATA_TYPES";

  /**
   * The network that the bytes hold.
   *
   * @throws IOException if they hold none
   * @throws UnknownLayerException for parameters that are not of the type FLOAT
   */
  public static NetworkArchive read(byte[] bytes) throws IOException {
    Map<String, byte[]> entries = entries(bytes, Set.of(CONFIGURATION, PARAMETERS));
    byte[] configuration = entries.get(CONFIGURATION);
    if (configuration == null) {
      throw new IOException("it has no " + CONFIGURATION);
    }
    byte[] parameters = entries.get(PARAMETERS);
    return new NetworkArchive(
        new String(configuration, StandardCharsets.UTF_8),
        parameters == null ? new float[0] : floats(parameters));
  }

  /**
   * Refuses bytes that are no archive of a network.
   *
   * @throws IOException if they are none
   */
  public static void requireEntries(byte[] bytes) throws IOException {
    entries(bytes, Set.of());
  }

  /** The entries by name, with their content where it is asked for. */
  private static Map<String, byte[]> entries(byte[] bytes, Set<String> asked) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (!ENTRIES.contains(name)) {
          throw new IOException("'%s' is no part of a network".formatted(name));
        }
        entries.put(name, asked.contains(name) ? zip.readAllBytes() : new byte[0]);
      }
    }
    if (entries.isEmpty()) {
      throw new IOException("it is no zip archive");
    }
    return entries;
  }

  /** An array as ND4J writes it: its shape, which parameters do not need, and its elements. */
  private static float[] floats(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.skipNBytes(length(in, "LONG") * Long.BYTES);
      long count = length(in, "FLOAT");
      if (count * Float.BYTES != in.available()) {
        throw new IOException(
            "%s parameters need %s bytes, got %s"
                .formatted(count, count * Float.BYTES, in.available()));
      }
      float[] values = new float[(int) count];
      ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available())
          .asFloatBuffer()
          .get(values);
      return values;
    }
  }

  private static long length(DataInputStream in, String type) throws IOException {
    String allocation = in.readUTF();
    long length = in.readLong();
    String found = in.readUTF();
    if (!allocation.equals(ALLOCATION) || length < 0 || length > in.available()) {
      throw new IOException("its parameters are not as ND4J writes them");
    }
    if (!found.equals(type)) {
      throw new UnknownLayerException("parameters are of the type %s".formatted(found));
    }
    return length;
  }
}
