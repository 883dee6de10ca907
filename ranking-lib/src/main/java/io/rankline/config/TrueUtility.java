package io.rankline.config;

import io.rankline.data.ListSize;
import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.pipeline.explanation.Reference;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.util.List;

/**
 * What the true utility of made-up data reaches on its validation lists: no ranker does better on
 * average.
 */
record TrueUtility(SyntheticSection made, DatasetHparams data) {

  /** Whether a run validates on all of its made-up data. */
  static boolean isKnown(SyntheticSection made, DatasetHparams data, PipelineHparams training) {
    return training.validationSteps() == null
        && data.validInputPattern().startsWith(made.dir() + "/valid");
  }

  Reference reference() {
    return new Reference("true utility (the most there is)", this::evaluate);
  }

  private Evaluation evaluate(List<RankingMetric> metrics) {
    ListSize limit = data.effectiveValidListSize();
    Evaluator evaluator = new Evaluator(metrics);
    SyntheticLog log = new SyntheticLog(made.seed(), made.maxListSize());
    long first = made.trainLists();
    for (long number = first; number < first + made.validLists(); number++) {
      SyntheticList list = log.list(number);
      int items = limit.of(list.size());
      float[] labels = new float[items];
      float[] scores = new float[items];
      for (int i = 0; i < items; i++) {
        labels[i] = data.convertLabelsToBinary() ? Math.min(1, list.labels()[i]) : list.labels()[i];
        scores[i] = list.trueUtility()[i];
      }
      evaluator.add(ScoredList.of(labels, scores));
    }
    return evaluator.evaluation();
  }
}
