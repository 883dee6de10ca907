package io.rankline.metric;

import io.rankline.data.RankDiscount;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.util.HashMap;
import java.util.Map;

/**
 * Discounted gain over topics, where a topic is worth less each time it is covered again.
 *
 * <pre>
 *   m = sum_{k &lt;= topn} w_(k) * discount(k) * sum_t y_(k)t * (1 - alpha)^(sum_{l &lt; k} y_(l)t) / W
 *   discount(k) = 1 / log2(1 + k)
 *   W = mean w of the items with y_it &gt;= 1 for some topic t
 * </pre>
 *
 * <p>Labels have shape [N, T]; one topic will do. It is not bounded. A label below 0 beside one of
 * 0 or more is an unjudged topic and counts as 0. Where no label reaches 1, W is what {@link
 * io.rankline.metric.evaluation.EmptyLists} says, so labels between 0 and 1 still count.
 *
 * @see <a href="https://doi.org/10.1145/1390334.1390446">Clarke et al., Novelty and diversity in
 *     information retrieval evaluation, SIGIR 2008</a>
 */
public record AlphaDcgMetric(
    @Option(fallback = "all", least = 1, form = Topn.class, meaning = "how many first ranks count")
        int topn,
    @Option(
            fallback = "0.5",
            least = 0,
            most = 1,
            words = "must be in [0, 1]",
            meaning =
                "how much a topic loses each time it is covered; at 0 repetition costs nothing")
        double alpha,
    @Option(
            fallback = "log2",
            form = FunctionForm.OfDiscount.class,
            meaning = "what a rank is worth")
        RankDiscount discount)
    implements RankingMetric, AveragesTies {

  /** Half of a topic's worth is lost each time it is covered. */
  public static final double DEFAULT_ALPHA = 0.5;

  public AlphaDcgMetric {
    Faults.in(AlphaDcgMetric.class, topn, alpha, discount).orThrow();
  }

  /** With alpha 0.5 and discount {@code 1 / log2(1 + k)}. */
  public AlphaDcgMetric(int topn) {
    this(topn, DEFAULT_ALPHA, RankDiscount.INVERSE_LOG2);
  }

  @Override
  public int depth() {
    return topn;
  }

  @Override
  public double value(Ranking ranking) {
    double[] discounts = ranking.discounts(discount);
    int end = Math.min(topn, ranking.depth());
    double sum = 0;
    for (int topic = 0; topic < ranking.topics(); topic++) {
      double covered = 0;
      for (int position = 0; position < end; position++) {
        int item = ranking.itemAt(position);
        double label = ranking.label(item, topic);
        if (label > 0) {
          double novelty = Math.pow(1 - alpha, covered);
          sum += ranking.weight(item) * discounts[position] * label * novelty;
          covered += label;
        }
      }
    }
    return byWeight(ranking, sum);
  }

  /** Takes {@code N^2} steps for each label of N tied items, where they differ, and each topic. */
  @Override
  public double averageOverTies(Ranking ranking) {
    double sum = 0;
    for (int topic = 0; topic < ranking.topics(); topic++) {
      TieGroups groups = new TieGroups(ranking, topn);
      double left = 1;
      while (groups.next()) {
        Map<Double, Double> means = new HashMap<>();
        double leftBelow = left;
        for (int i = 0; i < groups.size(); i++) {
          double label = ranking.label(groups.item(i), topic);
          if (label > 0) {
            int of = topic;
            double mean =
                means.computeIfAbsent(label, own -> meanNovelty(ranking, groups, of, own));
            sum += ranking.weight(groups.item(i)) * label * left * mean;
            leftBelow *= Math.pow(1 - alpha, label);
          }
        }
        left = leftBelow;
      }
    }
    return byWeight(ranking, sum);
  }

  /**
   * The mean of discount times novelty over the positions of a group, for an item of one label: at
   * each position stands before it any set of so many of the others, all sets equally likely.
   */
  private double meanNovelty(Ranking ranking, TieGroups groups, int topic, double own) {
    double[] mean = new double[groups.counted()];
    mean[0] = 1;
    int others = 0;
    boolean itself = false;
    for (int i = 0; i < groups.size(); i++) {
      double label = ranking.label(groups.item(i), topic);
      if (!itself && label == own) {
        itself = true;
        continue;
      }
      others++;
      double leaves = Math.pow(1 - alpha, label);
      for (int before = Math.min(others, mean.length - 1); before > 0; before--) {
        double without = mean[before] * (others - before);
        mean[before] = (without + mean[before - 1] * leaves * before) / others;
      }
    }
    double[] discounts = ranking.discounts(discount);
    double sum = 0;
    for (int before = 0; before < mean.length; before++) {
      sum += discounts[groups.start() + before] * mean[before];
    }
    return sum / groups.size();
  }

  private double byWeight(Ranking ranking, double sum) {
    if (lacksRelevantItems(ranking)) {
      return sum;
    }
    double weight = weight(ranking);
    return weight == 0 ? 0 : sum / weight;
  }

  @Override
  public boolean ranksZeroWeights() {
    return true;
  }

  @Override
  public boolean readsTopics() {
    return true;
  }

  @Override
  public boolean perfectIsOne() {
    return false;
  }
}
