package io.rankline.serving;

import io.rankline.feature.RecordSpec;
import io.rankline.feature.profile.InputProfile;
import io.rankline.model.RankingModel;
import io.rankline.text.RecordBuilder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is exported.
 *
 * @param model the model; its encoder is an InputEncoder
 * @param records what a training record holds: features, labels, weight. Serving reads its features
 *     alone
 * @param servingDefault the signature of {@code serving_default}
 * @param configuration the resolved configuration it was trained by, as text; may be empty
 * @param data how the data was read that it was trained on; null where that is not known
 * @param metrics values by name, for those who look at the export
 * @param profile what the training data looks like; null where that is not known
 * @param withUpdater whether the updater's state goes along, so that training may go on
 * @param base the model whose scores it adds to; null for none
 */
public record ModelExport(
    RankingModel model,
    RecordSpec records,
    SignatureName servingDefault,
    String configuration,
    @Nullable DataSettings data,
    SortedMap<String, Double> metrics,
    @Nullable InputProfile profile,
    boolean withUpdater,
    @Nullable BaseModel base) {

  public ModelExport {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    // Refuses what cannot be served.
    content(model, records, servingDefault, configuration, data, metrics, profile, base);
  }

  /** A model with the features, labels and weight of its training records. */
  public static Builder builder(RankingModel model, RecordSpec records) {
    return new Builder(model, records);
  }

  /** What goes with a model that was exported, to be exported again. */
  public static Builder builder(SavedRankingModel saved) {
    Builder builder =
        builder(saved.model(), saved.records())
            .servingDefault(saved.servingDefault())
            .configuration(saved.configuration());
    saved.data().ifPresent(builder::data);
    saved.profile().ifPresent(builder::profile);
    saved.base().ifPresent(builder::base);
    saved.metrics().forEach(builder::metric);
    return builder;
  }

  /** All of it but the network. */
  ExportContent content() {
    return content(model, records, servingDefault, configuration, data, metrics, profile, base);
  }

  private static ExportContent content(
      RankingModel model,
      RecordSpec records,
      SignatureName servingDefault,
      String configuration,
      @Nullable DataSettings data,
      SortedMap<String, Double> metrics,
      @Nullable InputProfile profile,
      @Nullable BaseModel base) {
    return new ExportContent(
        model.description(),
        records,
        servingDefault,
        configuration,
        data,
        metrics,
        profile,
        base == null ? null : base.scorer().content);
  }

  /** Collects what an export holds; regress is the serving default. */
  public static final class Builder extends RecordBuilder<ModelExport, Builder> {

    private final SortedMap<String, Double> metrics = new TreeMap<>();

    private Builder(RankingModel model, RecordSpec records) {
      super(ModelExport.class);
      set("model", model);
      set("records", records);
      set("servingDefault", SignatureName.REGRESS);
      set("metrics", metrics);
    }

    /** The signature of {@code serving_default}. */
    public Builder servingDefault(SignatureName name) {
      return set("servingDefault", name);
    }

    /** The resolved configuration, as text. */
    public Builder configuration(String text) {
      return set("configuration", text);
    }

    /** How the data was read that the model was trained on. */
    public Builder data(DataSettings settings) {
      return set("data", settings);
    }

    /** What the training data looks like. */
    public Builder profile(InputProfile seen) {
      return set("profile", seen);
    }

    /** The value of a metric. */
    public Builder metric(String name, double value) {
      metrics.put(name, value);
      return this;
    }

    /** The model whose scores it adds to. */
    public Builder base(BaseModel corrected) {
      return set("base", corrected);
    }

    /** Takes the updater's state along, so that training may go on. */
    public Builder withUpdater() {
      return set("withUpdater", true);
    }
  }
}
