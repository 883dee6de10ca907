package io.rankline.model.input;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.SpecException;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.transform.TransformChain;
import io.rankline.text.Fault;
import io.rankline.text.Hocon;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The text form of {@link EncodedInputs}, JSON: what an exported model stores.
 *
 * <p>{@code inputs} are feature specs as {@link RecordSpecText} has them; {@code context} and
 * {@code examples} say what becomes of either, as {@link PreprocessorText} does. Vocabularies are
 * files beside the text, under their names: {@link EncodedInputs#vocabularies}.
 */
public final class EncodedInputsText {

  private EncodedInputsText() {}

  /** The plan as one line of JSON. */
  public static String render(EncodedInputs plan) {
    return Hocon.render(describe(plan));
  }

  /** The plan as maps, lists, numbers and strings, for a document that holds it. */
  public static Map<String, Object> describe(EncodedInputs plan) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("inputs", RecordSpecText.describe(plan.inputs()));
    result.put(
        "context",
        PreprocessorText.describe(
            side(plan.inputs().context(), plan.context(), plan.contextTokens())));
    result.put(
        "examples",
        PreprocessorText.describe(
            side(plan.inputs().examples(), plan.examples(), plan.exampleTokens())));
    return result;
  }

  /**
   * The plan that a text describes.
   *
   * @param origin where the text comes from, for messages
   * @param assets folder of vocabulary files
   * @throws SpecException for text that is no plan; all faults at once
   */
  public static EncodedInputs parse(String text, String origin, Path assets) {
    return of(PreprocessorText.config(text, origin), assets);
  }

  /**
   * The plan that a section of a document describes.
   *
   * @throws SpecException as {@link #parse}
   */
  public static EncodedInputs of(Config section, Path assets) {
    return of(section, file -> Vocabulary.ofFile(assets.resolve(file)));
  }

  /**
   * The same with vocabularies from another place than a folder on disk.
   *
   * @param vocabularies makes the vocabulary of a name in the text
   */
  public static EncodedInputs of(Config section, Function<String, Vocabulary> vocabularies) {
    RecordSpec inputs = RecordSpecText.of(part(section, "inputs"));
    EncodedInputs context =
        PreprocessorText.of(part(section, "context"), vocabularies)
            .encode(RecordSpec.of(inputs.context(), Map.of()));
    EncodedInputs examples =
        PreprocessorText.of(part(section, "examples"), vocabularies)
            .encode(RecordSpec.of(Map.of(), inputs.examples()));
    return new EncodedInputs(
        inputs,
        context.context(),
        examples.examples(),
        context.contextTokens(),
        examples.exampleTokens());
  }

  private static Config part(Config section, String name) {
    if (section.root().get(name) instanceof ConfigObject part) {
      return part.toConfig();
    }
    String place = Hocon.place(section.root());
    throw new SpecException(List.of(new Fault(place, name, ": is missing; it is an object")));
  }

  private static PreprocessorWithSpec side(
      SortedMap<String, FeatureSpec> specs,
      List<EncodedFeature> features,
      List<TokenFeature> tokens) {
    SortedMap<String, TransformChain> transforms = new TreeMap<>();
    SortedMap<String, Float> defaults = new TreeMap<>();
    SortedMap<String, Integer> widths = new TreeMap<>();
    SortedMap<String, Embedding> embeddings = new TreeMap<>();
    for (EncodedFeature feature : features) {
      if (!feature.chain().transforms().isEmpty()) {
        transforms.put(feature.name(), feature.chain());
      }
      if (!Float.isNaN(feature.defaultValue())) {
        defaults.put(feature.name(), feature.defaultValue());
      }
      if (!(specs.get(feature.name()) instanceof FixedLenFeature)) {
        widths.put(feature.name(), feature.inputWidth());
      }
    }
    tokens.forEach(token -> embeddings.put(token.name(), token.embedding()));
    return new PreprocessorWithSpec(transforms, defaults, widths, embeddings);
  }
}
