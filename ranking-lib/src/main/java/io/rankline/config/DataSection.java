package io.rankline.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.SpecException;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.MultiLabelDatasetBuilder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code data}.
 *
 * @param hparams where data comes from
 * @param records features, labels, weight
 * @param labelsByTask name of the label of each task; empty for one task without a name
 */
record DataSection(
    DatasetHparams hparams, RecordSpec records, SortedMap<String, String> labelsByTask) {

  /** Null after a fault. */
  static @Nullable DataSection read(Section section) {
    RecordSpec records = records(section);
    SortedMap<String, String> tasks = tasks(section, records);
    DatasetHparams hparams = RecordCodec.of(DatasetHparams.class).read(section);
    section.rejectUnknownKeys();
    return records == null || hparams == null ? null : new DataSection(hparams, records, tasks);
  }

  Set<String> taskNames() {
    return labelsByTask.keySet();
  }

  AbstractDatasetBuilder datasetBuilder(String maskFeatureName) {
    if (labelsByTask.isEmpty()) {
      return new SimpleDatasetBuilder(
          records.context(),
          records.examples(),
          maskFeatureName,
          records.labels().get(0),
          hparams,
          records.weight());
    }
    Map<String, LabelSpec> labels = new TreeMap<>();
    labelsByTask.forEach((task, name) -> labels.put(task, label(records, name)));
    return new MultiLabelDatasetBuilder(
        records.context(), records.examples(), maskFeatureName, labels, hparams, records.weight());
  }

  private static LabelSpec label(RecordSpec records, String name) {
    return records.labels().stream()
        .filter(label -> label.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable RecordSpec records(Section section) {
    ConfigValue value = section.value("features");
    if (!(value instanceof ConfigObject object)) {
      section.fault("features", "must describe the features, { example {...}, label {...} }");
      return null;
    }
    try {
      RecordSpec records = RecordSpecText.of(object.toConfig());
      if (records.labels().isEmpty()) {
        section.fault("features", "must have a label to train on, label { name = utility, ... }");
        return null;
      }
      return records;
    } catch (SpecException e) {
      section.add(e.faults());
      return null;
    }
  }

  /** The tasks given, or where there are several labels, one task a label. */
  private static SortedMap<String, String> tasks(Section section, @Nullable RecordSpec records) {
    SortedMap<String, String> tasks = new TreeMap<>();
    ConfigValue value = section.value("tasks");
    if (records == null) {
      return tasks;
    }
    List<String> labels = records.labels().stream().map(LabelSpec::name).toList();
    if (value == null) {
      if (labels.size() > 1) {
        labels.forEach(label -> tasks.put(label, label));
      }
      return tasks;
    }
    Section below = section.below("tasks", value);
    if (below == null) {
      return tasks;
    }
    for (String task : ((ConfigObject) value).keySet()) {
      String label = below.text(task, "");
      if (labels.contains(label)) {
        tasks.put(task, label);
      } else {
        below.fault(
            task,
            "must name a label of features, one of %s, got '%s'"
                .formatted(String.join(", ", KnownNames.nearestFirst(label, labels)), label));
      }
    }
    return tasks;
  }
}
