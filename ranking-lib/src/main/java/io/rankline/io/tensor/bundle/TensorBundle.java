package io.rankline.io.tensor.bundle;

import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.Folder;
import io.rankline.io.MaskedCrc;
import io.rankline.io.proto.BundleEntry;
import io.rankline.io.proto.BundleHeader;
import io.rankline.io.proto.BundleHeader.Endianness;
import io.rankline.io.proto.ObjectGraph;
import io.rankline.io.proto.TensorShape;
import io.rankline.io.tensor.FloatFormat;
import io.rankline.io.tensor.NaturalOrder;
import io.rankline.io.tensor.StoredTensor;
import io.rankline.io.tensor.TensorFile;
import io.rankline.io.tensor.TensorFile.Order;
import io.rankline.io.tensor.TensorFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A TensorFlow checkpoint: {@code PREFIX.index}, a table of tensors by name, and their numbers one
 * after the other in {@code PREFIX.data-00000-of-00001}, or in several such files. Tensors that a
 * partitioner has split are put together.
 *
 * <p>The checkpoint of a Keras model has a graph of objects, which tells its variables from those
 * of the optimizer and gives them their names; in older ones the keys are the names. All checksums
 * are checked.
 */
public final class TensorBundle {

  private static final String INDEX = ".index";
  private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private final Folder folder;
  private final String prefix;
  private final MaskedCrc crc = new MaskedCrc();
  private final Map<String, List<TensorSlice>> slices = new HashMap<>();
  private int shards;

