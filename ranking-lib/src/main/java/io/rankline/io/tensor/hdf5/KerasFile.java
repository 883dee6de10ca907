package io.rankline.io.tensor.hdf5;

import io.jhdf.HdfFile;
import io.rankline.io.Folder;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFileException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A file of Keras: weights or a whole model in HDF5 (.h5, .weights.h5), or an archive of Keras 3
 * (.keras), which holds such weights beside the description of the network.
 */
public final class KerasFile {

  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final String WEIGHTS = "model.weights.h5";
  private static final String CONFIG = "config.json";

  /** The longest array of a JVM, about. */
  private static final int MOST = Integer.MAX_VALUE - 16;

  private KerasFile() {}

  /** Whether a file begins as one of these does. */
  public static boolean isIn(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      byte[] head = in.readNBytes(HDF5.length);
      return Arrays.equals(head, HDF5) || isArchive(head);
    }
  }

  /**
   * Reads a file.
   *
   * @throws TensorFileException if it is damaged, or none of Keras; names the file
   */
  public static TensorFile read(Folder folder, String name) throws IOException {
    String path = folder.path() + "/" + name;
    byte[] bytes;
    try (InputStream in = folder.open(name)) {
      bytes = in.readNBytes(MOST);
      if (in.read() >= 0) {
        throw new TensorFileException(path, "is longer than 2 GB");
      }
    }
    if (!isArchive(bytes)) {
      return tensors(path, bytes, "");
    }
    Map<String, byte[]> entries = archive(path, bytes);
    byte[] weights = entries.get(WEIGHTS);
    if (weights == null) {
      throw new TensorFileException(
          path,
          "is an archive without %s; it holds %s"
              .formatted(WEIGHTS, String.join(", ", entries.keySet())));
    }
    byte[] config = entries.getOrDefault(CONFIG, new byte[0]);
    return tensors(path, weights, new String(config, StandardCharsets.UTF_8));
  }

  private static boolean isArchive(byte[] bytes) {
    return bytes.length >= ZIP.length && Arrays.equals(Arrays.copyOf(bytes, ZIP.length), ZIP);
  }

  private static Map<String, byte[]> archive(String path, byte[] bytes) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        boolean wanted = entry.getName().equals(WEIGHTS) || entry.getName().equals(CONFIG);
        entries.put(entry.getName(), wanted ? zip.readNBytes(MOST) : new byte[0]);
      }
    } catch (ZipException | EOFException e) {
      throw new TensorFileException(path, "the archive is damaged or cut off", e);
    }
    return entries;
  }

  /**
   * jHDF has exceptions of many kinds for a damaged file, those of buffers and casts among them.
   */
  private static TensorFile tensors(String path, byte[] bytes, String modelConfig)
      throws TensorFileException {
    UntypedNumbers.announce(bytes);
    try (HdfFile file = HdfFile.fromBytes(bytes)) {
      return new KerasTensors(path, bytes.length).read(file, modelConfig);
    } catch (NoClassDefFoundError e) {
      // jHDF loads the classes of all packings for any of them.
      throw new TensorFileException(
          path,
          "is packed, as Keras writes none; jHDF needs com.ning:compress-lzf and org.lz4:lz4-java"
              + " for that, which come with Spark",
          e);
    } catch (RuntimeException e) {
      throw new TensorFileException(
          path,
          "the HDF5 is damaged or cut off, or has values of a type that is not read: save it as"
              + " float32, or as a TensorFlow checkpoint",
          e);
    }
  }
}
