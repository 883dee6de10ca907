package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.BytesColumn;
import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.record.RankingListReader;
import io.rankline.io.record.RecordFormat;
import io.rankline.metric.NdcgMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Queries and documents of words: one table of embeddings, a small network on top. */
class TokenModelTest {

  private static final Map<String, FeatureSpec> CONTEXT =
      Map.of("query_tokens", new VarLenFeature(DType.STRING));
  private static final Map<String, FeatureSpec> EXAMPLES =
      Map.of("document_tokens", new RaggedFeature(DType.STRING));
  private static final RecordSpec SPEC =
      RecordSpec.of(CONTEXT, EXAMPLES)
          .withLabels(LabelSpec.of("relevance", FixedLenFeature.int64(1).withDefault(-1)));

  @Test
  void itLearnsTheTokensOfARecordedFile() throws IOException {
    Path records = SharedFolder.require("data/elwc_sample/train_elwc.tfrecord");
    Path words = SharedFolder.require("data/elwc_sample/vocab.txt");

    RankingModel model = model(Vocabulary.ofFile(words));

    requireLearns(model, read(records));
  }

  @Test
  void itLearnsWhichDocumentsSpeakOfTheQuery() {
    SplittableRandom random = new SplittableRandom(11);
    List<String> words = new ArrayList<>();
    for (int topic = 0; topic < 3; topic++) {
      for (int w = 0; w < 4; w++) {
        words.add("topic" + topic + "word" + w);
      }
    }
    List<RankingList> lists = new ArrayList<>();
    for (int q = 0; q < 24; q++) {
      int topic = q % 3;
      List<List<String>> documents = new ArrayList<>();
      float[] labels = new float[2 + random.nextInt(5)];
      for (int i = 0; i < labels.length; i++) {
        int about = i == 0 ? topic + 1 : i == 1 ? topic : random.nextInt(3);
        labels[i] = about == topic ? 1 : 0;
        documents.add(text(random, about % 3));
      }
      lists.add(list(text(random, topic), documents, labels));
    }

    requireLearns(model(Vocabulary.of("words", words)), lists);
  }

  @Test
  void bothFeaturesReadOneTable() {
    RankingModel model = model(Vocabulary.of("words", List.of("a", "b")));

    assertThat(model.encoder()).isInstanceOf(InputEncoder.class);
    assertThat(model.graph().getLayer("tokens_embedding").getParam("W").shape())
        .containsExactly(2, 20);
    assertThat(model.graph().getConfiguration().getNetworkInputs())
        .containsExactly("query_tokens", "document_tokens", "__list_mask__");
  }

  @Test
  void scoresOfAListDoNotDependOnTheBatchOrOnPadding() {
    RankingModel model = model(Vocabulary.of("words", List.of("a", "b", "c")));
    RankingList first =
        list(List.of("a"), List.of(List.of("b", "c"), List.of()), new float[] {1, 0});
    RankingList second = list(List.of(), List.of(List.of("a", "a", "b", "zzz")), new float[] {1});

    float[] together = model.score(new ListBatcher(ListSize.ALL).batch(List.of(first, second)));
    float[] alone = model.score(new ListBatcher(ListSize.ALL).batch(List.of(second)));
    float[] padded = model.score(new ListBatcher(new ListSize(5)).batch(List.of(second)));

    assertThat(together[2]).isEqualTo(alone[0]).isEqualTo(padded[0]);
  }

  @Test
  void listsTransformedBeforehandGiveTheSameBits() {
    RankingModel model = model(Vocabulary.of("words", List.of("a", "b", "c")));
    InputEncoder encoder = (InputEncoder) model.encoder();
    List<RankingList> raw =
        List.of(
            list(List.of("a"), List.of(List.of("b"), List.of()), new float[] {1, 0}),
            list(List.of("c", "b"), List.of(List.of("a", "c", "zzz")), new float[] {1}));

    INDArray[] late = encoder.encode(new ListBatcher(ListSize.ALL).batch(raw));
    INDArray[] early =
        encoder.inputs(
            new ListBatcher(ListSize.ALL).batch(raw.stream().map(encoder::transform).toList()));

    assertThat(early).hasSameSizeAs(late);
    for (int k = 0; k < late.length; k++) {
      assertThat(early[k]).isEqualTo(late[k]);
    }
  }

