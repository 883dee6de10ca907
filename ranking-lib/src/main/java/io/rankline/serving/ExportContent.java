package io.rankline.serving;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.profile.InputProfile;
import io.rankline.model.ModelDescription;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.scorer.ScoringScope;
import io.rankline.text.KnownNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An exported model but its network.
 *
 * @param model how its inputs are made, and its tasks
 * @param records what a training record holds
 * @param servingDefault the signature of {@code serving_default}
 * @param configuration the configuration it was trained by; may be empty
 * @param data how the data was read that it was trained on; null where that is not known
 * @param metrics values by name
 * @param profile what the training data looks like; null where that is not known
 * @param base the model whose scores it adds to; null for none
 */
record ExportContent(
    ModelDescription model,
    RecordSpec records,
    SignatureName servingDefault,
    String configuration,
    @Nullable DataSettings data,
    SortedMap<String, Double> metrics,
    @Nullable InputProfile profile,
    @Nullable ExportContent base) {

  /** Refuses a model that reads what no request holds. */
  ExportContent {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    List<String> problems = new ArrayList<>();
    if (base != null && base.model().scope() == ScoringScope.LIST) {
      model = model.withScope(ScoringScope.LIST);
    }
    EncodedInputs inputs = model.inputs();
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
    if (base != null) {
      unserved.add(EncodedInputs.BASE_SCORE); // and made for it
      addOthers(problems, "context", base.records().context(), records.context());
      addOthers(problems, "example", base.records().examples(), records.examples());
      if (!examples.contains(EncodedInputs.BASE_SCORE)) {
        problems.add("the model does not read the scores of its base");
      }
    }
    addMissing(problems, "context", context, records.context().keySet(), unserved);
    addMissing(problems, "example", examples, records.examples().keySet(), unserved);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** What a request holds: the features without labels and weight. */
  RecordSpec requests() {
    return RecordSpec.of(records.context(), records.examples());
  }

  private static void addOthers(
      List<String> problems,
      String side,
      Map<String, FeatureSpec> ofBase,
      Map<String, FeatureSpec> known) {
    ofBase.forEach(
        (name, feature) -> {
          if (!feature.equals(known.get(name))) {
            problems.add(
                "the base reads the %s feature '%s' as %s, the records have %s"
                    .formatted(side, name, feature, known.get(name)));
          }
        });
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
}
