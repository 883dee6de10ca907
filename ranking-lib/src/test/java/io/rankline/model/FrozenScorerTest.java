package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rankline.compiled.CompiledCode;
import io.rankline.data.BytesColumn;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.Pooling;
import io.rankline.frozen.NetworkArchive;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DasalcScorer;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.TransformerScorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** What plain Java makes of a network is what DL4J makes of it. */
class FrozenScorerTest {

  /** Sums in another order and a folded batch norm, through some layers of floats. */
  private static final float FLOAT_LAYERS = 3e-5f;

  private static final RecordSpec WORDS =
      RecordSpec.of(
          Map.of("age", FixedLenFeature.float32(1), "query", new VarLenFeature(DType.STRING)),
          Map.of("price", FixedLenFeature.float32(3), "title", new VarLenFeature(DType.STRING)));

  static Stream<Arguments> scorers() {
    return Stream.of(
        Arguments.of("dnn", DNNScorer.builder().hiddenLayerDims(67, 40, 33).build(), 3),
        Arguments.of(
            "dnn, input norm",
            DNNScorer.builder().hiddenLayerDims(16).inputBatchNorm(true).build(),
            2),
        Arguments.of(
            "dnn, no norm",
            DNNScorer.builder().hiddenLayerDims(600, 5).useBatchNorm(false).build(),
            0),
        Arguments.of("gam", GAMScorer.builder().exampleHiddenLayerDims(16, 8).build(), 0),
        Arguments.of(
            "gam of contexts",
            GAMScorer.builder().exampleHiddenLayerDims(9, 3).contextHiddenLayerDims(5).build(),
            2),
        Arguments.of(
            "document interaction",
            DocumentInteractionScorer.builder().hiddenLayerDims(24, 8).build(),
            1),
        Arguments.of("dasalc", DasalcScorer.builder().hiddenLayerDims(32, 32).build(), 2),
        Arguments.of("transformer", TransformerScorer.builder().build(), 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scorers")
  void everyScorerGivesTheNetworksScores(String name, Scorer scorer, int contextFeatures) {
    ModelLists lists = new ModelLists(5, contextFeatures, 7, "relevance");
    RankingModel model = trained(scorer, lists);

    assertScoresOfTheNetwork(model, lists.lists(9, 60));
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {
        "IDENTITY",
        "RELU",
        "TANH",
        "SIGMOID",
        "SWISH",
        "GELU",
        "SOFTPLUS",
        "SOFTSIGN",
        "SELU",
        "ELU",
        "LEAKYRELU",
        "CUBE",
        "HARDTANH",
        "HARDSIGMOID",
        "RELU6"
      })
  void everyActivationIsDl4js(Activation activation) {
    ModelLists lists = new ModelLists(6, 0, 7, "relevance");
    RankingModel model =
        trained(DNNScorer.builder().hiddenLayerDims(40).activation(activation).build(), lists);

    assertScoresOfTheNetwork(model, lists.lists(3, 60));
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void tokensArePooled(Pooling pooling) {
    SplittableRandom random = new SplittableRandom(3);
    List<RankingList> lists = List.of(words(random, 5), words(random, 1), words(random, 9));

    assertScoresOfTheNetwork(ofWords(pooling, "words", "words"), lists);
    assertScoresOfTheNetwork(ofWords(pooling, "queries", "titles"), lists);
  }

  @Test
  void everyTaskHasItsOwnScores() {
    ModelLists lists = new ModelLists(5, 1, 7, "buy", "click");
    RankingModel model =
        builder(DNNScorer.builder().hiddenLayerDims(12).tasks("buy", "click").build(), lists)
            .build(
                TrainingSettings.builder()
                    .loss("buy", TaskLoss.of(io.rankline.loss.LossText.parse("softmax_loss")))
                    .loss("click", TaskLoss.of(io.rankline.loss.LossText.parse("softmax_loss")))
                    .build());

    assertScoresOfTheNetwork(model, lists.lists(4, 20));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anItemHasTheSameBitsInEveryCompany(long seed) {
    ModelLists lists = new ModelLists(seed, 1, 136, "relevance");
    RankingModel model = trained(DNNScorer.builder().hiddenLayerDims(133, 21).build(), lists);
    List<RankingList> some = new ArrayList<>(lists.lists(5, 90));
    some.add(lists.list(700));
    ListScorer scorer = model.scorer();

    List<SortedMap<String, float[]>> together = scorer.scores(some);

    for (int q = 0; q < some.size(); q++) {
      float[] scores = of(together, q);
      assertThat(of(scorer.scores(List.of(some.get(q))), 0)).isEqualTo(scores);
      for (int i = 0; i < scores.length; i += 19) {
        RankingList item = some.get(q).select(new int[] {i});
        assertThat(of(scorer.scores(List.of(item)), 0)).containsExactly(scores[i]);
      }
    }
  }

  @Test
  void aListHasTheSameBitsInEveryCompanyWhereScoresDependOnIt() {
    ModelLists lists = new ModelLists(4, 1, 20, "relevance");
    RankingModel model =
        trained(DocumentInteractionScorer.builder().hiddenLayerDims(16).build(), lists);
    List<RankingList> some = lists.lists(20, 70);
    ListScorer scorer = model.scorer();

    List<SortedMap<String, float[]>> together = scorer.scores(some);

    for (int q = 0; q < some.size(); q++) {
      assertThat(of(scorer.scores(List.of(some.get(q))), 0)).isEqualTo(of(together, q));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scorers")
  void plainJavaHasTheBitsOfCompiledKernels(String name, Scorer scorer, int contextFeatures) {
    ModelLists lists = new ModelLists(5, contextFeatures, 7, "relevance");
    RankingModel model = trained(scorer, lists);
    List<RankingList> some = lists.lists(5, 40);
    List<SortedMap<String, float[]>> compiled = model.scorer().scores(some);

    System.setProperty(CompiledCode.PROPERTY, "false");
    try {
      List<SortedMap<String, float[]>> plain = model.scorer().scores(some);

      for (int q = 0; q < some.size(); q++) {
        assertThat(of(plain, q)).isEqualTo(of(compiled, q));
      }
    } finally {
      System.clearProperty(CompiledCode.PROPERTY);
    }
  }

  @Test
  void laterTrainingHasNoInfluence() {
    ModelLists lists = new ModelLists(4, 1, 20, "relevance");
    RankingModel model = trained(DNNScorer.builder().hiddenLayerDims(16).build(), lists);
    List<RankingList> some = lists.lists(2, 10);
    ListScorer scorer = model.scorer();
    float[] before = of(scorer.scores(some), 0);

    model.fit(lists.batch(4, 7, 8));

    assertThat(of(scorer.scores(some), 0)).isEqualTo(before);
    assertThat(of(model.scorer().scores(some), 0)).isNotEqualTo(before);
  }

  @Test
  void attentionOverALongListTakesMemoryThatGrowsWithItsLength() {
    ModelLists lists = new ModelLists(4, 1, 5, "relevance");
    ListScorer scorer =
        trained(DocumentInteractionScorer.builder().hiddenLayerDims(4).build(), lists).scorer();
    allocated(scorer, lists.list(10));

    long once = allocated(scorer, lists.list(1000));
    long twice = allocated(scorer, lists.list(2000));

    // Squares of the length would be a third of it all, and four times as much.
    assertThat(twice).isLessThan(22 * once / 10);
  }

  private static long allocated(ListScorer scorer, RankingList list) {
    List<RankingList> one = List.of(list);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    scorer.scores(one);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void networksOfOtherTypesAndLayersAreLeftToDl4j() {
    ModelLists lists = new ModelLists(4, 1, 20, "relevance");
    RankingModel doubles =
        builder(DNNScorer.builder().hiddenLayerDims(4).build(), lists)
            .build(TrainingSettings.builder().dataType(DataType.DOUBLE).build());
    RankingModel unknown =
        trained(
            DNNScorer.builder().hiddenLayerDims(4).activation(Activation.RATIONALTANH).build(),
            lists);

    assertThat(Freezing.of(doubles)).isEmpty();
    assertThat(Freezing.of(unknown)).isEmpty();
    assertThat(unknown.scorer().scores(lists.lists(2, 5))).hasSize(2);
  }

  private static void assertScoresOfTheNetwork(RankingModel model, List<RankingList> lists) {
    List<SortedMap<String, float[]>> scores = Freezing.of(model).orElseThrow().scores(lists);
    List<SortedMap<String, float[]>> again = fromFile(model).scores(lists);
    for (int q = 0; q < lists.size(); q++) {
      RankingList list = lists.get(q);
      SortedMap<String, float[]> expected =
          model.scores(new ListBatcher(ListSize.ALL).batch(List.of(list)));
      for (String task : model.tasks().keySet()) {
        assertThat(scores.get(q).get(task))
            .usingComparatorWithPrecision(FLOAT_LAYERS)
            .containsExactly(expected.get(task));
        assertThat(again.get(q).get(task)).isEqualTo(scores.get(q).get(task));
      }
    }
  }

  /** In plain Java, from the bytes that DL4J writes. */
  private static ListScorer fromFile(RankingModel model) {
    try {
      NetworkArchive archive = NetworkArchive.read(NetworkFile.withUpdater(model.graph()).bytes());
      return FrozenScorer.of(
          model.description(), archive.configuration(), archive.parameters(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] of(List<SortedMap<String, float[]>> scores, int list) {
    return Objects.requireNonNull(scores.get(list).get("score"));
  }

  /** After some steps, so that running means and the like are not what they start as. */
  private static RankingModel trained(Scorer scorer, ModelLists lists) {
    RankingModel model =
        builder(scorer, lists)
            .build(TrainingSettings.builder().loss("softmax_loss").seed(3).build());
    for (int step = 0; step < 5; step++) {
      model.fit(lists.batch(4, 7, 8));
    }
    return model;
  }

  private static ModelBuilder builder(Scorer scorer, ModelLists lists) {
    return new ModelBuilder(
        lists.inputCreator(),
        PreprocessorWithSpec.builder().build(),
        scorer,
        "__list_mask__",
        "frozen");
  }

  private static RankingModel ofWords(Pooling pooling, String queries, String titles) {
    Embedding embedding = Embedding.of(new HashBuckets(50), 4).withPooling(pooling);
    return new ModelBuilder(
            new FeatureSpecInputCreator(WORDS.context(), WORDS.examples()),
            PreprocessorWithSpec.builder()
                .embedding("query", embedding.withTable(queries))
                .embedding("title", embedding.withTable(titles))
                .build(),
            DNNScorer.builder().hiddenLayerDims(16).build(),
            "__list_mask__",
            "words")
        .build(TrainingSettings.builder().loss("softmax_loss").seed(3).build());
  }

  /** A list whose items have no to four words. */
  private static RankingList words(SplittableRandom random, int size) {
    float[] prices = new float[3 * size];
    int[] ends = new int[size + 1];
    List<String> words = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      prices[3 * i] = (float) random.nextDouble();
      for (int t = random.nextInt(5); t > 0; t--) {
        words.add("word" + random.nextInt(20));
      }
      ends[i + 1] = words.size();
    }
    BytesColumn titles = BytesColumn.ofRow(words);
    return new RankingList(
        WORDS.layout(),
        size,
        size,
        new float[] {1},
        prices,
        new float[0],
        new float[0],
        List.of(BytesColumn.ofRow(List.of("word1", "word7"))),
        List.of(new BytesColumn(titles.bytes(), titles.ends(), ends)));
  }
}
