package io.rankline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.SpecException;
import io.rankline.text.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration without a section {@code model}: it says where data lies, and leaves open what is
 * made of it. What somebody chooses for it stands below what it says itself.
 */
public final class OpenRun {

  private static final String MODEL = "model";
  private static final String FEATURES = "data.features";
  private static final String LABEL = FEATURES + ".label";
  private static final String MODEL_DIR = "pipeline.model_dir";

  /** Where one of these is said, nothing is chosen for any of them. */
  private static final List<String> STEPS =
      List.of("pipeline.optimizer", "pipeline.learning_rate", "pipeline.lr_schedule");

  private final Config config;
  private final Path folder;

  private OpenRun(Config config, Path folder) {
    this.config = config;
    this.folder = folder;
  }

  /**
   * Reads a file; empty where it has a model, or no data.
   *
   * @param overrides in the place of the file's values
   * @throws ConfigurationException if there is no such file, it is no HOCON, or has no model_dir
   */
  public static Optional<OpenRun> load(Path file, List<String> overrides) {
    Config config = ConfigText.load(file, overrides);
    if (config.hasPath(MODEL) || !(config.root().get("data") instanceof ConfigObject)) {
      return Optional.empty();
    }
    OpenRun open = new OpenRun(config, Objects.requireNonNull(file.toAbsolutePath().getParent()));
    if (open.text(MODEL_DIR) == null) {
      throw new ConfigurationException(
          "%s: %s must be a folder, which gets the model and what is chosen for it"
              .formatted(file, MODEL_DIR));
    }
    return Optional.of(open);
  }

  /** Folder of the training. */
  public String modelDir() {
    return Objects.requireNonNull(text(MODEL_DIR));
  }

  /** A text of the section data; null where it has none. */
  public @Nullable String data(String key) {
    return text("data." + key);
  }

  /** Whether the section data has the key. */
  public boolean hasData(String key) {
    return config.hasPath("data." + key);
  }

  /** Options of Spark's source. */
  public SortedMap<String, String> inputOptions() {
    SortedMap<String, String> options = new TreeMap<>();
    if (config.hasPath("data.input_options")
        && config.getValue("data.input_options") instanceof ConfigObject object) {
      for (Map.Entry<String, ConfigValue> option : object.entrySet()) {
        options.put(option.getKey(), String.valueOf(option.getValue().unwrapped()));
      }
    }
    return options;
  }

  /** Name of the label; null where the file does not say. */
  public @Nullable String label() {
    return text(LABEL + ".name");
  }

  /** What records hold; null where the file says no more than the label. */
  public @Nullable RecordSpec records() {
    if (!config.hasPath(FEATURES + ".example") && !config.hasPath(FEATURES + ".context")) {
      return null;
    }
    try {
      return RecordSpecText.of(config.getConfig(FEATURES));
    } catch (SpecException e) {
      throw new ConfigurationException(Objects.requireNonNull(e.getMessage()).lines().toList(), e);
    }
  }

  /** The made-up data that the file asks for. */
  public Optional<SyntheticSection> synthetic() {
    ConfigValue value = config.root().get("synthetic");
    Section root = Section.of(config.root());
    Section section = value == null ? null : root.below("synthetic", value);
    SyntheticSection made = section == null ? null : SyntheticSection.read(section);
    root.finish();
    return Optional.ofNullable(made);
  }

  /**
   * The whole run: what the file says, and where it says nothing, what was chosen.
   *
   * @param chosen HOCON with the sections data, model and pipeline
   * @param origin where that comes from, for messages
   * @throws ConfigurationException with all faults of both
   */
  public RunConfig with(String chosen, String origin) {
    Config below = ConfigText.parse(chosen, origin, List.of());
    if (records() != null) {
      below = below.withoutPath(FEATURES);
    }
    if (STEPS.stream().anyMatch(config::hasPath)) {
      for (String key : STEPS) {
        below = below.withoutPath(key);
      }
    }
    if (hasData("valid_input") || hasData("split")) {
      below = below.withoutPath("data.split");
    }
    return RunConfig.of(config.withFallback(below), folder);
  }

  private @Nullable String text(String path) {
    try {
      return config.hasPath(path) ? config.getString(path) : null;
    } catch (ConfigException e) {
      throw new ConfigurationException(List.of(String.valueOf(e.getMessage())), e);
    }
  }
}
