package io.rankline.spark.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has where nobody says otherwise, by what its data looks like. docs/defaults.md says
 * why, and what was measured.
 *
 * @param lists number of lists
 * @param items number of items
 * @param medianSize items of the list in the middle
 * @param labels the label of the items
 * @param features what the model reads
 */
record RunDefaults(
    long lists, long items, int medianSize, FeatureProfile labels, List<UsedFeature> features) {

  static final double LEARNING_RATE = 0.003;

  static final int EPOCHS = 30;

  /** Epochs without progress. */
  static final int PATIENCE = 5;

  /** Networks are at ease with numbers of about this size. */
  private static final double LARGE = 10;

  /** Numbers that differ less than this look all the same to a network. */
  private static final double NARROW = 0.1;

  /** So many times the median is far from it. */
  private static final double TAIL = 10;

  /** Fewer items than this say little of how an item stands to the others. */
  private static final int ENOUGH_TO_COMPARE = 3;

  /** Items for each number, with fewer of which more columns are learnt by heart. */
  private static final long ITEMS_A_NUMBER = 50;

  /** Between these shares a missing value says something, and is not always or never there. */
  private static final double SELDOM = 0.01;

  /** Largest label whose gain, 2^label - 1, NDCG can add up. */
  private static final double LARGEST_GRADE = 31;

  private static final int LEAST_BATCH = 8;
  private static final int MOST_BATCH = 128;

  /** Steps that an epoch has at least, where there are lists enough. */
  private static final int STEPS = 40;

  /** Below this number of items a wide network learns its data by heart. */
  private static final long ENOUGH_FOR_WIDE = 10_000;

  static RunDefaults of(FilesProfile profile, String label, List<UsedFeature> features) {
    return new RunDefaults(
        profile.lists(),
        profile.items(),
        profile.listSizeQuantile(0.5),
        profile.examples().getOrDefault(label, new FeatureProfile()),
        List.copyOf(features));
  }

  /** The transforms of a number, in HOCON; empty for none. */
  String transforms(UsedFeature feature) {
    List<String> chain = new ArrayList<>();
    String scale = scale(feature.profile());
    if (!scale.isEmpty()) {
      chain.add(scale);
    }
    if (isCompared(feature)) {
      chain.add("query_z_score");
    }
    if (feature.seesMissing()) {
      chain.add("missing");
    }
    return switch (chain.size()) {
      case 0 -> "";
      case 1 -> chain.get(0);
      default -> "[%s]".formatted(String.join(", ", chain));
    };
  }

  /**
   * Whether a number is read beside how it stands to those of the other items: one that somebody
   * has scaled already gains nothing by it.
   */
  private boolean isCompared(UsedFeature feature) {
    return comparesItems()
        && feature.ofItems()
        && feature.profile().isFixedLength()
        && !scale(feature.profile()).isEmpty();
  }

  private boolean comparesItems() {
    long numbers = features.stream().filter(UsedFeature::isNumber).count();
    return medianSize >= ENOUGH_TO_COMPARE && items >= ITEMS_A_NUMBER * numbers;
  }

  private static String scale(FeatureProfile profile) {
    if (!profile.hasNumbers() || profile.min() == profile.max()) {
      return "";
    }
    double largest = Math.max(Math.abs(profile.min()), Math.abs(profile.max()));
    double median = Math.abs(profile.quantile(0.5));
    if (largest > LARGE && largest > TAIL * Math.max(1, median)) {
      return "log1p";
    }
    double range = profile.quantile(0.99) - profile.quantile(0.01);
    return largest > LARGE || range < NARROW ? "z_score" : "";
  }

  /**
   * Whether a number that is not there is told from a 0.
   *
   * @param holders items, or lists, that could have it
   * @param holes whether what is not there is a hole; in sparse files it may be a 0
   */
  static boolean seesMissing(FeatureProfile profile, long holders, boolean holes) {
    double absent = 1 - (double) profile.present() / Math.max(1, holders);
    return absent > SELDOM && absent < 1 - SELDOM && (holes || profile.zeros() > 0);
  }

  /** Some steps an epoch at least, and no more lists than a batch gains from. */
  int batchSize() {
    int size = LEAST_BATCH;
    while (size < MOST_BATCH && (long) size * STEPS < lists) {
      size *= 2;
    }
    return size;
  }

  /** Widths of the hidden layers. */
  String hiddenLayers() {
    return isWide() ? "256, 128, 64" : "64, 32";
  }

  private boolean isWide() {
    return items >= ENOUGH_FOR_WIDE;
  }

  /** Whether labels are grades, rather than amounts. */
  boolean hasGrades() {
    return !labels.hasNumbers() || labels.max() <= LARGEST_GRADE;
  }

  /** What is minimised. */
  String loss() {
    return "softmax_loss";
  }

  /** What says which epoch is best. */
  String metric() {
    return hasGrades() ? "ndcg_10" : "opa";
  }

  /** What was looked at and chosen, a line each, for people. */
  List<String> reasons() {
    List<String> lines = new ArrayList<>();
    lines.add("numbers   " + numbers());
    lines.add(
        String.format(
            Locale.ROOT,
            "network   dnn, hidden layers %s, for %,d items; batches of %d of %,d lists",
            hiddenLayers(),
            items,
            batchSize(),
            lists));
    lines.add(
        "training  %s, adam, learning rate %s; best epoch by %s, for labels %s"
            .formatted(loss(), LEARNING_RATE, metric(), range()));
    return lines;
  }

  private String range() {
    return labels.hasNumbers()
        ? "from %s to %s"
            .formatted(ProfileReport.number(labels.min()), ProfileReport.number(labels.max()))
        : "that are not there";
  }

  private String numbers() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    int missing = 0;
    for (UsedFeature feature : features) {
      if (feature.isNumber()) {
        counts.merge(scale(feature.profile()), 1, Integer::sum);
        missing += feature.seesMissing() ? 1 : 0;
      }
    }
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (scale, count) ->
            parts.add(
                scale.isEmpty() ? count + " as they are" : "%s of %s".formatted(scale, count)));
    if (parts.isEmpty()) {
      return "none";
    }
    long compared = features.stream().filter(this::isCompared).count();
    return String.join(", ", parts)
        + (compared == 0
            ? ""
            : "; query_z_score beside %s, for lists of about %s items"
                .formatted(compared, medianSize))
        + (missing == 0 ? "" : "; %s tell what is missing".formatted(missing));
  }
}
