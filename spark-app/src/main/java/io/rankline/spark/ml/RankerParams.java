package io.rankline.spark.ml;

import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.TrainingShortcuts;
import io.rankline.text.KnownNames;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of {@link NeuralRanker}: columns, and every hyperparameter of a configuration under
 * its name. Their names are those of the configuration's keys in camelCase, {@code learningRate}
 * for {@code pipeline.learning_rate}; numbers and flags are params of that type, everything else is
 * text as a configuration file has it.
 */
final class RankerParams implements Serializable {

  private static final long serialVersionUID = 1;

  /** What a table takes the place of. */
  private static final Set<String> OF_FILES =
      Set.of(
          "trainInputPattern", "validInputPattern", "testInputPattern", "datasetReader", "format");

  /** Numbers in a file, whose records have types of their own. */
  private static final Set<String> WHOLE_NUMBERS = Set.of("listSize", "validListSize");

  private static final Set<String> REAL_NUMBERS = Set.of("learningRate");

  /** Numbers that a file may also give with a unit. */
  private static final Set<String> TEXTS = Set.of("cacheMemory");

  final Param<String> featuresCol;
  final StringArrayParam featureCols;
  final StringArrayParam contextCols;
  final Param<String> labelCol;
  final Param<String> weightCol;
  final Param<String> groupCol;
  final Param<String> predictionCol;
  final Param<String> validationIndicatorCol;
  final IntParam numWorkers;
  final Param<String> configuration;
  final Param<String> scorer;
  final Param<String> preprocess;
  final Param<String> stagingDir;

  private final TreeMap<String, Param<?>> byName = new TreeMap<>();

  /** Keys of the configuration by names of params. */
  private final LinkedHashMap<String, ArrayList<String>> keys = new LinkedHashMap<>();

  RankerParams(Params owner) {
    featuresCol =
        text(
            owner, "featuresCol", "column of the items' features, a vector or an array of numbers");
    featureCols =
        texts(
            owner,
            "featureCols",
            "columns of the items' features in place of featuresCol: numbers, text, arrays,"
                + " vectors");
    contextCols =
        texts(owner, "contextCols", "columns of features that all items of a query share");
    labelCol = text(owner, "labelCol", "column of the label, a number");
    weightCol = text(owner, "weightCol", "column of the items' weights; none by default");
    groupCol =
        text(
            owner,
            "groupCol",
            "column that tells queries apart, text or integers; not needed where a row is a list");
    predictionCol = text(owner, "predictionCol", "column of the scores");
    validationIndicatorCol =
        text(
            owner,
            "validationIndicatorCol",
            "column of booleans, true for rows to validate with; all rows train by default");
    numWorkers =
        add(
            new IntParam(
                owner,
                "numWorkers",
                "workers on the executors; as many as there are slots by default"));
    configuration = text(owner, "configuration", "a run's configuration, HOCON, under all params");
    scorer = text(owner, "scorer", "the network, as model.scorer has it: { type = dnn, ... }");
    preprocess = text(owner, "preprocess", "what becomes of features, as model.preprocess has it");
    stagingDir =
        text(
            owner,
            "stagingDir",
            "folder that driver and executors reach, for the lists while a fit lasts");
    addAll(owner, "pipeline", RecordCodec.of(PipelineHparams.class));
    addAll(owner, "pipeline", RecordCodec.of(TrainingShortcuts.class));
    addAll(owner, "data", RecordCodec.of(DatasetHparams.class));
  }

  /** All of them, by name. */
  Param<?>[] all() {
    return byName.values().toArray(new Param<?>[0]);
  }

  /**
   * A hyperparameter by its name or by the configuration's key.
   *
   * @throws IllegalArgumentException naming those that are most like it
   */
  Param<?> hyperparameter(String nameOrKey) {
    for (Map.Entry<String, ArrayList<String>> entry : keys.entrySet()) {
      boolean isKey =
          entry.getValue().stream()
              .anyMatch(key -> key.equals(nameOrKey) || key.endsWith("." + nameOrKey));
      if (isKey || entry.getKey().equals(nameOrKey)) {
        return param(entry.getKey());
      }
    }
    throw new IllegalArgumentException(
        KnownNames.didYouMean("hyperparameter", nameOrKey, keys.keySet()));
  }

  /** Values that are set, as {@code pipeline.num_epochs=3}. */
  List<String> overrides(Params owner) {
    List<String> overrides = new ArrayList<>();
    keys.forEach(
        (name, ofName) -> {
          Param<?> param = param(name);
          if (owner.isSet(param)) {
            Object value = owner.getOrDefault(param);
            ofName.forEach(key -> overrides.add(key + "=" + value));
          }
        });
    return overrides;
  }

  private Param<?> param(String name) {
    Param<?> param = byName.get(name);
    if (param == null) {
      throw new IllegalStateException("no param " + name);
    }
    return param;
  }

  private void addAll(Params owner, String section, RecordCodec<?> codec) {
    for (OptionSpec option : codec.options()) {
      String name = option.name();
      if (OF_FILES.contains(name)) {
        continue;
      }
      if (!byName.containsKey(name)) {
        add(param(owner, name, option));
      }
      // A seed is that of the data and of the network.
      keys.computeIfAbsent(name, first -> new ArrayList<>()).add(section + "." + option.key());
    }
  }

  private static Param<?> param(Params owner, String name, OptionSpec option) {
    String doc = option.meaning();
    Class<?> type = option.type();
    if (TEXTS.contains(name)) {
      return new Param<String>(owner, name, doc);
    }
    if (type == Double.class || REAL_NUMBERS.contains(name)) {
      return new DoubleParam(owner, name, doc);
    }
    if (type == Integer.class || WHOLE_NUMBERS.contains(name)) {
      return new IntParam(owner, name, doc);
    }
    if (type == Long.class) {
      return new LongParam(owner, name, doc);
    }
    return type == Boolean.class
        ? new BooleanParam(owner, name, doc)
        : new Param<String>(owner, name, doc);
  }

  private Param<String> text(Params owner, String name, String doc) {
    return add(new Param<>(owner, name, doc));
  }

  private StringArrayParam texts(Params owner, String name, String doc) {
    return add(new StringArrayParam(owner, name, doc));
  }

  private <P extends Param<?>> P add(P param) {
    byName.put(param.name(), param);
    return param;
  }
}
