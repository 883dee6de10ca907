package io.rankline.serving;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.DatasetReader;
import io.rankline.model.Combine;
import io.rankline.model.ModelDescription;
import io.rankline.model.TaskLoss;
import io.rankline.model.scorer.ScoringScope;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the members of an ensemble have in common, or why they are none. */
final class EnsembleContent {

  private static final String METRIC = "best_exporter_metric";
  private static final String HIGHER_BETTER = "best_exporter_metric_higher_better";

  private final List<String> paths = new ArrayList<>();
  private final List<ExportContent> contents = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private EnsembleContent(List<StoredNetwork> members) throws SavedModelException {
    for (StoredNetwork member : members) {
      paths.add(member.path());
      contents.add(member.content());
    }
  }

  /**
   * The content of the whole: requests hold the features of all members, and the first member says
   * what all say alike.
   *
   * @throws IllegalArgumentException for members that do not go together, naming two of them, or an
   *     answer that there is not
   */
  static ExportContent of(EnsembleText text, List<StoredNetwork> members)
      throws SavedModelException {
    return new EnsembleContent(members).merged(text);
  }

  private ExportContent merged(EnsembleText text) {
    ExportContent first = contents.get(0);
    ModelDescription model = first.model();
    model
        .tasks()
        .forEach(
            (task, loss) -> {
              if (loss.scoresOfItem() != 1) {
                problems.add(
                    "%s has %s scores an item for task '%s', and members of an ensemble have one"
                        .formatted(paths.get(0), loss.scoresOfItem(), task));
              }
            });
    requireSame("tasks", content -> List.copyOf(content.model().tasks().keySet()));
    requireSame("scores an item", content -> outputs(content.model().tasks()));
    requireSame("labels", content -> content.records().labels());
    if (contents.stream().map(content -> content.records().labels()).distinct().count() == 1) {
      requireSame("labels of its tasks", EnsembleContent::labelColumns);
    }
    requireSame("weights", content -> Optional.ofNullable(content.records().weight()));
    requireSame(
        "convert_labels_to_binary",
        content -> content.data() == null ? null : content.data().convertLabelsToBinary());
    requireSame("zero_based", EnsembleContent::zeroBased);
    requireSameDirection();
    RecordSpec records =
        new RecordSpec(
            features("context", content -> content.records().context()),
            features("example", content -> content.records().examples()),
            first.records().labels(),
            first.records().weight());
    Combine combine = text.ensemble().combine();
    if (combine == Combine.STANDARDIZED
        && text.signatures().servingDefault() == SignatureName.REGRESS) {
      problems.add(
          "serving_default cannot be regress: %s; take predict"
              .formatted(RankingScorer.NEEDS_LISTS));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    boolean ofItems =
        combine == Combine.MEAN
            && contents.stream().allMatch(each -> each.model().scope() == ScoringScope.ITEM);
    return new ExportContent(
        new ModelDescription(
            text.ensemble().name(),
            model.inputs(),
            model.maskFeatureName(),
            model.tasks(),
            ofItems ? ScoringScope.ITEM : ScoringScope.LIST),
        records,
        text.signatures().servingDefault(),
        text.configuration(),
        first.data(),
        text.metrics(),
        records.equals(first.records()) ? first.profile() : null,
        first.base());
  }

  /** Members that do not say it have it as the others do. */
  private void requireSame(String what, Function<ExportContent, ? extends @Nullable Object> value) {
    int known = 0;
    for (int k = 1; k < contents.size(); k++) {
      Object here = value.apply(contents.get(k));
      Object there = value.apply(contents.get(known));
      if (there == null) {
        known = k;
      } else if (here != null && !here.equals(there)) {
        problems.add(
            "%s has other %s than %s: %s and %s"
                .formatted(paths.get(k), what, paths.get(known), shown(here), shown(there)));
      }
    }
  }

  private static String shown(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Object::toString).orElse("none")
        : value.toString();
  }

  private static SortedMap<String, Integer> outputs(SortedMap<String, TaskLoss> tasks) {
    SortedMap<String, Integer> outputs = new TreeMap<>();
    tasks.forEach((task, loss) -> outputs.put(task, loss.scoresOfItem()));
    return outputs;
  }

  private static SortedMap<String, String> labelColumns(ExportContent content) {
    List<LabelSpec> labels = content.records().labels();
    SortedMap<String, String> columns = new TreeMap<>();
    content
        .model()
        .tasks()
        .forEach(
            (task, loss) -> {
              String otherwise = labels.size() == 1 ? labels.get(0).name() : task;
              columns.put(task, Objects.requireNonNullElse(loss.label(), otherwise));
            });
    return columns;
  }

  /** Feature ids from 0 and from 1 give two features one name. */
  private static @Nullable Object zeroBased(ExportContent content) {
    DataSettings data = content.data();
    return (data != null && data.datasetReader() == DatasetReader.LIBSVM) ? data.zeroBased() : null;
  }

  /** One metric of which more is better here and less there was measured by two rules. */
  private void requireSameDirection() {
    SortedMap<String, Object> directions = new TreeMap<>();
    SortedMap<String, String> known = new TreeMap<>();
    for (int k = 0; k < contents.size(); k++) {
      Optional<Object> metric = setting(contents.get(k), METRIC);
      Optional<Object> direction = setting(contents.get(k), HIGHER_BETTER);
      if (metric.isEmpty() || direction.isEmpty()) {
        continue;
      }
      String name = metric.get().toString();
      Object there = directions.putIfAbsent(name, direction.get());
      if (there != null && !there.equals(direction.get())) {
        problems.add(
            "%s has %s = %s for %s, and %s has %s"
                .formatted(
                    paths.get(k), HIGHER_BETTER, direction.get(), name, known.get(name), there));
      }
      known.putIfAbsent(name, paths.get(k));
    }
  }

  private static Optional<Object> setting(ExportContent content, String key) {
    try {
      ConfigObject root = Hocon.parse(content.configuration(), "configuration");
      ConfigValue value =
          root.get("pipeline") instanceof ConfigObject pipeline ? pipeline.get(key) : null;
      return Optional.ofNullable(value).map(ConfigValue::unwrapped);
    } catch (FaultsException e) {
      return Optional.empty(); // an export of another program
    }
  }

  private SortedMap<String, FeatureSpec> features(
      String side, Function<ExportContent, SortedMap<String, FeatureSpec>> of) {
    SortedMap<String, FeatureSpec> features = new TreeMap<>();
    SortedMap<String, String> owners = new TreeMap<>();
    for (int k = 0; k < contents.size(); k++) {
      for (Map.Entry<String, FeatureSpec> entry : of.apply(contents.get(k)).entrySet()) {
        String name = entry.getKey();
        FeatureSpec known = features.putIfAbsent(name, entry.getValue());
        owners.putIfAbsent(name, paths.get(k));
        if (known != null && !known.equals(entry.getValue())) {
          problems.add(
              "%s reads the %s feature '%s' otherwise than %s: %s and %s"
                  .formatted(paths.get(k), side, name, owners.get(name), entry.getValue(), known));
        }
      }
    }
    return features;
  }
}
