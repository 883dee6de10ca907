package io.rankline.spark.inspect;

import io.rankline.feature.DType;
import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A section of feature specs for conf/, drafted from what a data set holds; {@code RecordSpecText}
 * reads it. Names that are numbered through and described alike become one key.
 */
public final class SpecDraft {

  private final FilesProfile profile;
  private final @Nullable String label;
  private final @Nullable String query;

  /**
   * A draft.
   *
   * @param label name of the label, or null for none
   * @param query what tells queries apart and is no feature, or null for none
   */
  public SpecDraft(FilesProfile profile, @Nullable String label, @Nullable String query) {
    this.profile = profile;
    this.label = label;
    this.query = query;
  }

  /**
   * Whether a feature can serve as label: always one number.
   *
   * @param feature null for one that is not there
   */
  public static boolean canBeLabel(@Nullable FeatureProfile feature) {
    return feature != null
        && feature.isFixedLength()
        && feature.maxCount() == 1
        && feature.dtype() != null
        && feature.dtype() != DType.STRING;
  }

  /**
   * Requires a label that tells some items from others.
   *
   * @param labels the values of the label
   * @throws UsageException if all are the same
   */
  public static void requireDifferences(String label, FeatureProfile labels) {
    if (labels.hasNumbers() && labels.min() == labels.max()) {
      throw new UsageException(
          "the label '%s' is %s in all items, and no item is better than another"
              .formatted(label, ProfileReport.number(labels.min())));
    }
  }

  /** The section, in HOCON. */
  public String text(String source) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "# Drafted by rankline inspect from %s: %,d lists, %,d items.%n# A feature with a"
                + " default may be missing; take the default away to make that an error.%nfeatures"
                + " {%n",
            source,
            profile.lists(),
            profile.items()));
    appendScope(text, "context", profile.context(), profile.lists(), query);
    appendScope(text, "example", profile.examples(), profile.items(), label);
    FeatureProfile labels = label == null ? null : profile.examples().get(label);
    if (label != null && labels != null) {
      DType dtype = labels.dtype();
      text.append(
          String.format(
              Locale.ROOT,
              "  # in %s of the items, %s to %s%n  label { name = %s, kind = fixed_len, dtype = %s,"
                  + " shape = [1], default = -1 }%n",
              ProfileReport.percent(labels.present(), profile.items()),
              ProfileReport.number(labels.min()),
              ProfileReport.number(labels.max()),
              quoted(label),
              dtype == null ? "" : dtype.wireName()));
    }
    return text.append("}\n").toString();
  }

  private static void appendScope(
      StringBuilder text,
      String scope,
      SortedMap<String, FeatureProfile> features,
      long holders,
      @Nullable String without) {
    text.append("  ").append(scope).append(" {\n");
    List<String> run = new ArrayList<>();
    for (String name : features.keySet()) {
      if (name.equals(without)) {
        continue;
      }
      if (!run.isEmpty() && !continues(run, name, features)) {
        appendRun(text, run, features, holders);
        run.clear();
      }
      run.add(name);
    }
    if (!run.isEmpty()) {
      appendRun(text, run, features, holders);
    }
    text.append("  }\n");
  }

  private static boolean continues(
      List<String> run, String name, SortedMap<String, FeatureProfile> features) {
    String last = run.get(run.size() - 1);
    return NumberedName.number(last) >= 0
        && NumberedName.prefix(last).equals(NumberedName.prefix(name))
        && NumberedName.number(name) == NumberedName.number(last) + 1
        && spec(profile(features, last)).equals(spec(profile(features, name)));
  }

  private static void appendRun(
      StringBuilder text,
      List<String> run,
      SortedMap<String, FeatureProfile> features,
      long holders) {
    String first = run.get(0);
    String last = run.get(run.size() - 1);
    long fewest = Long.MAX_VALUE;
    long most = 0;
    for (String name : run) {
      fewest = Math.min(fewest, profile(features, name).present());
      most = Math.max(most, profile(features, name).present());
    }
    String in = ProfileReport.percent(fewest, holders);
    String upTo = ProfileReport.percent(most, holders);
    String where = in.equals(upTo) ? in : in + " to " + upTo;
    String spec = spec(profile(features, first));
    String key =
        run.size() == 1
            ? first
            : "%s{%s..%s}"
                .formatted(
                    NumberedName.prefix(first),
                    NumberedName.number(first),
                    NumberedName.number(last));
    if (spec.isEmpty()) {
      text.append("    # ")
          .append(quoted(key))
          .append(" is left out, its type differs: ")
          .append(ProfileReport.kind(profile(features, first)))
          .append('\n');
      return;
    }
    text.append("    # in ").append(where).append(run.size() == 1 ? "\n" : ", each\n");
    text.append("    ").append(quoted(key)).append(" { ").append(spec).append(" }\n");
  }

  /** What stands between the braces, or nothing where items differ in type. */
  private static String spec(FeatureProfile feature) {
    DType dtype = feature.dtype();
    if (dtype == null) {
      return "";
    }
    // Words of a text: that all have the same number so far is chance.
    boolean text = dtype == DType.STRING && feature.maxCount() > 1;
    if (text || !feature.isFixedLength()) {
      return "kind = var_len, dtype = " + dtype.wireName();
    }
    String none =
        switch (dtype) {
          case FLOAT32 -> "0.0";
          case INT64 -> "0";
          case STRING -> "\"\"";
        };
    return "kind = fixed_len, dtype = %s, shape = [%s], default = %s"
        .formatted(dtype.wireName(), feature.maxCount(), none);
  }

  private static FeatureProfile profile(SortedMap<String, FeatureProfile> features, String name) {
    FeatureProfile feature = features.get(name);
    if (feature == null) {
      throw new IllegalStateException("no feature '%s'".formatted(name));
    }
    return feature;
  }

  private static String quoted(String name) {
    return com.typesafe.config.ConfigUtil.quoteString(name);
  }
}
