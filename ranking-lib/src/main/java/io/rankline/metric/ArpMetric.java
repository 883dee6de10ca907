package io.rankline.metric;

/**
 * Average rank of the relevant items, by their labels. Lower is better; 1 is the best.
 *
 * <pre>
 *   m = sum_k k * y_(k) * w_(k) / sum_i y_i * w_i;   W = sum_i y_i * w_i
 * </pre>
 *
 * <p>A list whose labels are all 0 weighs nothing, so over many lists this is the mean rank of a
 * relevant item, not of a list.
 *
 * @see <a href="https://doi.org/10.1145/3018661.3018699">Joachims, Swaminathan and Schnabel,
 *     Unbiased learning-to-rank with biased feedback, WSDM 2017</a>
 */
public record ArpMetric() implements RankingMetric, AveragesTies {

  @Override
  public int depth() {
    return WHOLE_LIST;
  }

  @Override
  public double value(Ranking ranking) {
    double ranks = 0;
    double all = 0;
    for (int position = 0; position < ranking.depth(); position++) {
      int item = ranking.itemAt(position);
      double relevance = ranking.label(item) * ranking.weight(item);
      ranks += (position + 1) * relevance;
      all += relevance;
    }
    return all == 0 ? 0 : ranks / all;
  }

  @Override
  public double weight(Ranking ranking) {
    double all = 0;
    for (int item = 0; item < ranking.size(); item++) {
      all += ranking.label(item) * ranking.weight(item);
    }
    return all;
  }

  @Override
  public boolean lacksRelevantItems(Ranking ranking) {
    return false;
  }

  @Override
  public Direction direction() {
    return Direction.LOWER_IS_BETTER;
  }

  @Override
  public double averageOverTies(Ranking ranking) {
    double all = weight(ranking);
    return all == 0
        ? 0
        : TieGroups.weightedSum(
                ranking,
                WHOLE_LIST,
                item -> ranking.label(item) * ranking.weight(item),
                position -> position + 1)
            / all;
  }

  @Override
  public boolean perfectIsOne() {
    return false;
  }
}