  private static void requireLearns(RankingModel model, List<RankingList> lists) {
    ListBatch batch = new ListBatcher(ListSize.ALL).batch(lists);
    double before = model.fit(batch);

    double after = before;
    for (int step = 0; step < 80; step++) {
      after = model.fit(batch);
    }

    assertThat(after).isLessThan(before / 2);
    assertThat(ndcg(batch, model.score(batch))).isGreaterThan(ndcgOfRandomScores(batch) + 0.1);
  }

  private static double ndcgOfRandomScores(ListBatch batch) {
    SplittableRandom random = new SplittableRandom(7);
    double sum = 0;
    int draws = 50;
    for (int draw = 0; draw < draws; draw++) {
      float[] scores = new float[batch.mask().length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) random.nextDouble();
      }
      sum += ndcg(batch, scores);
    }
    return sum / draws;
  }

  private static double ndcg(ListBatch batch, float[] scores) {
    NdcgMetric metric = new NdcgMetric(10);
    Evaluator evaluator = new Evaluator(List.of(metric));
    for (int q = 0; q < batch.batchSize(); q++) {
      evaluator.add(ScoredList.of(batch, q, 0, scores));
    }
    return evaluator.evaluation().value(metric.name()).orElse(0);
  }

  private static RankingModel model(Vocabulary vocabulary) {
    Embedding embedding = Embedding.of(VocabularyIndex.of(vocabulary), 20).withTable("tokens");
    PreprocessorWithSpec preprocessor =
        PreprocessorWithSpec.builder()
            .embedding("query_tokens", embedding)
            .embedding("document_tokens", embedding)
            .build();
    DNNScorer scorer =
        DNNScorer.builder()
            .hiddenLayerDims(16)
            .outputUnits(1)
            .activation(Activation.RELU)
            .useBatchNorm(false)
            .dropout(0)
            .build();
    return new ModelBuilder(
            new FeatureSpecInputCreator(CONTEXT, EXAMPLES),
            preprocessor,
            scorer,
            "__list_mask__",
            "token_model")
        .build(
            TrainingSettings.builder()
                .loss("softmax_loss")
                .optimizer(Optimizer.of("adam").withLearningRate(0.02))
                .seed(5)
                .build());
  }

  private static List<String> text(SplittableRandom random, int topic) {
    List<String> words = new ArrayList<>();
    for (int w = 0; w <= random.nextInt(3); w++) {
      words.add("topic" + topic + "word" + random.nextInt(4));
    }
    return words;
  }

  private static RankingList list(
      List<String> query, List<List<String>> documents, float[] labels) {
    List<String> all = new ArrayList<>();
    int[] offsets = new int[documents.size() + 1];
    for (int i = 0; i < documents.size(); i++) {
      all.addAll(documents.get(i));
      offsets[i + 1] = all.size();
    }
    BytesColumn words = BytesColumn.ofRow(all);
    return new RankingList(
        SPEC.layout(),
        labels.length,
        labels.length,
        new float[0],
        new float[0],
        labels,
        new float[0],
        List.<ValueColumn>of(BytesColumn.ofRow(query)),
        List.<ValueColumn>of(new BytesColumn(words.bytes(), words.ends(), offsets)));
  }

  private static List<RankingList> read(Path file) throws IOException {
    List<RankingList> lists = new ArrayList<>();
    try (RankingListReader reader =
        RankingListReader.open(
            new RecordFiles(new Configuration()),
            new org.apache.hadoop.fs.Path(file.toUri()),
            RecordFormat.ELWC.decoder(SPEC),
            CorruptRecordPolicy.FAIL,
            fault -> {})) {
      @Nullable RankingList list;
      while ((list = reader.next()) != null) {
        lists.add(list);
      }
    }
    return lists;
  }
}
