package io.rankline.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.SpecException;
import io.rankline.io.DatasetReader;
import io.rankline.io.RecordFiles;
import io.rankline.io.record.RecordFormat;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.Base;
import io.rankline.pipeline.dataset.BasedDatasetBuilder;
import io.rankline.pipeline.dataset.MultiLabelDatasetBuilder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.dataset.TaughtDatasetBuilder;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.io.IOException;
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
 * @param tables the tables that the data is made of
 * @param labelsByTask name of the label of each task; empty for one task without a name
 */
record DataSection(
    DatasetHparams hparams,
    RecordSpec records,
    TableInputs tables,
    SortedMap<String, String> labelsByTask) {

  private static final List<String> PATTERNS =
      List.of("train_input_pattern", "valid_input_pattern", "test_input_pattern");

  /** Stands in for a folder after a fault. */
  private static final String UNKNOWN = "unknown";

  /**
   * Null after a fault.
   *
   * @param modelDir where lists go that are made of tables
   */
  static @Nullable DataSection read(Section section, String modelDir) {
    RecordSpec records = records(section);
    SortedMap<String, String> tasks = tasks(section, records);
    TableInputs read = RecordCodec.of(TableInputs.class).read(section);
    TableInputs tables = read == null ? null : read.below(modelDir);
    RecordCodec<DatasetHparams> codec = RecordCodec.of(DatasetHparams.class);
    DatasetHparams hparams =
        codec.read(
            section,
            values -> {
              if (section.has("train_input")) {
                setPatterns(section, values, tables);
              }
              return codec.create(values);
            });
    if (tables != null
        && tables.isPresent()
        && RecordFiles.isPattern(String.valueOf(tables.listsDir()))) {
      section.fault(
          "lists_dir",
          "must be a path without , [ ] { } * ? and \\, which make it a pattern, got '%s'; by default it lies below model_dir"
              .formatted(tables.listsDir()));
    }
    if (records != null && tables != null && tables.groupColumn() != null) {
      requireApart(section, records, tables.groupColumn());
    }
    if (hparams != null) {
      IdleSettings.inData(section, hparams);
    }
    section.rejectUnknownKeys();
    return records == null || hparams == null || tables == null
        ? null
        : new DataSection(hparams, records, tables, tasks);
  }

  /** Lists are read from where they are made. */
  private static void setPatterns(
      Section section, Map<String, @Nullable Object> values, @Nullable TableInputs tables) {
    for (String key : PATTERNS) {
      if (section.has(key)) {
        section.fault(key, "must be left out with train_input, which says what to read");
      }
    }
    values.put("trainInputPattern", tables == null ? UNKNOWN : tables.trainLists());
    values.put("validInputPattern", tables == null ? UNKNOWN : tables.validLists());
    values.put("testInputPattern", tables == null ? null : tables.testLists());
    values.put("datasetReader", DatasetReader.TFRECORD);
    values.put("format", RecordFormat.ELWC);
  }

  private static void requireApart(Section section, RecordSpec records, String groupColumn) {
    if (records.labelsAsFeatures().examples().containsKey(groupColumn)) {
      section.fault(
          "group_column",
          "must not be a feature of items, a label or a weight, got '%s'".formatted(groupColumn));
    }
  }

  Set<String> taskNames() {
    return labelsByTask.keySet();
  }

  /**
   * What reads it.
   *
   * @param teacher whose scores are trained on; null for labels
   * @param base whose scores are added to; null for none
   * @throws IllegalArgumentException for a teacher or a base that cannot be had
   */
  AbstractDatasetBuilder datasetBuilder(
      String maskFeatureName, @Nullable Teacher teacher, @Nullable Base base) {
    if (base != null) {
      return datasetBuilder(maskFeatureName, base);
    }
    if (teacher != null && !labelsByTask.isEmpty()) {
      throw new IllegalArgumentException(
          "teacher must be left out for several tasks, got " + labelsByTask.keySet());
    }
    if (teacher != null) {
      return new TaughtDatasetBuilder(
          records.context(),
          records.examples(),
          maskFeatureName,
          records.labels().get(0),
          hparams,
          records.weight(),
          teacher);
    }
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

  private AbstractDatasetBuilder datasetBuilder(String maskFeatureName, Base base) {
    try {
      return BasedDatasetBuilder.of(
          records.context(),
          records.examples(),
          maskFeatureName,
          records.labels().get(0),
          hparams,
          records.weight(),
          base);
    } catch (IOException e) {
      throw new IllegalArgumentException("base: " + e.getMessage(), e);
    }
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
