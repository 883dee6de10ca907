package io.rankline.export;

import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Pooling;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.Transform;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.loss.LossText;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DasalcScorer;
import io.rankline.model.scorer.DocumentInteractionAttention;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.TransformerScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A small model of each kind that there is, with parameters that no two columns share. As a program
 * it exports them all to a folder, for tests in JVMs that have no ND4J.
 */
public final class ModelKinds {

  private static final String ACTIVATIONS =
      "identity relu tanh sigmoid swish gelu softplus softsign selu elu leakyrelu cube hardtanh"
          + " hardsigmoid relu6";

  private static final int[] FURTHER = {24, 9};

  /** On cubes of cubes no two orders of a sum agree. */
  private static final int[] CUBES = {24};

  private ModelKinds() {}

  /** Exports each to a folder of its name below the one that is named. */
  public static void main(String[] args) throws IOException {
    Folder folder = Storage.ofClassPath().folder(args[0]);
    for (Map.Entry<String, ModelExport> kind : all().entrySet()) {
      SavedRankingModel.save(folder.folder(kind.getKey()), kind.getValue());
    }
  }

  /** All of them by name. */
  public static Map<String, ModelExport> all() {
    Map<String, ModelExport> all = new LinkedHashMap<>();
    for (String activation : ACTIVATIONS.split(" ", -1)) {
      all.put(
          "dnn-" + activation,
          numbers(
              DNNScorer.builder()
                  .hiddenLayerDims(activation.equals("cube") ? CUBES : FURTHER)
                  .activation(Activation.valueOf(activation.toUpperCase(Locale.ROOT)))
                  .build(),
              0,
              12));
    }
    all.put(
        "dnn-context",
        numbers(DNNScorer.builder().hiddenLayerDims(20, 10).inputBatchNorm(true).build(), 3, 7));
    all.put("gam", numbers(GAMScorer.builder().exampleHiddenLayerDims(8, 4).build(), 0, 6));
    all.put(
        "gam-context",
        numbers(
            GAMScorer.builder().exampleHiddenLayerDims(8, 4).contextHiddenLayerDims(5).build(),
            2,
            6));
    all.put(
        "document-interaction",
        numbers(
            DocumentInteractionScorer.builder()
                .interaction(new DocumentInteractionAttention(2, 8, 2, 0.1, 0))
                .hiddenLayerDims(16, 8)
                .build(),
            1,
            6));
    all.put(
        "transformer",
        numbers(
            TransformerScorer.builder()
                .inputLayerDims(12)
                .blocks(2)
                .heads(3)
                .feedForward(20)
                .build(),
            0,
            6));
    all.put(
        "dasalc",
        numbers(
            DasalcScorer.builder().hiddenLayerDims(16, 12).numLayers(2).headSize(6).build(), 2, 6));
    all.put(
        "tasks",
        export(
            numbers(1, 6),
            logarithms(1, 6),
            DNNScorer.builder().hiddenLayerDims(12).tasks("buy", "click").build(),
            TrainingSettings.builder()
                .loss("buy", TaskLoss.of(LossText.parse("softmax_loss")))
                .loss("click", TaskLoss.of(LossText.parse("sigmoid_cross_entropy_loss")))
                .seed(3)
                .build()));
    all.put(
        "several-scores",
        export(
            numbers(0, 6),
            logarithms(0, 6),
            DNNScorer.builder().hiddenLayerDims(12).outputUnits(3).build(),
            settings("{name = ordinal_loss, ordinal_size = 3}")));
    all.put("trees", numbers(LambdaMartScorer.builder().numRound(30).maxDepth(5).build(), 2, 6));
    all.put(
        "transforms", RowTransformKind.model(DNNScorer.builder().hiddenLayerDims(24, 9).build()));
    all.put(
        "transforms-trees",
        RowTransformKind.model(LambdaMartScorer.builder().numRound(40).build()));
    all.put("transforms-within-lists", ListTransformKind.model());
    all.put("transforms-of-tables", TableTransformKind.model());
    for (Pooling pooling : Pooling.values()) {
      all.put("tokens-" + pooling.wireName(), tokens(pooling));
    }
    return all;
  }

  static TrainingSettings settings(String loss) {
    return TrainingSettings.builder().loss(LossText.parse(loss)).seed(3).build();
  }

