package io.rankline.spark.inspect;

import com.typesafe.config.ConfigUtil;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.record.RecordFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, drafted from what a data set holds, that trains as it is. Features that a
 * model should not see stand in it as comments, with the reason.
 */
public final class RunDraft {

  /** Lists that are looked at closely. */
  public static final int SAMPLE = 2000;

  private final FilesProfile profile;
  private final SampleFacts facts;
  private final DraftNames names;
  private final SortedMap<String, String> unread;
  private final boolean holes;
  private final @Nullable RecordSpec given;
  private final SortedMap<String, FeatureVerdict> verdicts = new TreeMap<>();
  private final RunDefaults defaults;

  /**
   * A draft.
   *
   * @param sample records of the data, at most {@link #SAMPLE}
   * @param unread columns that no feature can hold, with their types
   * @param holes whether what an item lacks is missing; otherwise it may be a 0 that was left out
   * @param given the features, where somebody has said which; otherwise null
   */
  public RunDraft(
      FilesProfile profile,
      List<byte[]> sample,
      RecordFormat format,
      DraftNames names,
      SortedMap<String, String> unread,
      boolean holes,
      @Nullable RecordSpec given) {
    this.profile = profile;
    this.facts = SampleFacts.of(sample, format, names.label());
    this.names = names;
    this.unread = unread;
    this.holes = holes;
    this.given = given;
    List<UsedFeature> used = new ArrayList<>(used(false));
    used.addAll(used(true));
    this.defaults = RunDefaults.of(profile, names.label(), used);
  }

  /**
   * The file, in HOCON.
   *
   * @param source what was looked at
   * @param input the lines of the section data that say where data comes from
   */
  public String text(String source, List<String> input) {
    Lines text = new Lines();
    text.add(
        "# Drafted by rankline inspect from %s: %,d queries, %,d items.",
        source, profile.lists(), profile.items());
    text.add("# It trains as it is: rankline train THIS_FILE");
    text.add("");
    text.add("data {");
    input.forEach(line -> text.add("  %s", line));
    text.add("  train_batch_size = %d", defaults.batchSize());
    text.add("  valid_batch_size = %d", defaults.batchSize());
    text.add("  # A feature with a default may be missing; NaN tells the model so.");
    text.add("  features {");
    scope(text, false);
    scope(text, true);
    label(text);
    weight(text);
    text.add("  }");
    text.add("}");
    text.add("");
    model(text);
    text.add("");
    pipeline(text);
    return text.toString();
  }

  /** What was looked at and chosen, a line each; docs/defaults.md has the rules. */
  public List<String> reasons() {
    List<String> lines = new ArrayList<>();
    if (given == null) {
      List<String> out = new ArrayList<>();
      verdicts.forEach(
          (name, verdict) -> {
            if (!verdict.isUsed()) {
              out.add("%s (%s)".formatted(name, verdict.reason()));
            }
          });
      unread.forEach((name, type) -> out.add("%s (of type %s)".formatted(name, type)));
      lines.add(
          "features  %s of %s%s"
              .formatted(
                  defaults.features().size(),
                  verdicts.size() + unread.size(),
                  out.isEmpty() ? "" : ", without " + String.join(", ", out)));
    }
    lines.addAll(defaults.reasons());
    return lines;
  }

  private List<UsedFeature> used(boolean ofItems) {
    SortedMap<String, FeatureProfile> profiles = ofItems ? profile.examples() : profile.context();
    long holders = ofItems ? profile.items() : profile.lists();
    List<UsedFeature> used = new ArrayList<>();
    if (given != null) {
      (ofItems ? given.examples() : given.context())
          .forEach(
              (name, spec) -> {
                FeatureProfile own = profiles.getOrDefault(name, new FeatureProfile());
                FeatureVerdict verdict = FeatureVerdict.given(spec, own);
                used.add(new UsedFeature(name, ofItems, verdict, own, isVisiblyMissing(spec)));
              });
      return used;
    }
    profiles.forEach(
        (name, feature) -> {
          boolean isLabel = ofItems && name.equals(names.label());
          if (isLabel || name.equals(names.weight()) || name.equals(names.query())) {
            return;
          }
          boolean sees =
              feature.dtype() == DType.FLOAT32
                  && feature.isFixedLength()
                  && RunDefaults.seesMissing(feature, holders, holes && ofItems);
          FeatureFacts own = ofItems ? facts.example(name) : facts.context(name);
          FeatureVerdict verdict = FeatureVerdict.of(name, feature, own, holders, sees);
          verdicts.put(name, verdict);
          if (verdict.isUsed()) {
            used.add(new UsedFeature(name, ofItems, verdict, feature, sees));
          }
        });
    return used;
  }

