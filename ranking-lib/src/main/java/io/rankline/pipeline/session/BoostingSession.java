package io.rankline.pipeline.session;

import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.optimizer.LearningRates;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.LambdaMartScorer.Growing;
import io.rankline.pipeline.boosting.BoostingRows;
import io.rankline.pipeline.boosting.GrownScores;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.pipeline.boosting.TreeGrowth;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.validation.ModelValidator;
import io.rankline.pipeline.validation.Validation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Grows trees: a step is a tree on all lists. An epoch has its share of them, and each call goes on
 * from the scores of the trees that are there, so that a training that was interrupted ends as one
 * that was not.
 */
final class BoostingSession implements TrainingSession {

  private final RankingModel model;
  private final SessionRequest request;
  private final Growing growing;
  private final UnaryOperator<RankingList> transform;
  private @Nullable BoostingRows rows;
  private @Nullable TreeGrowth growth;
  private @Nullable GrownScores scores;

  /**
   * A session.
   *
   * @throws IllegalStateException if there is no library of boosted trees
   */
  BoostingSession(SessionRequest request, Growing growing) {
    this.request = request;
    this.model = request.model();
    this.growing = growing;
    this.transform = model.encoder()::transform;
    TreeGrower.find();
  }

  @Override
  public long stepsPerPass() {
    return growing.roundsOfEpoch(request.hparams().numEpochs());
  }

  @Override
  public EpochTotals train(long firstStep, long steps, StepListener listener) throws IOException {
    long begin = System.nanoTime();
    BoostingRows data = open();
    Duration reading = Duration.ofNanos(System.nanoTime() - begin);
    int first = growing.treesAfter(firstStep);
    int rounds = growing.treesAfter(firstStep + steps) - first;
    GrownScores scores = Objects.requireNonNull(this.scores);
    scores.restore(growing.trees(first));
    if (rounds > 0) {
      double eta = LearningRates.current(model.graph());
      long seed = request.hparams().seed() + first;
      float[] trees = Objects.requireNonNull(growth).grow(scores.copy(), rounds, eta, seed);
      growing.set(first, trees);
      scores.add(trees);
    }
    TaskLoss task = model.tasks().values().iterator().next();
    double loss = scores.loss(task.objective()).value();
    StepTally tally = new StepTally(listener);
    for (long k = 0; k < steps; k++) {
      tally.add(loss, data.lists(), data.items());
    }
    return tally.totals(Duration.ofNanos(System.nanoTime() - begin), reading);
  }

  @Override
  public Validation evaluate(
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean samples)
      throws IOException {
    return new ModelValidator(model, metrics, weightedMetrics, samples)
        .evaluate(dataset, transform, steps);
  }

  @Override
  public void close() {
    if (growth != null) {
      growth.close();
      growth = null;
    }
  }

  private BoostingRows open() throws IOException {
    BoostingRows known = rows;
    if (known != null) {
      return known;
    }
    LambdaMartScorer options = growing.options();
    BoostingRows.@Nullable Builder collected = null;
    try (BatchStream<List<RankingList>> batches =
        request.data().buildTrainPass().open(transform, BatchForm.LISTS, 0)) {
      for (List<RankingList> batch = batches.next(); batch != null; batch = batches.next()) {
        for (RankingList list : batch) {
          if (collected == null) {
            int column = model.labelColumn(list.layout(), model.tasks().firstKey());
            collected = new BoostingRows.Builder(options, column);
          }
          collected.add(list);
        }
      }
    }
    if (collected == null) {
      throw new IOException("the training data holds no list");
    }
    BoostingRows read = collected.build();
    growth = TreeGrower.find().begin(read, options, Runtime.getRuntime().availableProcessors());
    rows = read;
    scores = new GrownScores(read, growing.forest().code());
    return read;
  }
}
