package io.rankline.serving;

import io.rankline.data.BytesColumn;
import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.ZScore;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small models with every kind of feature, and lists for them. */
final class ServedModels {

  static final RecordSpec FEATURES =
      RecordSpec.of(
          Map.of(
              "hour",
              FixedLenFeature.float32(1).withDefault(12f),
              "query",
              new VarLenFeature(DType.STRING)),
          Map.of(
              "price", FixedLenFeature.float32(1),
              "clicks", FixedLenFeature.int64(1).withDefault(3L),
              "vector", FixedLenFeature.float32(40).withDefault(0.5f),
              "title", new VarLenFeature(DType.STRING)));

  static final RecordSpec RECORDS =
      FEATURES.withLabels(LabelSpec.of("utility", FixedLenFeature.float32(1).withDefault(-1f)));

  private static final Vocabulary WORDS =
      Vocabulary.of("words.txt", List.of("red", "green", "blue", "shoe", "größe"));

  private ServedModels() {}

  /** A univariate model wide enough for BLAS to round by the place of a row. */
  static RankingModel univariate() {
    return model(
        DNNScorer.builder().hiddenLayerDims(64, 33).useBatchNorm(true).dropout(0.2).build(),
        TrainingSettings.builder().loss("softmax_loss").seed(7).build());
  }

  static RankingModel listwise() {
    return model(
        DocumentInteractionScorer.builder().hiddenLayerDims(16).build(),
        TrainingSettings.builder().loss("softmax_loss").seed(7).build());
  }

  /** A tower over items, whose features tell how an item stands to the others of its list. */
  static RankingModel withinQuery() {
    return model(
        DNNScorer.builder().hiddenLayerDims(16).build(),
        TrainingSettings.builder().loss("softmax_loss").seed(7).build(),
        Transform.QUERY_Z_SCORE);
  }

  static RankingModel model(Scorer scorer, TrainingSettings settings, Transform... ofVector) {
    VocabularyIndex index = VocabularyIndex.of(WORDS).withOovBuckets(2);
    PreprocessorWithSpec preprocessor =
        PreprocessorWithSpec.builder()
            .transform("price", Transform.LOG1P, new ZScore(List.of(1.25f), List.of(0.75f)))
            .transform("vector", ofVector)
            .embedding("query", Embedding.of(index, 3).withTable("words"))
            .embedding("title", Embedding.of(index, 3).withTable("words"))
            .build();
    return new ModelBuilder(
            new FeatureSpecInputCreator(FEATURES.context(), FEATURES.examples()),
            preprocessor,
            scorer,
            "__list_mask__",
            "shop")
        .build(settings);
  }

  static ModelExport export(RankingModel model) {
    return ModelExport.builder(model, RECORDS).build();
  }

  /** A list of {@code size} items as the records' spec reads it. */
  static RankingList list(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = RECORDS.layout().exampleWidth();
    float[] examples = new float[size * width];
    float[] labels = new float[size];
    long[] clicks = new long[size];
    int[] rows = new int[size + 1];
    List<String> words = new ArrayList<>();
    int[] titleRows = new int[size + 1];
    for (int i = 0; i < size; i++) {
      for (int f = 0; f < width; f++) {
        examples[i * width + f] = (float) random.nextDouble(0, 3);
      }
      labels[i] = random.nextInt(3);
      clicks[i] = random.nextInt(20);
      rows[i + 1] = i + 1;
      for (int t = random.nextInt(4); t > 0; t--) {
        words.add(List.of("red", "green", "shoe", "größe", "unknown").get(random.nextInt(5)));
      }
      titleRows[i + 1] = words.size();
    }
    BytesColumn titles = BytesColumn.ofRow(words);
    return new RankingList(
        RECORDS.layout(),
        size,
        size,
        new float[] {random.nextInt(24)},
        examples,
        labels,
        new float[0],
        List.of(BytesColumn.ofRow(List.of("red", "shoe"))),
        List.of(
            new LongColumn(clicks, rows),
            new BytesColumn(titles.bytes(), titles.ends(), titleRows)));
  }

  static List<RankingList> lists(long seed, int... sizes) {
    List<RankingList> lists = new ArrayList<>();
    for (int size : sizes) {
      lists.add(list(seed * 100 + lists.size(), size));
    }
    return lists;
  }

  static ListBatch batch(List<RankingList> lists) {
    return new ListBatcher(ListSize.ALL).batch(lists);
  }

  /** The model after some steps, so that running means and the like are not what they start as. */
  static RankingModel trained(RankingModel model) {
    for (int step = 0; step < 5; step++) {
      model.fit(batch(lists(step, 5, 9, 1, 12)));
    }
    return model;
  }
}
