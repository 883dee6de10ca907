package io.rankline.spark.inspect;

import com.typesafe.config.ConfigUtil;
import io.rankline.feature.DType;
import io.rankline.io.record.RecordFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, drafted from what a data set holds, that trains as it is. Features that a
 * model should not see stand in it as comments, with the reason.
 */
public final class RunDraft {

  /** Lists that are looked at closely. */
  public static final int SAMPLE = 2000;

  private static final int WIDE = 50;

  private final FilesProfile profile;
  private final SampleFacts facts;
  private final DraftNames names;
  private final SortedMap<String, String> unread;

  /**
   * A draft.
   *
   * @param sample records of the data, at most {@link #SAMPLE}
   * @param unread columns that no feature can hold, with their types
   */
  public RunDraft(
      FilesProfile profile,
      List<byte[]> sample,
      RecordFormat format,
      DraftNames names,
      SortedMap<String, String> unread) {
    this.profile = profile;
    this.facts = SampleFacts.of(sample, format, names.label());
    this.names = names;
    this.unread = unread;
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
    text.add("  train_batch_size = %d", batchSize());
    text.add("  valid_batch_size = %d", batchSize());
    text.add("  # A feature with a default may be missing.");
    text.add("  features {");
    SortedMap<String, FeatureVerdict> context =
        scope(text, "context", profile.context(), profile.lists(), false);
    SortedMap<String, FeatureVerdict> examples =
        scope(text, "example", profile.examples(), profile.items(), true);
    label(text);
    weight(text);
    text.add("  }");
    text.add("}");
    text.add("");
    SortedMap<String, FeatureVerdict> all = new TreeMap<>(context);
    all.putAll(examples);
    model(text, all);
    text.add("");
    pipeline(text);
    return text.toString();
  }

  private SortedMap<String, FeatureVerdict> scope(
      Lines text,
      String scope,
      SortedMap<String, FeatureProfile> features,
      long holders,
      boolean ofItems) {
    SortedMap<String, FeatureVerdict> used = new TreeMap<>();
    SortedMap<String, String> lines = new TreeMap<>(FilesProfile.BY_NAME_AND_NUMBER);
    features.forEach(
        (name, feature) -> {
          if (ofItems && (name.equals(names.label()) || isWeight(name))) {
            return;
          }
          if (name.equals(names.query())) {
            return;
          }
          FeatureFacts own = ofItems ? facts.example(name) : facts.context(name);
          FeatureVerdict verdict = FeatureVerdict.of(name, feature, own, holders);
          if (verdict.isUsed()) {
            used.put(name, verdict);
            lines.put(name, "{ %s }".formatted(verdict.spec()));
          } else {
            lines.put(
                name,
                verdict.spec().isEmpty()
                    ? "# " + verdict.reason()
                    : "{ %s }  # %s".formatted(verdict.spec(), verdict.reason()));
          }
        });
    if (ofItems) {
      unread.forEach((name, type) -> lines.put(name, "# of type %s".formatted(type)));
    }
    if (!lines.isEmpty()) {
      text.add("    %s {", scope);
      NameRuns.of(lines)
          .forEach(
              run -> {
                boolean out = !used.containsKey(run.first());
                text.add(
                    "      %s%s %s",
                    out ? "# " : "", ConfigUtil.quoteString(run.key()), run.value());
              });
      text.add("    }");
    }
    return used;
  }

  private boolean isWeight(String name) {
    return name.equals(names.weight());
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

  private void model(Lines text, SortedMap<String, FeatureVerdict> used) {
    long numbers = used.values().stream().filter(verdict -> verdict.buckets() == 0).count();
    text.add("model {");
    text.add("  preprocess {");
    text.add("    # sign(x) * ln(1 + |x|), which brings prices and counts to one scale.");
    text.add("    all_examples = log1p");
    text.add("    all_context = log1p");
    block(
        text,
        "embeddings",
        used,
        verdict ->
            verdict.buckets() == 0
                ? null
                : "{ hash_buckets = %s, dimension = %s }".formatted(verdict.buckets(), 8));
    block(
        text,
        "widths",
        used,
        verdict -> verdict.width() == 0 ? null : "= %s".formatted(verdict.width()));
    text.add("  }");
    text.add(
        "  scorer { type = dnn, hidden_layer_dims = [%s], use_batch_norm = true",
        numbers + used.size() > WIDE ? "256, 128, 64" : "64, 32");
    text.add("           batch_norm_moment = 0.9, dropout = 0.1 }");
    text.add("}");
  }

  private static void block(
      Lines text,
      String name,
      SortedMap<String, FeatureVerdict> used,
      java.util.function.Function<FeatureVerdict, @Nullable String> value) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, FeatureVerdict> entry : used.entrySet()) {
      String written = value.apply(entry.getValue());
      if (written != null) {
        lines.add("%s %s".formatted(ConfigUtil.quoteString(entry.getKey()), written));
      }
    }
    if (!lines.isEmpty()) {
      text.add("    %s {", name);
      lines.forEach(line -> text.add("      %s", line));
      text.add("    }");
    }
  }

  private void pipeline(Lines text) {
    text.add("pipeline {");
    text.add("  model_dir = %s", ConfigUtil.quoteString(names.modelDir()));
    text.add("  num_epochs = 30");
    text.add("  loss = softmax_loss");
    text.add("  optimizer = adam");
    text.add("  learning_rate = 0.003");
    text.add("  early_stopping_patience = 5");
    text.add("  export_best_model = true");
    text.add("  best_exporter_metric = ndcg_10");
    text.add("}");
  }

  /** Some twenty steps an epoch at least, and no more lists than 128. */
  private int batchSize() {
    int size = 8;
    while (size < 128 && size * 40L < profile.lists()) {
      size *= 2;
    }
    return size;
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
