package io.rankline.keras;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.io.Storage;
import io.rankline.io.tensor.TensorFile;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.activations.Activation;

/**
 * The networks of {@code golden/keras}, which TF-Ranking and Keras made by the scripts beside them,
 * and models of their shapes.
 */
final class GoldenTowers {

  /** Rows of the scripts: query_length, bm25, and two clicks. */
  static final float[][] ROWS = {
    {3, 12.5f, 0.25f, -1}, {3, 0.5f, 2, 0}, {1, -4, 0.125f, 3}, {7, 2, -0.5f, 0.75f}, {0, 0, 0, 0}
  };

  /** TF-Ranking's rows are one list, so they have one query_length. */
  static final float[][] TF_RANKING_ROWS = {ROWS[0], ROWS[1], {3, -4, 0.125f, 3}};

  /** The token of each of these rows. */
  static final long[] TOKENS = {2, 0, 1};

  private GoldenTowers() {}

  static Path path(String name) {
    return Path.of("src", "test", "resources", "golden", "keras", name);
  }

  static TensorFile file(String name) throws IOException {
    return WeightsFile.read(Storage.ofClassPath(), path(name).toString());
  }

  /** Scores of a network for one task, in the order of the rows. */
  static float[] scores(String table, String network, String task) {
    try {
      List<String> found =
          Files.readAllLines(path(table)).stream()
              .filter(line -> line.startsWith(network + ";" + task + ";"))
              .toList();
      float[] scores = new float[found.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Float.parseFloat(found.get(i).split(";", -1)[3]);
      }
      return scores;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DNNScorer.Builder dnn(int... widths) {
    return DNNScorer.builder().hiddenLayerDims(widths);
  }

  /** Without batch norm. */
  static DNNScorer.Builder plain(int... widths) {
    return dnn(widths).useBatchNorm(false);
  }

  /** With batch norm of the features, too. */
  static DNNScorer.Builder normed() {
    return dnn(4, 3).inputBatchNorm(true).activation(Activation.RELU);
  }

  static RankingModel model(DNNScorer scorer) {
    return model(scorer, false);
  }

  static RankingModel modelWithTokens(DNNScorer scorer) {
    return model(scorer, true);
  }

  private static RankingModel model(DNNScorer scorer, boolean withTokens) {
    RecordSpec records = records(withTokens);
    PreprocessorWithSpec.Builder preprocessor = PreprocessorWithSpec.builder();
    if (withTokens) {
      preprocessor.embedding("aspect", Embedding.of(IdentityIndex.of(3), 2));
    }
    return new ModelBuilder(
            new FeatureSpecInputCreator(records.context(), records.examples()),
            preprocessor.build(),
            scorer,
            "__list_mask__",
            "imported")
        .build();
  }

  private static RecordSpec records(boolean withTokens) {
    Map<String, FeatureSpec> items = new TreeMap<>();
    items.put("bm25", new FixedLenFeature(List.of(1), DType.FLOAT32, List.of(0f)));
    items.put("clicks", new FixedLenFeature(List.of(2), DType.FLOAT32, List.of(0f, 0f)));
    if (withTokens) {
      items.put("aspect", new FixedLenFeature(List.of(1), DType.INT64, List.of(0L)));
    }
    return RecordSpec.of(
        Map.of("query_length", new FixedLenFeature(List.of(1), DType.FLOAT32, List.of(0f))), items);
  }

  /** What an export of the model says of each row, as a list of its own. */
  static float[] scores(RankingModel model, String task, float[][] rows) {
    boolean withTokens = !model.description().inputs().exampleTokens().isEmpty();
    SavedRankingModel saved =
        SavedRankingModel.of(ModelExport.builder(model, records(withTokens)).build());
    float[] scores = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Map<String, Object> item = new TreeMap<>();
      item.put("bm25", rows[i][1]);
      item.put("clicks", List.of(rows[i][2], rows[i][3]));
      if (withTokens) {
        item.put("aspect", TOKENS[i]);
      }
      SortedMap<String, float[]> byTask =
          saved.predictTasks(saved.listOf(Map.of("query_length", rows[i][0]), List.of(item)));
      scores[i] = Objects.requireNonNull(byTask.get(task))[0];
    }
    return scores;
  }
}
