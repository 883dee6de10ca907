package io.rankline.metric;

/**
 * A metric whose value is the mean over all orders of items of equal score, as scikit-learn's
 * {@code ndcg_score} has it. In text it is a parameter of the metric: {@code
 * ndcg@10(ties=average)}.
 *
 * @param metric what is averaged
 */
public record TiesAveraged(RankingMetric metric) implements RankingMetric {

  /** The parameter in text, and its one value. */
  static final String PARAMETER = "ties";

  static final String AVERAGE = "average";

  /**
   * Averages a metric.
   *
   * @throws IllegalArgumentException for a metric that does not know its mean over ties
   */
  public TiesAveraged {
    if (!(metric instanceof AveragesTies)) {
      throw new IllegalArgumentException(
          metric.name() + " cannot be averaged over ties: it does not implement AveragesTies");
    }
  }

  /** The metric averaged over ties; as it is if it is so already. */
  public static TiesAveraged of(RankingMetric metric) {
    return metric instanceof TiesAveraged averaged ? averaged : new TiesAveraged(metric);
  }

  @Override
  public int depth() {
    return metric.depth();
  }

  @Override
  public double value(Ranking ranking) {
    return ((AveragesTies) metric).averageOverTies(ranking);
  }

  @Override
  public double weight(Ranking ranking) {
    return metric.weight(ranking);
  }

  @Override
  public boolean lacksRelevantItems(Ranking ranking) {
    return metric.lacksRelevantItems(ranking);
  }

  @Override
  public Relevance relevant() {
    return metric.relevant();
  }

  @Override
  public Direction direction() {
    return metric.direction();
  }

  @Override
  public boolean perfectIsOne() {
    return metric.perfectIsOne();
  }

  @Override
  public boolean ranksZeroWeights() {
    return metric.ranksZeroWeights();
  }

  @Override
  public boolean readsTopics() {
    return metric.readsTopics();
  }
}
