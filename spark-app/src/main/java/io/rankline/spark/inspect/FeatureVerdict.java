package io.rankline.spark.inspect;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import java.util.Locale;

/**
 * What a draft does with a feature.
 *
 * @param spec what stands between the braces of its spec, or nothing where it cannot be read
 * @param reason why it is left out; empty where it is used
 * @param buckets ids of its embedding; 0 for numbers
 * @param width columns of numbers of varying length; 0 where they are fixed
 */
record FeatureVerdict(String spec, String reason, int buckets, int width) {

  /** Text of more values than this, and of more than a share of the items, is no category. */
  private static final int MOST_CATEGORIES = 1000;

  private static final int ITEMS_A_CATEGORY = 20;
  private static final int FEWEST_CATEGORIES = 50;

  /** Most values of a feature of varying length that are padded to one width. */
  private static final int WIDEST = 64;

  /** What orders nearly all pairs as the label does was made of it, or with it. */
  private static final double LEAK = 0.97;

  /** Seconds from 2001 to 2065, and milliseconds. */
  private static final double FIRST_SECOND = 1e9;

  private static final double LAST_SECOND = 3e9;

  boolean isUsed() {
    return reason.isEmpty();
  }

  /** Judges a feature that is neither label, weight nor query. */
  static FeatureVerdict of(
      String name, FeatureProfile profile, FeatureFacts facts, long holders, boolean seesMissing) {
    DType dtype = profile.dtype();
    if (dtype == null) {
      return new FeatureVerdict("", "its type differs: " + ProfileReport.kind(profile), 0, 0);
    }
    boolean several = profile.maxCount() > 1;
    boolean text = dtype == DType.STRING;
    String spec = spec(profile, dtype, text && several, seesMissing);
    String reason = reason(name, profile, facts, dtype, holders);
    int buckets = text ? buckets(profile.distinctStrings()) : 0;
    int width = !text && !profile.isFixedLength() ? profile.maxCount() : 0;
    if (reason.isEmpty() && width > WIDEST) {
      reason = "up to %s numbers an item".formatted(width);
    }
    return new FeatureVerdict(spec, reason, buckets, width);
  }

  /** Takes a feature that somebody has described already. */
  static FeatureVerdict given(FeatureSpec spec, FeatureProfile profile) {
    boolean text = spec.dtype() == DType.STRING;
    return new FeatureVerdict(
        "",
        "",
        text ? buckets(profile.distinctStrings()) : 0,
        text || spec instanceof FixedLenFeature ? 0 : Math.max(1, profile.maxCount()));
  }

  private static String spec(
      FeatureProfile profile, DType dtype, boolean words, boolean seesMissing) {
    if (words || !profile.isFixedLength()) {
      return "kind = var_len, dtype = " + dtype.wireName();
    }
    String shape = profile.maxCount() == 1 ? "" : ", shape = [%s]".formatted(profile.maxCount());
    return "dtype = %s%s, default = %s"
        .formatted(
            dtype.wireName(), shape, dtype == DType.STRING ? "\"\"" : seesMissing ? "NaN" : "0");
  }

  private static String reason(
      String name, FeatureProfile profile, FeatureFacts facts, DType dtype, long holders) {
    boolean text = dtype == DType.STRING;
    double agreement = facts.agreement();
    if (profile.notANumber() > 0) {
      return "it holds NaN, which no feature may";
    }
    if (ColumnNames.isPlace(name)) {
      return "where items were shown, which is not known before they are ranked";
    }
    if (ColumnNames.isOutcome(name)) {
      return "a leak? It tells what users did with what they were shown";
    }
    if (agreement > LEAK || agreement < 1 - LEAK) {
      return String.format(
          Locale.ROOT,
          "a leak? It orders %.0f %% of the pairs as the label does",
          100 * Math.max(agreement, 1 - agreement));
    }
    if (facts.isTime() || (ColumnNames.isTime(name) && (text || isEpoch(profile)))) {
      return "a time, and later ones are new to the model";
    }
    if (isConstant(profile, text, holders)) {
      return "the same in all";
    }
    boolean keyed = text || facts.isWhole();
    if ((keyed && ColumnNames.isKey(name)) || facts.isKey()) {
      return String.format(
          Locale.ROOT,
          "an id: %,d different",
          Math.max(facts.different(), profile.distinctStrings()));
    }
    boolean words = text && profile.maxCount() > 1;
    if (text && !words && profile.distinctStrings() > mostCategories(holders)) {
      return String.format(
          Locale.ROOT, "text of about %,d values, which needs tokens", profile.distinctStrings());
    }
    return "";
  }

  private static boolean isEpoch(FeatureProfile profile) {
    double scale = profile.hasNumbers() && profile.min() > LAST_SECOND ? 1000 : 1;
    return profile.hasNumbers()
        && profile.min() >= FIRST_SECOND * scale
        && profile.max() <= LAST_SECOND * scale;
  }

  private static boolean isConstant(FeatureProfile profile, boolean text, long holders) {
    boolean everywhere = profile.present() == holders && profile.maxCount() == 1;
    return everywhere && (text ? profile.distinctStrings() == 1 : profile.min() == profile.max());
  }

  private static long mostCategories(long holders) {
    return Math.max(FEWEST_CATEGORIES, Math.min(MOST_CATEGORIES, holders / ITEMS_A_CATEGORY));
  }

  /** Ids enough that values seldom share one: a power of 2, four times their number or more. */
  private static int buckets(long distinct) {
    int buckets = 16;
    while (buckets < 4 * distinct && buckets < 1 << 17) {
      buckets *= 2;
    }
    return buckets;
  }
}
