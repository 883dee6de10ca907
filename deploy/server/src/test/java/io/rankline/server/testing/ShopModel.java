package io.rankline.server.testing;

import com.google.protobuf.ByteString;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.loss.LossObjective;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.serving.EnsembleExport;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model whose scores can be told: half the price and a constant. */
public final class ShopModel {

  private static final RecordSpec FEATURES =
      RecordSpec.of(
          Map.of("hour", FixedLenFeature.float32(1).withDefault(12f)),
          Map.of(
              "clicks", FixedLenFeature.int64(1).withDefault(3L),
              "price", FixedLenFeature.float32(1)));

  /** Columns of the first layer are hour, clicks, price. */
  private static final long PRICE = 2;

  private ShopModel() {}

  /**
   * Exports {@code price / 2 + constant}, for prices from 0 on.
   *
   * @param base where versions lie
   */
  public static void export(Path base, String version, float constant) {
    RankingModel model =
        model(
            DNNScorer.builder().hiddenLayerDims(1).useBatchNorm(false).build(),
            TrainingSettings.builder().loss("softmax_loss").seed(7).build());
    setWeights(model.graph(), constant);
    save(base, version, model);
  }

  /** Exports a model of two tasks, buy and click, with the scores of {@link #export}. */
  public static void exportTwoTasks(Path base, String version) {
    RankingModel model =
        model(
            DNNScorer.builder()
                .hiddenLayerDims(1)
                .useBatchNorm(false)
                .tasks("click", "buy")
                .build(),
            TrainingSettings.builder()
                .loss("click", TaskLoss.of(LossObjective.parse("softmax_loss")))
                .loss("buy", TaskLoss.of(LossObjective.parse("softmax_loss")))
                .build());
    setWeights(model.graph(), 1);
    save(base, version, model);
  }

  /** Exports a GAM whose context weighs its features. */
  public static void exportGam(Path base, String version) {
    save(
        base,
        version,
        model(
            GAMScorer.builder()
                .exampleHiddenLayerDims(4)
                .contextHiddenLayerDims(4)
                .useBatchNorm(false)
                .build(),
            TrainingSettings.builder().loss("softmax_loss").seed(7).build()));
  }

  /** Exports an ensemble of two models with the scores of {@link #export}. */
  public static void exportEnsemble(Path base, String version) {
    Path made = base.resolveSibling("members");
    export(made, "1", 1);
    export(made, "2", 5);
    Storage storage = Storage.ofClassPath();
    List<Folder> members =
        Stream.of("1", "2").map(member -> storage.folder(made.resolve(member).toString())).toList();
    try {
      SavedRankingModel.save(
          storage.folder(base.resolve(version).toString()),
          EnsembleExport.builder(members).build());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A serialized ExampleListWithContext of items with those prices. */
  public static byte[] elwc(float... prices) {
    ElwcAssembler record = new ElwcAssembler();
    for (float price : prices) {
      ExampleWriter example = new ExampleWriter();
      example.floats("price", new float[] {price}, 0, 1);
      record.add(example);
    }
    return record.build(new byte[0]);
  }

  /** A serialized tf.Example with a price. */
  public static ByteString example(float price) {
    ExampleWriter example = new ExampleWriter();
    example.floats("price", new float[] {price}, 0, 1);
    return ByteString.copyFrom(example.toByteArray());
  }

  /** The bytes of {@link #elwc} in base64, as JSON has it: {@code {"b64": "…"}}. */
  public static String b64(float... prices) {
    return "{\"b64\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(elwc(prices)));
  }

  private static RankingModel model(Scorer scorer, TrainingSettings settings) {
    return new ModelBuilder(
            new FeatureSpecInputCreator(FEATURES.context(), FEATURES.examples()),
            PreprocessorWithSpec.builder().build(),
            scorer,
            "__list_mask__",
            "shop")
        .build(settings);
  }

  private static void save(Path base, String version, RankingModel model) {
    try {
      SavedRankingModel.save(
          Storage.ofClassPath().folder(base.resolve(version).toString()),
          ModelExport.builder(model, FEATURES).build());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The price alone reaches the hidden unit, and half of that the score. */
  private static void setWeights(ComputationGraph graph, float constant) {
    for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
      boolean hidden = parameter.getKey().startsWith("hidden");
      boolean weights = parameter.getKey().endsWith("W");
      INDArray values = parameter.getValue();
      if (hidden) {
        values.assign(0);
        if (weights) {
          values.putScalar(PRICE, 1);
        }
      } else {
        values.assign(weights ? 0.5 : constant);
      }
    }
  }
}
