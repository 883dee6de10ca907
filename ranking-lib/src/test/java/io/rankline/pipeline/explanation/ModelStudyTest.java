package io.rankline.pipeline.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.testing.Tolerances;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelStudyTest {

  private static final List<RankingMetric> METRICS = RankingMetric.parseAll("ndcg@10,mrr");

  private final RankingModel model = LinearModel.of(0, 1, 0, 0);

  /** The model ranks the third list the wrong way round, and the fourth has nothing relevant. */
  private final List<RankingList> lists =
      List.of(
          LinearModel.lists(1).get(0),
          LinearModel.lists(2).get(1),
          LinearModel.list(
              5, new double[] {3, 0, 0, 0}, new double[] {2, 0, 1, 0}, new double[] {1, 0, 2, 2}),
          LinearModel.list(6, new double[] {1, 0, 0, 0}));

  @Test
  void theWorstListsAreShownAsTheModelRanksThem() throws IOException {
    TaskStudy study = study(null).tasks().get(0);

    assertThat(study.worst()).extracting(HardList::number).containsExactly(3, 1, 2);
    HardList worst = study.worst().get(0);
    assertThat(worst.ranked()).containsExactly(0f, 0f, 2f);
    assertThat(worst.best()).isEqualTo(3);
    assertThat(worst.items()).isEqualTo(3);
    assertThat(worst.query()).isEqualTo("place: 5");
    assertThat(worst.value()).isCloseTo(0.5, within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void theModelStandsBesideOrdersWithoutOne() throws IOException {
    TaskStudy study = study(null).tasks().get(0);

    assertThat(study.model().evaluation().value("ndcg@10").orElseThrow())
        .isCloseTo((1 + 1 + 0.5 + 0) / 4, within(Tolerances.DOUBLE_SUM));
    assertThat(study.baselines())
        .extracting(Baseline::name)
        .containsExactly("random order", "best single feature (good)");
    assertThat(study.contests())
        .singleElement()
        .satisfies(
            contest -> {
              assertThat(contest.differences()).containsExactly(0, 0, 0);
              assertThat(contest.ties()).isEqualTo(3);
            });
  }

  @Test
  void onlyTheBatchesOfTheValidationCount() throws IOException {
    TaskStudy study = study(1L).tasks().get(0);

    assertThat(study.model().evaluation().value("ndcg@10").orElseThrow()).isEqualTo(1);
    assertThat(study.contests().get(0).differences()).hasSize(2);
    assertThat(study.worst()).extracting(HardList::number).containsExactly(1, 2);
  }

  @Test
  void importanceScoresAndFeaturesAreFoundOut() throws IOException {
    ModelStudy study = study(null);

    Importances found = study.tasks().get(0).importances().orElseThrow();
    assertThat(found.metric()).isEqualTo("ndcg@10");
    assertThat(found.lists()).isEqualTo(4);
    assertThat(study.tasks().get(0).screened()).isZero();
    assertThat(study.tasks().get(0).grades())
        .extracting(GradeScores::label)
        .containsExactly(0.0, 1.0, 2.0);
    assertThat(study.curves()).isEmpty();
    assertThat(study.features())
        .extracting(FeatureSummary::feature, FeatureSummary::side)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("good", "item"),
            org.assertj.core.api.Assertions.tuple("pair", "item"),
            org.assertj.core.api.Assertions.tuple("place", "query"));
    assertThat(study.features().get(0).range().orElseThrow().most()).isEqualTo(3);
    assertThat(study.features().get(1).values()).isEqualTo(2);
  }

  @Test
  void aPartThatFailsIsLeftOut() {
    assertThat(
            ModelStudy.attempt(
                "luck",
                () -> {
                  throw new IllegalStateException("none today");
                },
                "nothing"))
        .isEqualTo("nothing");
  }

  @Test
  void scoresOfAGradeAreLessTheMeanOfTheirList() {
    List<GradeScores> grades =
        GradeScores.of(
            List.of(
                LinearModel.list(0, new double[] {0, 0, 0, 1}, new double[] {0, 0, 0, 0}),
                LinearModel.list(0, new double[] {0, 0, 0, 1}, new double[] {0, 0, 0, -1})),
            0,
            List.of(new float[] {5, 3}, new float[] {100, 90}));

    assertThat(grades)
        .containsExactly(new GradeScores(0, 1, -1, -1, -1), new GradeScores(1, 2, 1, 5, 5));
  }

  @Test
  void anEarlierModelScoresTheSameLists() throws IOException {
    RankingModel reversed = LinearModel.of(0, -1, 0, 0);

    TaskStudy study = study(null, new EarlierRun("old", List.of(), "", reversed)).tasks().get(0);

    assertThat(study.baselines()).extracting(Baseline::name).contains("earlier run");
    Contest contest = study.contests().get(1);
    assertThat(contest.opponent()).isEqualTo("earlier run");
    assertThat(contest.wins()).isEqualTo(2);
    assertThat(contest.losses()).isEqualTo(1);
  }

  @Test
  void listsBeyondTheValidationAreNoneOfTheWorst() throws IOException {
    List<RankingList> many = new ArrayList<>(lists.subList(0, 2));
    for (int k = 0; k < 12; k++) {
      many.add(lists.get(2));
    }

    TaskStudy study = study(many, 1L, null).tasks().get(0);

    assertThat(study.worst()).extracting(HardList::number).containsExactly(1, 2);
  }

  private ModelStudy study(@Nullable Long steps) throws IOException {
    return study(steps, null);
  }

  private ModelStudy study(@Nullable Long steps, @Nullable EarlierRun earlier) throws IOException {
    return study(lists, steps, earlier);
  }

  private ModelStudy study(
      List<RankingList> lists, @Nullable Long steps, @Nullable EarlierRun earlier)
      throws IOException {
    List<ScoredList> scored = new ArrayList<>();
    for (RankingList list : lists) {
      float[] good = new float[list.size()];
      for (int i = 0; i < good.length; i++) {
        good[i] = list.examples()[3 * i];
      }
      scored.add(ScoredList.of(list, 0, good));
    }
    List<MetricSample> samples = Evaluator.sample(METRICS, TieOrder.AS_GIVEN, scored);
    return ModelStudy.of(
        new StudyRequest(
            model,
            lists,
            new TwoByTwo(lists),
            steps,
            METRICS,
            METRICS.get(0),
            new TreeMap<>(Map.of(LinearModel.TASK, samples)),
            List.of(),
            earlier));
  }

  /** Lists in memory, two a batch. */
  private record TwoByTwo(List<RankingList> lists) implements RankingDataset {

    @Override
    public <B> BatchStream<B> open(
        UnaryOperator<RankingList> transform, BatchForm<B> form, long firstStep) {
      Iterator<List<RankingList>> batches =
          List.of(lists.subList(0, 2), lists.subList(2, lists.size())).iterator();
      return new BatchStream<>() {
        @Override
        public @Nullable B next() {
          return batches.hasNext() ? form.of(new ListBatcher(ListSize.ALL), batches.next()) : null;
        }

        @Override
        public Duration waited() {
          return Duration.ZERO;
        }

        @Override
        public long skippedRecords() {
          return 0;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public long batchesPerPass() {
      return 2;
    }
  }
}
