package io.rankline.metric;

import io.rankline.text.KnownNames;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import io.rankline.text.WireNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Every metric of this package, by the name that TF-Ranking gives it. */
public enum MetricKey {
  MRR("mrr", MrrMetric.class),
  HITS("hits", HitsMetric.class),
  ARP("arp", ArpMetric.class),
  PRECISION("precision", PrecisionMetric.class),
  RECALL("recall", RecallMetric.class),
  MAP("map", MeanAveragePrecisionMetric.class),
  DCG("dcg", DcgMetric.class),
  NDCG("ndcg", NdcgMetric.class),
  ORDERED_PAIR_ACCURACY("ordered_pair_accuracy", OpaMetric.class),
  ALPHA_DCG("alpha_dcg", AlphaDcgMetric.class),
  PRECISION_IA("precision_ia", PrecisionIaMetric.class),
  BPREF("bpref", BprefMetric.class),
  PWA("pwa", PwaMetric.class);

  static final String TOPN = "topn";

  /** What other tools call them. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "pre", "precision",
          "p", "precision",
          "rr", "mrr",
          "recip_rank", "mrr",
          "ap", "map",
          "average_precision", "map",
          "hit_rate", "hits",
          "success", "hits",
          "opa", "ordered_pair_accuracy");

  private final String wireName;
  private final Class<? extends RankingMetric> type;

  MetricKey(String wireName, Class<? extends RankingMetric> type) {
    this.wireName = wireName;
    this.type = type;
  }

  /** The key in configuration, on the command line and in files. */
  public String wireName() {
    return wireName;
  }

  /** The metric over the whole list ({@code pwa}: over the first five), with default parameters. */
  public RankingMetric withDefaults() {
    return (RankingMetric) codec().defaults();
  }

  /**
   * The metric with a cut-off and default parameters otherwise.
   *
   * @param topn 1 or more; {@link RankingMetric#WHOLE_LIST} for a metric that has no cut-off
   */
  public RankingMetric withTopn(int topn) {
    if (hasTopn()) {
      return (RankingMetric) codec().create(Map.of(TOPN, topn));
    }
    if (topn != RankingMetric.WHOLE_LIST) {
      throw new IllegalArgumentException(wireName + " has no cut-off, got topn " + topn);
    }
    return withDefaults();
  }

  /** Whether the metric can be cut off at a rank. */
  boolean hasTopn() {
    return options().stream().anyMatch(option -> option.key().equals(TOPN));
  }

  /** Names of the parameters besides the cut-off that {@link RankingMetric#parse} takes. */
  public List<String> parameters() {
    return options().stream().map(OptionSpec::key).filter(key -> !key.equals(TOPN)).toList();
  }

  /** The cut-off and the parameters. */
  public List<OptionSpec> options() {
    return codec().options();
  }

  RecordCodec<?> codec() {
    return RecordCodec.of(type.asSubclass(Record.class));
  }

  /** The key of a metric of this package. */
  static MetricKey of(RankingMetric metric) {
    return Stream.of(values())
        .filter(key -> key.type == metric.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(metric + " has no key"));
  }

  private static String meant(String name) {
    return ELSEWHERE.getOrDefault(name, name);
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
                KnownNames.nearestFirst(meant(wireName.toLowerCase(Locale.ROOT)), known)));
  }
}