  private TensorBundle(Folder folder, String prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /** Whether a folder holds a checkpoint of that prefix. */
  public static boolean isIn(Folder folder, String prefix) throws IOException {
    return folder.has(prefix + INDEX);
  }

  /**
   * Reads a checkpoint.
   *
   * @param prefix as {@code variables} or {@code ckpt-12}
   * @throws TensorFileException if it is damaged or incomplete; names the file
   */
  public static TensorFile read(Folder folder, String prefix) throws IOException {
    return new TensorBundle(folder, prefix).read();
  }

  private TensorFile read() throws IOException {
    Map<String, BundleEntry> entries = entries();
    BundleEntry graph = entries.remove(OBJECT_GRAPH);
    List<CheckpointVariable> variables =
        graph == null
            ? CheckpointVariable.ofKeys(entries.keySet())
            : CheckpointVariable.ofObjects(objectGraph(graph));
    List<StoredTensor> tensors = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (CheckpointVariable variable : variables) {
      BundleEntry entry = entries.get(variable.key());
      if (entry == null) {
        throw fault("the index lacks tensor '%s'".formatted(variable.key()));
      }
      Optional<FloatFormat> format = TensorTypes.format(entry.getDtype());
      if (format.isEmpty()) {
        leftOut.add("%s (%s)".formatted(variable.name(), TensorTypes.name(entry.getDtype())));
        continue;
      }
      StoredTensor tensor =
          entry.getSlicesCount() > 0
              ? joined(variable, entry, format.get())
              : tensor(variable.key(), entry, format.get());
      tensors.add(new StoredTensor(variable.name(), tensor.shape(), tensor.values()));
    }
    return new TensorFile(tensors, leftOut, graph == null ? Order.BY_NAME : Order.OF_LAYERS, "");
  }

  private StoredTensor tensor(String key, BundleEntry entry, FloatFormat format)
      throws IOException {
    List<Integer> shape = shape(key, entry, format, entry.getSize());
    byte[] stored = bytes(key, entry);
    requireChecksum(key, entry, stored);
    return new StoredTensor(key, shape, format.read(stored));
  }

  /** A tensor of its parts. */
  private StoredTensor joined(CheckpointVariable variable, BundleEntry entry, FloatFormat format)
      throws IOException {
    List<TensorSlice> parts = slices.getOrDefault(variable.key(), List.of());
    long size = parts.stream().mapToLong(part -> part.entry().getSize()).sum();
    List<Integer> shape = shape(variable.key(), entry, format, size);
    SlicedTensor whole = new SlicedTensor(shape);
    for (TensorSlice part : parts) {
      if (part.entry().getDtype() != entry.getDtype()
          || !whole.put(part, tensor(variable.key(), part.entry(), format))) {
        throw fault("tensor '%s' has parts that do not make it up".formatted(variable.key()));
      }
    }
    return new StoredTensor(variable.key(), shape, whole.values());
  }

  private Map<String, BundleEntry> entries() throws IOException {
    byte[] index;
    try (InputStream in = folder.open(prefix + INDEX)) {
      index = in.readAllBytes();
    }
    Map<String, byte[]> table = SortedTable.read(path(prefix + INDEX), index);
    Map<String, BundleEntry> entries = new TreeMap<>(NaturalOrder.NAMES);
    try {
      byte[] head = table.remove("");
      BundleHeader header = BundleHeader.parseFrom(head == null ? new byte[0] : head);
      shards = header.getNumShards();
      if (shards < 1) {
        throw fault("the index has no header");
      }
      if (header.getEndianness() == Endianness.BIG) {
        throw fault("its numbers have the highest byte first; save it on a machine of today");
      }
      for (Map.Entry<String, byte[]> entry : table.entrySet()) {
        BundleEntry read = BundleEntry.parseFrom(entry.getValue());
        if (TensorSlice.isKey(entry.getKey())) {
          TensorSlice slice = TensorSlice.of(entry.getKey(), read);
          slices.computeIfAbsent(slice.name(), name -> new ArrayList<>()).add(slice);
        } else {
          entries.put(entry.getKey(), read);
        }
      }
    } catch (RuntimeException | InvalidProtocolBufferException e) {
      throw new TensorFileException(path(prefix + INDEX), "the index is damaged", e);
    }
    return entries;
  }

  /** The dimensions of a tensor, which have to go with its bytes. */
  private List<Integer> shape(String key, BundleEntry entry, FloatFormat format, long bytes)
      throws TensorFileException {
    List<Integer> shape = new ArrayList<>();
    long size = format.bytes();
    try {
      for (TensorShape.Dimension dimension : entry.getShape().getDimList()) {
        shape.add(Math.toIntExact(dimension.getSize()));
        size = Math.multiplyExact(size, dimension.getSize());
      }
    } catch (ArithmeticException e) {
      size = -1;
    }
    if (size != bytes) {
      throw fault(
          "tensor '%s' has %s bytes, which no %s of its shape has"
              .formatted(key, bytes, TensorTypes.name(entry.getDtype())));
    }
    return shape;
  }

  /**
   * The graph of objects, the one text of a tensor: its length as a varint, a checksum of that, and
   * the text. Where lengths are checked they count as four bytes.
   */
  private ObjectGraph objectGraph(BundleEntry entry) throws IOException {
    byte[] stored = bytes(OBJECT_GRAPH, entry);
    try {
      ByteBuffer from = ByteBuffer.wrap(stored);
      int length = Math.toIntExact(Varints.read(from));
      ByteBuffer checked = ByteBuffer.allocate(Integer.BYTES + from.remaining());
      checked.order(ByteOrder.LITTLE_ENDIAN).putInt(length).put(from);
      requireChecksum(OBJECT_GRAPH, entry, checked.array());
      return ObjectGraph.parseFrom(checked.slice(2 * Integer.BYTES, length));
    } catch (RuntimeException | InvalidProtocolBufferException e) {
      throw new TensorFileException(
          path(prefix + INDEX), "tensor '%s' is damaged".formatted(OBJECT_GRAPH), e);
    }
  }

  /** The bytes of a tensor as they are stored. */
  private byte[] bytes(String key, BundleEntry entry) throws IOException {
    String shard = shard(entry);
    int size = Math.toIntExact(Math.min(entry.getSize(), Integer.MAX_VALUE - 1));
    try (InputStream in = folder.open(shard)) {
      in.skipNBytes(entry.getOffset());
      byte[] stored = in.readNBytes(size);
      if (stored.length == entry.getSize()) {
        return stored;
      }
    } catch (EOFException e) {
      // As below.
    }
    throw new TensorFileException(
        path(shard),
        "is cut off: tensor '%s' is at bytes %s to %s"
            .formatted(key, entry.getOffset(), entry.getOffset() + entry.getSize()));
  }

  private void requireChecksum(String key, BundleEntry entry, byte[] checked)
      throws TensorFileException {
    int computed = crc.of(checked, 0, checked.length);
    if (entry.getCrc32C() != computed) {
      throw new TensorFileException(
          path(shard(entry)),
          String.format(
              Locale.ROOT,
              "tensor '%s': checksum is 0x%08x, expected 0x%08x",
              key,
              entry.getCrc32C(),
              computed));
    }
  }

  private String shard(BundleEntry entry) {
    return String.format(Locale.ROOT, "%s.data-%05d-of-%05d", prefix, entry.getShardId(), shards);
  }

  private String path(String name) {
    return folder.path() + "/" + name;
  }

  private TensorFileException fault(String fault) {
    return new TensorFileException(path(prefix + INDEX), fault);
  }
}
