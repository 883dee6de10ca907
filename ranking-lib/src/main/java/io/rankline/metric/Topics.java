package io.rankline.metric;

/** What the metrics of diversity share: an item is relevant if it is so for any topic. */
final class Topics {

  private Topics() {}

  static boolean isRelevant(Ranking ranking, int item) {
    for (int topic = 0; topic < ranking.topics(); topic++) {
      if (ranking.label(item, topic) >= 1) {
        return true;
      }
    }
    return false;
  }

  static int relevantItems(Ranking ranking) {
    int relevant = 0;
    for (int item = 0; item < ranking.size(); item++) {
      relevant += isRelevant(ranking, item) ? 1 : 0;
    }
    return relevant;
  }

  static double meanRelevantWeight(Ranking ranking) {
    double sum = 0;
    int relevant = 0;
    for (int item = 0; item < ranking.size(); item++) {
      if (isRelevant(ranking, item)) {
        sum += ranking.weight(item);
        relevant++;
      }
    }
    return sum / relevant;
  }
}