  private static boolean isVisiblyMissing(FeatureSpec spec) {
    return spec instanceof FixedLenFeature fixed
        && fixed.dtype() == DType.FLOAT32
        && fixed.defaultValues().stream().anyMatch(value -> Float.isNaN((Float) value));
  }

  private void scope(Lines text, boolean ofItems) {
    SortedMap<String, String> lines = new TreeMap<>(FilesProfile.BY_NAME_AND_NUMBER);
    Set<String> used = new HashSet<>();
    for (String name : (ofItems ? profile.examples() : profile.context()).keySet()) {
      FeatureVerdict verdict = verdicts.get(name);
      if (verdict == null) {
        continue;
      }
      if (verdict.isUsed()) {
        used.add(name);
        lines.put(name, "{ %s }".formatted(verdict.spec()));
      } else {
        lines.put(
            name,
            verdict.spec().isEmpty()
                ? "# " + verdict.reason()
                : "{ %s }  # %s".formatted(verdict.spec(), verdict.reason()));
      }
    }
    if (ofItems) {
      unread.forEach((name, type) -> lines.put(name, "# of type %s".formatted(type)));
    }
    if (lines.isEmpty()) {
      return;
    }
    text.add("    %s {", ofItems ? "example" : "context");
    for (NameRuns.Run run : NameRuns.of(lines)) {
      String out = used.contains(run.first()) ? "" : "# ";
      text.add("      %s%s %s", out, ConfigUtil.quoteString(run.key()), run.value());
    }
    text.add("    }");
  }

  private void label(Lines text) {
    FeatureProfile labels = profile.examples().get(names.label());
    DType dtype = labels == null ? null : labels.dtype();
    text.add(
        "    label { name = %s, dtype = %s, default = -1 }",
        ConfigUtil.quoteString(names.label()), dtype == null ? "float32" : dtype.wireName());
  }

  private void weight(Lines text) {
    String weight = names.weight();
    if (weight == null) {
      return;
    }
    boolean ofItems = profile.examples().containsKey(weight);
    FeatureProfile weights =
        ofItems ? profile.examples().get(weight) : profile.context().get(weight);
    DType dtype = weights == null ? null : weights.dtype();
    text.add(
        "    weight { name = %s, dtype = %s, default = 1, scope = %s }",
        ConfigUtil.quoteString(weight),
        dtype == null ? "float32" : dtype.wireName(),
        ofItems ? "item" : "list");
  }

  private void model(Lines text) {
    text.add("model {");
    text.add("  preprocess {");
    block(
        text,
        "transforms",
        feature -> feature.isNumber() ? defaults.transforms(feature) : "",
        " = ");
    block(text, "default_values", feature -> feature.seesMissing() ? "0" : "", " = ");
    block(
        text,
        "embeddings",
        feature ->
            feature.isNumber()
                ? ""
                : "{ hash_buckets = %s, dimension = %s }".formatted(feature.verdict().buckets(), 8),
        " ");
    block(
        text,
        "widths",
        feature ->
            feature.verdict().width() == 0 ? "" : Integer.toString(feature.verdict().width()),
        " = ");
    text.add("  }");
    text.add(
        "  scorer { type = dnn, hidden_layer_dims = [%s], use_batch_norm = true",
        defaults.hiddenLayers());
    text.add("           batch_norm_moment = 0.9, dropout = 0.1 }");
    text.add("}");
  }

  private void block(
      Lines text, String name, Function<UsedFeature, String> value, String separator) {
    SortedMap<String, String> lines = new TreeMap<>(FilesProfile.BY_NAME_AND_NUMBER);
    for (UsedFeature feature : defaults.features()) {
      String written = value.apply(feature);
      if (!written.isEmpty()) {
        lines.put(feature.name(), written);
      }
    }
    if (!lines.isEmpty()) {
      text.add("    %s {", name);
      for (NameRuns.Run run : NameRuns.of(lines)) {
        text.add("      %s%s%s", ConfigUtil.quoteString(run.key()), separator, run.value());
      }
      text.add("    }");
    }
  }

  private void pipeline(Lines text) {
    text.add("pipeline {");
    text.add("  model_dir = %s", ConfigUtil.quoteString(names.modelDir()));
    text.add("  num_epochs = %d", RunDefaults.EPOCHS);
    text.add("  loss = %s", defaults.loss());
    text.add("  optimizer = adam");
    text.add("  learning_rate = %s", RunDefaults.LEARNING_RATE);
    text.add("  early_stopping_patience = %d", RunDefaults.PATIENCE);
    text.add("  export_best_model = true");
    text.add("  best_exporter_metric = %s", defaults.metric());
    text.add("}");
  }

  /** Lines of text. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
    void add(String format, Object... values) {
      text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
