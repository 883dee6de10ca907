package io.rankline.metric;

import io.rankline.text.KnownNames;
import io.rankline.text.WireNames;
import java.util.List;
import java.util.Locale;

/** Every metric of this package, by the name that TF-Ranking gives it. */
public enum MetricKey {
  MRR("mrr"),
  HITS("hits"),
  ARP("arp"),
  PRECISION("precision"),
  RECALL("recall"),
  MAP("map"),
  DCG("dcg"),
  NDCG("ndcg"),
  ORDERED_PAIR_ACCURACY("ordered_pair_accuracy"),
  ALPHA_DCG("alpha_dcg"),
  PRECISION_IA("precision_ia"),
  BPREF("bpref"),
  PWA("pwa");

  private final String wireName;

  MetricKey(String wireName) {
    this.wireName = wireName;
  }

  /** The key in configuration, on the command line and in files. */
  public String wireName() {
    return wireName;
  }

  /** The metric over the whole list ({@code pwa}: over the first five), with default parameters. */
  public RankingMetric withDefaults() {
    return this == PWA ? new PwaMetric() : withTopn(RankingMetric.WHOLE_LIST);
  }

  /**
   * The metric with a cut-off and default parameters otherwise.
   *
   * @param topn 1 or more; {@link RankingMetric#WHOLE_LIST} for a metric that has no cut-off
   */
  public RankingMetric withTopn(int topn) {
    if (!hasTopn() && topn != RankingMetric.WHOLE_LIST) {
      throw new IllegalArgumentException(wireName + " has no cut-off, got topn " + topn);
    }
    return switch (this) {
      case MRR -> new MrrMetric(topn);
      case HITS -> new HitsMetric(topn);
      case ARP -> new ArpMetric();
      case PRECISION -> new PrecisionMetric(topn);
      case RECALL -> new RecallMetric(topn);
      case MAP -> new MeanAveragePrecisionMetric(topn);
      case DCG -> new DcgMetric(topn);
      case NDCG -> new NdcgMetric(topn);
      case ORDERED_PAIR_ACCURACY -> new OpaMetric();
      case ALPHA_DCG -> new AlphaDcgMetric(topn);
      case PRECISION_IA -> new PrecisionIaMetric(topn);
      case BPREF -> new BprefMetric(topn);
      case PWA -> new PwaMetric(topn);
    };
  }

  /** Whether the metric can be cut off at a rank. */
  public boolean hasTopn() {
    return this != ARP && this != ORDERED_PAIR_ACCURACY;
  }

  /** Names of the parameters besides the cut-off that {@link RankingMetric#parse} takes. */
  public List<String> parameters() {
    return switch (this) {
      case DCG, NDCG -> List.of("gain", "discount");
      case ALPHA_DCG -> List.of("alpha", "discount");
      case BPREF -> List.of("version");
      case MRR, HITS, ARP, PRECISION, RECALL, MAP, ORDERED_PAIR_ACCURACY, PRECISION_IA, PWA ->
          List.of();
    };
  }

  /**
   * The key of that name.
   *
   * @throws IllegalArgumentException listing the known keys, those most like the name first
   */
  public static MetricKey ofWireName(String wireName) {
    return WireNames.find(
        MetricKey.class,
        MetricKey::wireName,
        wireName,
        known ->
            WireNames.unknown(
                "metric",
                wireName,
                KnownNames.nearestFirst(wireName.toLowerCase(Locale.ROOT), known)));
  }
}
