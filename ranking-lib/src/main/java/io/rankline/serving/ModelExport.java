package io.rankline.serving;

import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.model.ModelDescription;
import io.rankline.model.RankingModel;
import io.rankline.model.input.EncodedInputs;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
 * @param withUpdater whether the updater's state goes along, so that training may go on
 */
public record ModelExport(
    RankingModel model,
    RecordSpec records,
    SignatureName servingDefault,
    String configuration,
    @Nullable DataSettings data,
    SortedMap<String, Double> metrics,
    boolean withUpdater) {

  public ModelExport {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    List<String> problems = new ArrayList<>();
    EncodedInputs inputs = ModelDescription.of(model).inputs();
    Set<String> examples = inputs.inputs().examples().keySet();
    Set<String> context = inputs.inputs().context().keySet();
    List<String> unserved =
        new ArrayList<>(records.labels().stream().map(LabelSpec::name).toList());
    if (records.weight() != null) {
      unserved.add(records.weight().name());
    }
    for (String name : unserved) {
      if (examples.contains(name) || context.contains(name)) {
        problems.add(
            "the model reads '%s', which is a label or weight and not there when it serves; leave it"
                    .formatted(name)
                + " out of the features");
      }
    }
    addMissing(problems, "context", context, records.context().keySet(), unserved);
    addMissing(problems, "example", examples, records.examples().keySet(), unserved);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
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
    saved.metrics().forEach(builder::metric);
    return builder;
  }

  /** What a request holds: the features without labels and weight. */
  public RecordSpec requests() {
    return RecordSpec.of(records.context(), records.examples());
  }

  private static void addMissing(
      List<String> problems,
      String side,
      Set<String> read,
      Set<String> known,
      List<String> unserved) {
    for (String name : read) {
      if (!known.contains(name) && !unserved.contains(name)) {
        problems.add(
            "the model reads the %s feature '%s', which the records have not%s"
                .formatted(
                    side,
                    name,
                    known.isEmpty()
                        ? ""
                        : "; did you mean '%s'?"
                            .formatted(KnownNames.nearestFirst(name, known).get(0))));
      }
    }
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

    /** The value of a metric. */
    public Builder metric(String name, double value) {
      metrics.put(name, value);
      return this;
    }

    /** Takes the updater's state along, so that training may go on. */
    public Builder withUpdater() {
      return set("withUpdater", true);
    }
  }
}
