package io.rankline.spark.inspect;

/**
 * A feature that the model of a draft reads.
 *
 * @param name of the feature
 * @param ofItems whether items have it; otherwise it is of the context
 * @param verdict what becomes of it
 * @param profile what it holds
 * @param seesMissing whether a value that is not there is told from one that is
 */
record UsedFeature(
    String name,
    boolean ofItems,
    FeatureVerdict verdict,
    FeatureProfile profile,
    boolean seesMissing) {

  boolean isNumber() {
    return verdict.buckets() == 0;
  }
}
