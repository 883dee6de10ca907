package io.rankline.pipeline.checkpoint;

import io.rankline.io.Folder;
import io.rankline.model.NetworkFile;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training, in a folder of their own: {@code step-000000001200/} with {@code
 * network.zip} and {@code state.json}.
 *
 * <p>A checkpoint is there as a whole or not at all; after it is written the oldest go. Each
 * records the SHA-256 of its network, so a damaged one is noticed.
 */
public final class Checkpoints {

  /** How many are kept by default. */
  public static final int DEFAULT_KEEP = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final int FORMAT_VERSION = 1;
  private static final String NAME = "step-\\d{12,19}";
  private static final String NETWORK = "network.zip";
  private static final String STATE = "state.json";

  private final Folder folder;
  private final ModelIdentity identity;
  private final int keep;

  /** The last {@link #DEFAULT_KEEP} checkpoints of a training in that folder. */
  public Checkpoints(Folder folder, ModelIdentity identity) {
    this(folder, identity, DEFAULT_KEEP);
  }

  /**
   * The last {@code keep} checkpoints of a training in that folder.
   *
   * @throws IllegalArgumentException for fewer than 1
   */
  public Checkpoints(Folder folder, ModelIdentity identity, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("checkpoints to keep must be 1 or more, got " + keep);
    }
    this.folder = folder;
    this.identity = identity;
    this.keep = keep;
  }

  /**
   * Saves a network with the state of its updater; later, where the folder has a queue.
   *
   * @throws IOException if it cannot be written; earlier checkpoints stay
   */
  public void save(ComputationGraph network, CheckpointState state) throws IOException {
    String name = String.format(Locale.ROOT, "step-%012d", state.step());
    NetworkFile file = NetworkFile.withUpdater(network);
    folder.later(file.size(), () -> save(name, file, state));
  }

  private void save(String name, NetworkFile network, CheckpointState state) throws IOException {
    folder.replace(
        name,
        STATE,
        files -> {
          Sha256 sum = new Sha256();
          files.write(NETWORK, out -> network.writeTo(sum.beside(out)));
          byte[] text = render(state, sum.hex()).getBytes(StandardCharsets.UTF_8);
          files.write(STATE, out -> out.write(text));
        });
    List<String> names = newestFirst(folder);
    // Later ones are of a training that went on from here before, and none of them was whole.
    int own = names.indexOf(name);
    for (String old : names.subList(Math.min(own + keep, names.size()), names.size())) {
      remove(folder, old);
    }
  }

  /**
   * The newest checkpoint that is whole; empty if there is none at all. One that is damaged is
   * passed over with a warning.
   *
   * @throws IOException if checkpoints are of another training, saying what differs, or if there
   *     are some and none is whole
   */
  public Optional<Checkpoint> newest() throws IOException {
    return newest(
        there -> {
          List<String> differences = identity.differences(there);
          if (!differences.isEmpty()) {
            throw new IOException(
                "%s holds checkpoints of another training: %s; use another model_dir, or delete %s to start again"
                    .formatted(folder.path(), String.join("; ", differences), folder.path()));
          }
        });
  }

  @FunctionalInterface
  private interface IdentityCheck {
    void requireFitting(ModelIdentity there) throws IOException;
  }

  private Optional<Checkpoint> newest(IdentityCheck check) throws IOException {
    List<String> names = newestFirst(folder);
    if (folder.showsWholeFilesOnly()) {
      names = sealed(names); // others are what a killed run had written of its next one
    }
    for (String name : names) {
      Folder files = folder.folder(name);
      Read read;
      try {
        read = read(files);
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn(
            "checkpoint {} is damaged and passed over: {}",
            files.path(),
            String.valueOf(e.getMessage()));
        continue;
      }
      check.requireFitting(read.identity());
      return Optional.of(new Checkpoint(name, read.state(), network(read, files)));
    }
    if (!names.isEmpty()) {
      throw new IOException(
          "%s holds %s checkpoints and none is whole; delete it to start again"
              .formatted(folder.path(), names.size()));
    }
    return Optional.empty();
  }

  /** Whether a folder has some, whole or not. */
  public static boolean areIn(Folder folder) throws IOException {
    return !newestFirst(folder).isEmpty();
  }

  /**
   * The newest checkpoint of a folder that is whole, whatever training it is of; empty if there is
   * none at all.
   *
   * @throws IOException if there are some and none is whole
   */
  public static Optional<Checkpoint> newestOf(Folder folder) throws IOException {
    return new Checkpoints(folder, new ModelIdentity(new TreeMap<>(), new TreeMap<>()))
        .newest(there -> {});
  }

  /** Deletes all checkpoints. */
  public void clear() throws IOException {
    for (String name : newestFirst(folder)) {
      remove(folder, name);
    }
  }

  /** The state first: where folders go file by file, what is left is no checkpoint. */
  private static void remove(Folder folder, String name) throws IOException {
    folder.folder(name).delete(STATE);
    folder.delete(name);
  }

  private List<String> sealed(List<String> names) throws IOException {
    List<String> sealed = new ArrayList<>();
    for (String name : names) {
      if (folder.folder(name).has(STATE)) {
        sealed.add(name);
      }
    }
    return sealed;
  }

  private static List<String> newestFirst(Folder folder) throws IOException {
    List<String> names =
        new ArrayList<>(folder.names().stream().filter(name -> name.matches(NAME)).toList());
    // Names have leading zeros, so their order is that of steps.
    names.sort(Collections.reverseOrder());
    return names;
  }

  private record Read(CheckpointState state, ModelIdentity identity, byte[] network) {}

  private static Read read(Folder files) throws IOException {
    String origin = files.path() + "/" + STATE;
    String text = new String(bytes(files, STATE), StandardCharsets.UTF_8);
    Section section = Section.of(Hocon.parseJson(text, origin));
    int version = section.whole("format_version", 0);
    if (version != FORMAT_VERSION) {
      throw new IOException(
          "%s: format_version must be %s, got %s".formatted(origin, FORMAT_VERSION, version));
    }
    CheckpointState state = RecordCodec.of(CheckpointState.class).read(section);
    ModelIdentity identity = RecordCodec.of(ModelIdentity.class).read(section);
    String expected = section.text("network_sha256", "");
    section.finish();
    byte[] network = bytes(files, NETWORK);
    String digest = Sha256.of(network);
    if (!digest.equals(expected)) {
      throw new IOException(
          "SHA-256 of %s must be %s, got %s".formatted(NETWORK, expected, digest));
    }
    return new Read(Objects.requireNonNull(state), Objects.requireNonNull(identity), network);
  }

  private static ComputationGraph network(Read read, Folder files) throws IOException {
    try {
      return NetworkFile.read(read.network());
    } catch (IOException e) {
      throw new IOException(
          "%s/%s cannot be read: %s".formatted(files.path(), NETWORK, e.getMessage()), e);
    }
  }

  private static byte[] bytes(Folder files, String name) throws IOException {
    try (InputStream in = files.open(name)) {
      return in.readAllBytes();
    }
  }

  private String render(CheckpointState state, String digest) {
    Map<String, Object> root = RecordCodec.write(state);
    root.put("format_version", FORMAT_VERSION);
    root.putAll(RecordCodec.write(identity));
    root.put("network_sha256", digest);
    return Hocon.renderFormatted(root);
  }
}
