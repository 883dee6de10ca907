package io.rankline.serving;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.token.Vocabulary;
import io.rankline.model.ModelDescription;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code ranking_model.json}: all that an exported model is but its network and its
 * vocabularies.
 *
 * @param model the model without its network
 * @param records what a training record holds
 * @param networkDigest SHA-256 of the network's file
 * @param vocabularyFiles file of each vocabulary by its name, below the folder of assets
 * @param servingDefault the signature of {@code serving_default}
 * @param configuration the configuration it was trained by
 * @param data how the data was read that it was trained on; null where that is not known
 * @param metrics values by name
 * @param versions what it was written with
 */
record SavedModelText(
    ModelDescription model,
    RecordSpec records,
    String networkDigest,
    SortedMap<String, String> vocabularyFiles,
    SignatureName servingDefault,
    String configuration,
    @Nullable DataSettings data,
    SortedMap<String, Double> metrics,
    SortedMap<String, String> versions) {

  /** The newest format that is read: 2 has a section data, and 1 none. */
  private static final int FORMAT_VERSION = 2;

  private static final String VERSION_KEY = "format_version";

  String render() {
    Map<String, Object> root = new LinkedHashMap<>();
    // Who reads version 1 alone can read it without the section.
    root.put(VERSION_KEY, data == null ? 1 : FORMAT_VERSION);
    root.put("model", model.describe());
    root.put("records", RecordSpecText.describe(records));
    root.put("network", Map.of("sha256", networkDigest));
    root.put("vocabularies", vocabularyFiles);
    root.put("signatures", Map.of(SignatureName.SERVING_DEFAULT, servingDefault.wireName()));
    root.put("configuration", configuration);
    if (data != null) {
      root.put("data", RecordCodec.write(data));
    }
    Map<String, Object> values = new TreeMap<>();
    metrics.forEach((name, value) -> values.put(name, Hocon.plain(value)));
    root.put("metrics", values);
    root.put("versions", versions);
    return Hocon.renderFormatted(root);
  }

  /**
   * Reads a document.
   *
   * @param origin its path, for messages
   * @param vocabularies makes the vocabulary of a name and its file
   * @throws SavedModelException if it is of a newer format, or damaged; with every fault's line
   */
  static SavedModelText parse(String json, String origin, VocabularyReader vocabularies)
      throws SavedModelException {
    ConfigObject root;
    try {
      root = Hocon.parseJson(json, origin);
    } catch (FaultsException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
    requireVersion(root, origin);
    Section section = Section.of(root);
    section.value(VERSION_KEY);
    try {
      SavedModelText text = read(section, vocabularies);
      section.finish();
      if (text == null) {
        throw new SavedModelException(origin + ": is not whole; export the model again", null);
      }
      return text;
    } catch (IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads the vocabularies that the document names. */
  @FunctionalInterface
  interface VocabularyReader {
    Vocabulary read(String name, String file);
  }

  private static @Nullable SavedModelText read(Section section, VocabularyReader vocabularies) {
    SortedMap<String, String> files = section.texts("vocabularies");
    SortedMap<String, Vocabulary> known = new TreeMap<>();
    Function<String, Vocabulary> lookup =
        name -> {
          String file = files.get(name);
          if (file == null) {
            throw new IllegalArgumentException(
                "vocabulary '%s' is not among vocabularies".formatted(name));
          }
          return known.computeIfAbsent(name, missing -> vocabularies.read(missing, file));
        };
    Section modelSection = section.below("model");
    ModelDescription model =
        modelSection == null ? null : ModelDescription.read(modelSection, lookup);
    RecordSpec records = null;
    if (section.value("records") instanceof ConfigObject object) {
      records = RecordSpecText.of(object.toConfig());
    }
    String digest = section.texts("network").getOrDefault("sha256", "");
    String servingDefault =
        section.texts("signatures").getOrDefault(SignatureName.SERVING_DEFAULT, "");
    String configuration = section.text("configuration", "");
    DataSettings data = section.has("data") ? data(section) : null;
    SortedMap<String, Double> metrics = new TreeMap<>();
    section.texts("metrics").forEach((name, value) -> metrics.put(name, Double.valueOf(value)));
    SortedMap<String, String> versions = section.texts("versions");
    section.rejectUnknownKeys();
    if (section.isFaulty() || model == null || records == null) {
      return null;
    }
    return new SavedModelText(
        model,
        records,
        digest,
        files,
        SignatureName.ofWireName(servingDefault),
        configuration,
        data,
        metrics,
        versions);
  }

  private static void requireVersion(ConfigObject root, String origin) throws SavedModelException {
    ConfigValue version = root.get(VERSION_KEY);
    if (version == null || !(version.unwrapped() instanceof Integer number) || number < 1) {
      throw new SavedModelException(
          "%s: %s must be a whole number from 1, got %s; this is no exported model"
              .formatted(origin, VERSION_KEY, version == null ? "none" : version.unwrapped()),
          null);
    }
    if (number > FORMAT_VERSION) {
      throw new SavedModelException(
          "%s: %s is %d, and this Rankline reads up to %d; load it with the Rankline that wrote it,"
                  .formatted(origin, VERSION_KEY, number, FORMAT_VERSION)
              + " or a newer one",
          null);
    }
  }

  private static @Nullable DataSettings data(Section section) {
    Section below = section.below("data", Objects.requireNonNull(section.value("data")));
    if (below == null) {
      return null;
    }
    DataSettings data = RecordCodec.of(DataSettings.class).read(below);
    below.rejectUnknownKeys();
    return data;
  }

  private static SavedModelException damaged(String message, Exception cause) {
    return new SavedModelException(
        message + "; the export is damaged, export the model again", cause);
  }
}
