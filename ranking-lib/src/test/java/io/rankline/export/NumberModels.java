package io.rankline.export;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.MinMax;
import io.rankline.feature.transform.QuantileNormal;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.ZScore;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Models of features that are one number each, for engines that know no other, with parameters that
 * no two columns share. As a program it exports them all to a folder, for tests in JVMs that have
 * no ND4J.
 */
public final class NumberModels {

  private static final FixedLenFeature ONE = FixedLenFeature.float32(1);
  private static final FixedLenFeature MISSING = ONE.withDefault(Float.NaN);

  /** Every transform, alone and after others, with every kind of default. */
  private static final Map<String, FixedLenFeature> ITEMS =
      Map.ofEntries(
          Map.entry("cut", ONE),
          Map.entry("cut above", ONE.withDefault(2f)),
          Map.entry("far", ONE.withDefault(2000f)),
          Map.entry("grade", MISSING),
          Map.entry("kind", FixedLenFeature.int64(1).withDefault(1L)),
          Map.entry("kind_2", ONE),
          Map.entry("level", ONE.withDefault(-1f)),
          Map.entry("log", ONE.withDefault(0.5f)),
          Map.entry("log_cut", MISSING),
          Map.entry("log_scaled", ONE),
          Map.entry("plain", ONE.withDefault(0.25f)),
          Map.entry("price", MISSING),
          Map.entry("range", ONE),
          Map.entry("scaled", MISSING),
          Map.entry("shelf", MISSING));

  private NumberModels() {}

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
    for (String activation : List.of("relu", "leakyrelu", "sigmoid", "tanh", "identity")) {
      all.put("dnn-" + activation, dnn(activation));
    }
    all.put(
        "dnn-query",
        export(
            "dnn-query",
            Map.of("age", ONE.withDefault(30f), "hour", ONE, "log", ONE.withDefault(7f)),
            preprocessor()
                .transform("age", Transform.clip(18, 99))
                .transform("hour", new Bucketize(List.of(6f, 12f), Bucketize.Output.ONE_HOT))
                .build(),
            DNNScorer.builder().hiddenLayerDims(20, 10).inputBatchNorm(true).build()));
    all.put("gam", gam());
    all.put("trees", trees());
    return all;
  }

  /** A sum of what each feature gives. */
  public static ModelExport gam() {
    return export(
        "gam",
        Map.of(),
        preprocessor().build(),
        GAMScorer.builder().exampleHiddenLayerDims(8, 4).build());
  }

  /** Trees on features of items and of the query. */
  public static ModelExport trees() {
    return export(
        "trees",
        Map.of("age", ONE.withDefault(30f), "hour", ONE),
        preprocessor()
            .transform("age", Transform.clip(18, 99))
            .transform("grade", Transform.LOG1P)
            .defaultValue("grade", 0.3f)
            .transform(
                "hour",
                new QuantileNormal(
                    4, List.of(4), List.of(-9f, 0f, 0.1f, 30f), List.of(-1.5f, -0.25f, 0.5f, 2f)))
            .transform("kind", Transform.clip(-2, 5))
            .transform("shelf", Transform.clip(0, 9), new ZScore(List.of(0.1f), List.of(3.3f)))
            .defaultValue("shelf", 7)
            .build(),
        LambdaMartScorer.builder().numRound(50).build());
  }

  /** A network with that activation. */
  public static ModelExport dnn(String activation) {
    return export(
        "dnn-" + activation,
        Map.of(),
        preprocessor().build(),
        DNNScorer.builder()
            .hiddenLayerDims(24, 9)
            .activation(Activation.valueOf(activation.toUpperCase(Locale.ROOT)))
            .build());
  }

  /** What becomes of the items' features. */
  public static PreprocessorWithSpec.Builder preprocessor() {
    return PreprocessorWithSpec.builder()
        .transform("cut", Transform.clip(-1, 2.5f))
        .transform("cut above", Transform.clip(1, 3), Transform.LOG1P)
        .transform("far", new ZScore(List.of(2010f), List.of(4f)))
        .transform("grade", new Bucketize(List.of(-2f, 0f, 0.7f, 7f), Bucketize.Output.ONE_HOT))
        .transform("kind", Transform.oneHot(4))
        .transform("level", new Bucketize(List.of(-1f, 0f, 3f), Bucketize.Output.INDEX))
        .transform("log", Transform.LOG1P)
        .transform("log_cut", Transform.log1p(2))
        .defaultValue("log_cut", 3)
        .transform("log_scaled", Transform.LOG1P, new ZScore(List.of(0.5f), List.of(1.5f)))
        .transform("price", Transform.LOG1P, new MinMax(List.of(-3f), List.of(7f)))
        .defaultValue("price", -0.75f)
        .transform("range", new MinMax(List.of(-3f), List.of(7f)))
        .transform("scaled", new ZScore(List.of(1.25f), List.of(0.75f)))
        .defaultValue("scaled", 1)
        .transform(
            "shelf",
            Transform.clip(0, 9),
            new Bucketize(List.of(2f, 5f), Bucketize.Output.ONE_HOT),
            new ZScore(List.of(0.1f, 0.2f, 0.7f), List.of(0.3f, 0.4f, 0.5f)))
        .width("stars", 1)
        .defaultValue("stars", 2.5f);
  }

  /** A model of these features of the query and those of items, not trained. */
  public static ModelExport export(
      String name,
      Map<String, FixedLenFeature> context,
      PreprocessorWithSpec preprocessor,
      Scorer scorer) {
    RecordSpec items = RecordSpec.of(context, ITEMS);
    Map<String, FeatureSpec> examples = new LinkedHashMap<>(items.examples());
    examples.put("stars", new VarLenFeature(DType.INT64));
    RecordSpec records = RecordSpec.of(context, examples);
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(records.context(), records.examples()),
                preprocessor,
                scorer,
                "__list_mask__",
                name)
            .build(TrainingSettings.builder().loss("softmax_loss").seed(3).build());
    SplittableRandom random = new SplittableRandom(11);
    model
        .graph()
        .paramTable()
        .forEach(
            (parameter, values) -> {
              // What starts as 0 or 1 would hide mistakes, and so would weights of which none is 0.
              if (parameter.endsWith("_W")) {
                values.putScalar(0, 0);
              } else {
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
