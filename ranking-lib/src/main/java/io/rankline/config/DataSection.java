package io.rankline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.data.KnownNames;
import io.rankline.data.Section;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.SpecException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.RecordFormat;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.MultiLabelDatasetBuilder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.DatasetReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
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
    DatasetHparams hparams = hparams(section);
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
      e.problems().forEach(section::add);
      return null;
    }
  }

  /** The tasks said, or where there are several labels, one task a label. */
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

  private static @Nullable DatasetHparams hparams(Section section) {
    DatasetHparams.Builder builder =
        DatasetHparams.builder()
            .trainInputPattern(section.text("train_input_pattern", ""))
            .validInputPattern(section.text("valid_input_pattern", ""))
            .trainBatchSize(section.whole("train_batch_size", 0))
            .validBatchSize(section.whole("valid_batch_size", 0))
            .convertLabelsToBinary(section.flag("convert_labels_to_binary", false))
            .shuffleExamples(section.flag("shuffle_examples", false));
    if (section.has("test_input_pattern")) {
      builder.testInputPattern(section.text("test_input_pattern", ""));
    }
    if (section.has("list_size")) {
      builder.listSize(section.whole("list_size", 0));
    }
    if (section.has("valid_list_size")) {
      builder.validListSize(section.whole("valid_list_size", 0));
    }
    if (section.has("shuffle_buffer_size")) {
      builder.shuffleBufferSize(section.whole("shuffle_buffer_size", 1));
    }
    if (section.has("prefetch_batches")) {
      builder.prefetchBatches(section.whole("prefetch_batches", 1));
    }
    builder.readerThreads(section.whole("reader_threads", 0));
    Long seed = section.whole("seed");
    if (seed != null) {
      builder.seed(seed);
    }
    Long memory = bytes(section, "cache_memory");
    if (memory != null) {
      builder.cacheMemory(memory);
    }
    named(section, "dataset_reader", DatasetReader::ofWireName, builder::datasetReader);
    named(section, "format", RecordFormat::ofName, builder::format);
    named(section, "on_corrupt_record", CorruptRecordPolicy::ofWireName, builder::onCorruptRecord);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      section.faults(Objects.requireNonNull(e.getMessage()));
      return null;
    }
  }

  private static <T> void named(
      Section section,
      String key,
      Function<String, T> byName,
      Function<T, DatasetHparams.Builder> set) {
    if (section.has(key)) {
      try {
        DatasetHparams.Builder unused = set.apply(byName.apply(section.text(key, "")));
      } catch (IllegalArgumentException e) {
        section.fault(key, "is wrong: " + e.getMessage());
      }
    }
  }

  /** A number of bytes, or a text as {@code 512M}. */
  private static @Nullable Long bytes(Section section, String key) {
    ConfigValue value = section.value(key);
    if (value == null) {
      return null;
    }
    try {
      Config alone = value.atKey("bytes");
      return alone.getBytes("bytes");
    } catch (ConfigException e) {
      section.fault(
          key, "must be a number of bytes, as 512M, got " + String.valueOf(value.unwrapped()));
      return null;
    }
  }
}
