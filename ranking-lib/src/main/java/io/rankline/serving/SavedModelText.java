package io.rankline.serving;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.SpecException;
import io.rankline.feature.profile.InputProfile;
import io.rankline.feature.token.Vocabulary;
import io.rankline.model.ModelDescription;
import io.rankline.text.Form;
import io.rankline.text.Hocon;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code ranking_model.json}: all that an exported model is but its network and its
 * vocabularies.
 */
record SavedModelText(
    @Option(inText = false, meaning = "the model without its network") ModelDescription model,
    @Option(form = RecordsForm.class, meaning = "what a training record holds") RecordSpec records,
    @Option(meaning = "the network's file") Network network,
    @Option(
            key = "vocabularies",
            form = Texts.class,
            meaning = "file of each vocabulary by its name, below the folder of assets")
        SortedMap<String, String> vocabularyFiles,
    @Option(meaning = "how it answers") Answers signatures,
    @Option(fallback = "", meaning = "the configuration it was trained by") String configuration,
    @Option(meaning = "the model whose scores it adds to, in the folder base; none without one")
        @Nullable Base base,
    @Option(meaning = "how the data was read that it was trained on; none where that is not known")
        @Nullable DataSettings data,
    @Option(meaning = "values by name") SortedMap<String, Double> metrics,
    @Option(form = Texts.class, meaning = "what it was written with")
        SortedMap<String, String> versions) {

  record Base(@Option(key = "sha256", meaning = "SHA-256 of its model file") String sha256) {}

  record Network(@Option(key = "sha256", meaning = "SHA-256 of the file") String sha256) {}

  record Answers(@Option(meaning = "the signature of that name") SignatureName servingDefault) {}

  /** The format of a network on a base. */
  private static final int ON_BASE = 4;

  /** The newest format of a network by itself: 2 has a section data, and 1 none. */
  private static final int BY_ITSELF = 2;

  ExportContent content(@Nullable InputProfile profile, @Nullable ExportContent ofBase) {
    return new ExportContent(
        model, records, signatures.servingDefault(), configuration, data, metrics, profile, ofBase);
  }

  String render() {
    Map<String, Object> root = new LinkedHashMap<>();
    // Who reads version 1 alone can read it without the section.
    root.put(StoredModel.VERSION_KEY, base != null ? ON_BASE : data == null ? 1 : BY_ITSELF);
    root.put("model", model.describe());
    root.putAll(RecordCodec.write(this));
    return Hocon.renderFormatted(root);
  }

  /**
   * Reads a document.
   *
   * @param origin its path, for messages
   * @param vocabularies makes the vocabulary of a name and its file
   * @throws SavedModelException if it is damaged; with every fault's line
   */
  static SavedModelText read(ConfigObject root, String origin, VocabularyReader vocabularies)
      throws SavedModelException {
    Section section = Section.of(root);
    section.value(StoredModel.VERSION_KEY);
    try {
      SavedModelText text = read(section, vocabularies);
      section.finish();
      if (text == null) {
        throw new SavedModelException(origin + ": is not whole; export the model again", null);
      }
      return text;
    } catch (IllegalArgumentException e) {
      throw StoredModel.damaged(e);
    }
  }

  /** Reads the vocabularies that the document names. */
  @FunctionalInterface
  interface VocabularyReader {
    Vocabulary read(String name, String file);
  }

  private static @Nullable SavedModelText read(Section section, VocabularyReader vocabularies) {
    SortedMap<String, Vocabulary> known = new TreeMap<>();
    Function<String, Vocabulary> lookup =
        name ->
            known.computeIfAbsent(
                name, missing -> vocabularies.read(missing, vocabularyFile(section, missing)));
    Section modelSection = section.below("model");
    ModelDescription model =
        modelSection == null ? null : ModelDescription.read(modelSection, lookup);
    RecordCodec<SavedModelText> codec = RecordCodec.of(SavedModelText.class);
    SavedModelText text =
        codec.read(
            section,
            values -> {
              values.put("model", model);
              return model == null ? null : codec.create(values);
            });
    section.rejectUnknownKeys();
    return text;
  }

  private static String vocabularyFile(Section section, String name) {
    if (section.value("vocabularies") instanceof ConfigObject files && files.containsKey(name)) {
      return String.valueOf(files.get(name).unwrapped());
    }
    throw new IllegalArgumentException("vocabulary '%s' is not among vocabularies".formatted(name));
  }

  /** Records as {@link RecordSpecText} has them. */
  static final class RecordsForm implements Form<RecordSpec> {

    @Override
    public @Nullable RecordSpec read(Section section, String key, ConfigValue value) {
      if (section.below(key, value) == null) {
        return null;
      }
      try {
        return RecordSpecText.of(((ConfigObject) value).toConfig());
      } catch (SpecException e) {
        section.add(e.faults());
        return null;
      }
    }

    @Override
    public Object write(RecordSpec records) {
      return RecordSpecText.describe(records);
    }

    @Override
    public String words() {
      return "what records hold";
    }
  }
}
