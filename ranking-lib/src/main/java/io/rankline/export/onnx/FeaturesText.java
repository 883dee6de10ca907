package io.rankline.export.onnx;

import io.rankline.export.engine.EngineModel;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.TokenFeature;
import io.rankline.text.Hocon;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code features.json}: what a client puts where in the inputs of {@code
 * model.onnx}.
 *
 * @param model name of the model
 * @param rankline the version that wrote it
 * @param features numbers, in the order of their columns
 * @param tokens features that are inputs of their own
 * @param outputs for each task
 */
record FeaturesText(
    @Option String model,
    @Option String rankline,
    @Option List<Numbers> features,
    @Option List<Tokens> tokens,
    @Option List<Output> outputs) {

  /** What a feature is of. */
  enum Side {
    CONTEXT,
    EXAMPLE
  }

  /**
   * A feature of numbers.
   *
   * @param input which holds it
   * @param column its first
   * @param width number of columns
   * @param defaults what NaN becomes, for each column; null for none
   */
  record Numbers(
      @Option String name,
      @Option Side side,
      @Option String input,
      @Option int column,
      @Option int width,
      @Option @Nullable List<Float> defaults) {}

  /**
   * A feature of tokens.
   *
   * @param ids how the client makes ids of them; null where the input takes the tokens themselves
   */
  record Tokens(
      @Option String name, @Option Side side, @Option String type, @Option @Nullable Ids ids) {}

  /**
   * How a token becomes an id.
   *
   * @param vocabulary file of tokens, one a line: the first has id 0; null for none
   * @param ignored the token that has no id; null for none
   * @param hashBuckets the id of other tokens is FarmHash Fingerprint64 of their bytes, as unsigned
   *     number, modulo this, and comes after those of the vocabulary; null for none
   * @param identity ids are the integers below this; null for none
   * @param example a token, and its id
   */
  record Ids(
      @Option @Nullable String vocabulary,
      @Option @Nullable String ignored,
      @Option @Nullable Integer hashBuckets,
      @Option @Nullable Integer identity,
      @Option Example example) {}

  /** A token and its id. */
  record Example(@Option String token, @Option int id) {}

  /**
   * An output.
   *
   * @param scores of an item
   */
  record Output(@Option String name, @Option String task, @Option int scores) {}

  /** The folder of vocabularies that clients need. */
  static final String ASSETS = "assets";

  private static final String EXAMPLE_TOKEN = "running shoes";

  static FeaturesText of(EngineModel model) {
    EncodedInputs plan = model.description().inputs();
    List<Numbers> numbers = new ArrayList<>();
    var requests = model.scorer().requests();
    addNumbers(numbers, Side.EXAMPLE, plan.examples(), requests.examples());
    addNumbers(numbers, Side.CONTEXT, plan.context(), requests.context());
    List<Tokens> tokens = new ArrayList<>();
    plan.contextTokens().forEach(feature -> tokens.add(tokens(feature, Side.CONTEXT)));
    plan.exampleTokens().forEach(feature -> tokens.add(tokens(feature, Side.EXAMPLE)));
    var tasks = model.description().tasks();
    List<Output> outputs = new ArrayList<>();
    tasks.forEach(
        (task, loss) ->
            outputs.add(
                new Output(tasks.size() == 1 ? "scores" : task, task, loss.scoresOfItem())));
    return new FeaturesText(
        model.scorer().name(),
        model.scorer().versions().getOrDefault("rankline", ""),
        numbers,
        tokens,
        outputs);
  }

  /** What NaN becomes in each column: what the model says, or a record without the feature has. */
  static List<Float> defaults(EncodedFeature feature, @Nullable FeatureSpec spec) {
    return Float.isNaN(feature.defaultValue())
            && spec instanceof FixedLenFeature fixed
            && fixed.hasDefault()
        ? fixed.defaultValues().stream().map(value -> ((Number) value).floatValue()).toList()
        : Collections.nCopies(feature.inputWidth(), feature.defaultValue());
  }

  static int width(List<EncodedFeature> features) {
    return features.stream().mapToInt(EncodedFeature::inputWidth).sum();
  }

  static FeaturesText parse(String json, String origin) {
    Section section = Section.of(Hocon.parseJson(json, origin));
    FeaturesText text = RecordCodec.of(FeaturesText.class).read(section);
    section.rejectUnknownKeys();
    section.finish();
    return Objects.requireNonNull(text);
  }

  Map<String, Object> describe() {
    return RecordCodec.write(this);
  }

  private static void addNumbers(
      List<Numbers> numbers,
      Side side,
      List<EncodedFeature> features,
      SortedMap<String, FeatureSpec> specs) {
    int column = 0;
    for (EncodedFeature feature : features) {
      List<Float> defaults = defaults(feature, specs.get(feature.name()));
      numbers.add(
          new Numbers(
              feature.name(),
              side,
              side == Side.EXAMPLE
                  ? EncodedInputs.EXAMPLE_FEATURES
                  : EncodedInputs.CONTEXT_FEATURES,
              column,
              feature.inputWidth(),
              defaults.stream().allMatch(value -> Float.isNaN(value)) ? null : defaults));
      column += feature.inputWidth();
    }
  }

  private static Tokens tokens(TokenFeature feature, Side side) {
    TokenIndex index = feature.embedding().index();
    boolean isLookedUp = GraphInputs.isLookedUp(index);
    return new Tokens(
        feature.name(), side, isLookedUp ? "string" : "int64", isLookedUp ? null : ids(index));
  }

  private static Ids ids(TokenIndex index) {
    if (!index.takesText()) {
      return new Ids(null, null, null, index.size(), new Example("0", index.idOf(0)));
    }
    byte[] bytes = EXAMPLE_TOKEN.getBytes(StandardCharsets.UTF_8);
    Example example = new Example(EXAMPLE_TOKEN, index.idOf(bytes, 0, bytes.length));
    if (index instanceof VocabularyIndex words) {
      return new Ids(
          ASSETS + "/" + words.vocabulary().name(),
          words.maskId() == TokenIndex.NONE
              ? null
              : words.vocabulary().tokens().get(words.maskId()),
          words.oovBuckets(),
          null,
          example);
    }
    return new Ids(null, null, ((HashBuckets) index).size(), null, example);
  }
}