  private static ModelExport numbers(Scorer scorer, int contextFeatures, int exampleFeatures) {
    return export(
        numbers(contextFeatures, exampleFeatures),
        logarithms(contextFeatures, exampleFeatures),
        scorer,
        settings("softmax_loss"));
  }

  private static PreprocessorWithSpec logarithms(int contextFeatures, int exampleFeatures) {
    RecordSpec records = numbers(contextFeatures, exampleFeatures);
    Set<String> names = new TreeSet<>(records.context().keySet());
    names.addAll(records.examples().keySet());
    return PreprocessorWithSpec.forAll(names, Transform.log1p(1));
  }

  private static RecordSpec numbers(int contextFeatures, int exampleFeatures) {
    SortedMap<String, FixedLenFeature> context = new TreeMap<>();
    SortedMap<String, FixedLenFeature> examples = new TreeMap<>();
    for (int c = 0; c < contextFeatures; c++) {
      context.put("query_" + c, FixedLenFeature.float32(1));
    }
    for (int f = 0; f < exampleFeatures; f++) {
      examples.put("item_" + f, FixedLenFeature.float32(1));
    }
    return RecordSpec.of(context, examples);
  }

  /** Every index, on both sides; two features share a table. */
  private static ModelExport tokens(Pooling pooling) {
    VarLenFeature words = new VarLenFeature(DType.STRING);
    VarLenFeature numbers = new VarLenFeature(DType.INT64);
    Vocabulary known =
        Vocabulary.of("words.txt", List.of("[UNK]", "[PAD]", "red", "größe", "shoe", "7"));
    VocabularyIndex index = VocabularyIndex.of(known);
    PreprocessorWithSpec.Builder preprocessor = PreprocessorWithSpec.builder();
    Map.ofEntries(
            Map.entry("brand", new HashBuckets(11)),
            Map.entry("category", IdentityIndex.of(9)),
            Map.entry("code", new HashBuckets(5)),
            Map.entry("colours", new HashBuckets(7)),
            Map.entry("query", index.withOovBuckets(2).withMaskToken("[PAD]")),
            Map.entry("shelf", new IdentityIndex(5, IdentityIndex.Others.NONE)),
            Map.entry("tags", index.withOovToken("[UNK]").withMaskToken("[PAD]")),
            Map.entry("title", index.withOovBuckets(2).withMaskToken("[PAD]")),
            Map.entry("topics", index),
            Map.entry("user", new IdentityIndex(6, IdentityIndex.Others.NONE)),
            Map.entry("year", index.withOovToken("[UNK]")))
        .forEach(
            (name, tokens) -> {
              Embedding embedding = Embedding.of(tokens, 3).withPooling(pooling);
              boolean isShared = name.equals("query") || name.equals("title");
              preprocessor.embedding(
                  name,
                  isShared
                      ? embedding.withTable("words")
                      : name.equals("tags") ? embedding.withMaxTokens(2) : embedding);
            });
    return export(
        RecordSpec.of(
            Map.of("query", words, "topics", words, "user", numbers),
            Map.of(
                "brand", words,
                "category", numbers,
                "code", numbers,
                "colours", FixedLenFeature.string(2).withDefault("red"),
                "price", FixedLenFeature.float32(1),
                "shelf", FixedLenFeature.int64(1),
                "tags", words,
                "title", words,
                "year", numbers)),
        preprocessor.build(),
        DNNScorer.builder().hiddenLayerDims(16).build(),
        settings("softmax_loss"));
  }

  static ModelExport export(
      RecordSpec records,
      PreprocessorWithSpec preprocessor,
      Scorer scorer,
      TrainingSettings settings) {
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(records.context(), records.examples()),
                preprocessor,
                scorer,
                "__list_mask__",
                "shop")
            .build(settings);
    SplittableRandom random = new SplittableRandom(11);
    model
        .graph()
        .paramTable()
        .forEach(
            (name, values) -> {
              // What starts as 0 or 1 would hide mistakes.
              if (!name.endsWith("_W")) {
                blur(values, random);
              }
            });
    GrownTrees.growIn(model, records);
    return ModelExport.builder(model, records).build();
  }

  private static void blur(INDArray values, SplittableRandom random) {
    for (long i = 0; i < values.length(); i++) {
      values.putScalar(i, values.getFloat(i) + random.nextDouble(-0.2, 0.2));
    }
  }
}
