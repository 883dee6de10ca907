package io.rankline.spark.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.config.TableInputs;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.feature.WeightSpec;
import io.rankline.pipeline.session.Strategies;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The configuration of a fit: what params say, above the configuration given, above defaults. */
final class RankerText {

  private static final String FEATURES = "data.features";

  /** Where a fault is in the text made of params and configuration, which nobody has seen. */
  private static final Pattern PLACE = Pattern.compile("^(--set [^:]+|configuration): \\d+: ");

  /** What says in a configuration where lists come from, which is the DataFrame here. */
  private static final List<String> SOURCES =
      Stream.concat(
              RecordCodec.of(TableInputs.class).options().stream().map(OptionSpec::key),
              Stream.of(
                  "train_input_pattern",
                  "valid_input_pattern",
                  "test_input_pattern",
                  "dataset_reader",
                  "format",
                  "queries_across_files",
                  "zero_based",
                  "query_file"))
          .map(key -> "data." + key)
          .toList();

  /** What a fit does where nobody says so. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "data.train_batch_size",
          "32",
          "data.valid_batch_size",
          "32",
          "model.scorer",
          "{ type = dnn, hidden_layer_dims = [256, 128, 64], use_batch_norm = true,"
              + " batch_norm_moment = 0.9 }",
          "pipeline.num_epochs",
          "10",
          "pipeline.loss",
          "softmax_loss",
          "pipeline.strategy",
          Strategies.MULTI_WORKER);

  /** Ids and vector of text that no preprocessing describes: brands, categories. */
  private static final String EMBEDDING = "{ hash_buckets = 10000, dimension = 16 }";

  private final Params owner;
  private final RankerParams params;
  private Config config;

  /**
   * The configuration given.
   *
   * @throws IllegalArgumentException if it is no HOCON
   */
  RankerText(Params owner, RankerParams params) {
    this.owner = owner;
    this.params = params;
    try {
      String given =
          owner.isSet(params.configuration) ? owner.getOrDefault(params.configuration) : "";
      config = withoutSources(ConfigFactory.parseString(given).resolve());
    } catch (ConfigException e) {
      throw new IllegalArgumentException("configuration: " + e.getMessage(), e);
    }
  }

  /** What is read of a table: as the configuration describes it, else by its columns. */
  RecordSpec spec(Dataset<Row> data) {
    if (!config.hasPath(FEATURES)
        || owner.isSet(params.featureCols)
        || owner.isSet(params.featuresCol)) {
      return FeatureColumns.spec(owner, params, data);
    }
    RecordSpec spec = RecordSpecText.of(config.getConfig(FEATURES));
    if (owner.isSet(params.labelCol) && spec.labels().size() == 1) {
      spec =
          spec.withLabels(
              LabelSpec.of(owner.getOrDefault(params.labelCol), spec.labels().get(0).feature()));
    }
    if (owner.isSet(params.weightCol)) {
      String column = owner.getOrDefault(params.weightCol);
      WeightSpec weight = spec.weight();
      spec =
          spec.withWeight(
              weight == null
                  ? WeightSpec.perItem(column, FixedLenFeature.float32(1))
                  : new WeightSpec(column, weight.feature(), weight.scope()));
    }
    return spec;
  }

  /**
   * The text of the whole configuration, to be read with {@link #overrides}.
   *
   * @param spec of the features
   */
  String text(RecordSpec spec) {
    Config all =
        config
            .withoutPath(FEATURES)
            .withValue(FEATURES, ConfigFactory.parseString(RecordSpecText.render(spec)).root());
    if (owner.isSet(params.scorer)) {
      all = with(all, "model.scorer", owner.getOrDefault(params.scorer));
    }
    if (owner.isSet(params.preprocess)) {
      all = with(all, "model.preprocess", owner.getOrDefault(params.preprocess));
    }
    for (Map.Entry<String, String> entry : new TreeMap<>(DEFAULTS).entrySet()) {
      if (!all.hasPath(entry.getKey())) {
        all = with(all, entry.getKey(), entry.getValue());
      }
    }
    all = withEmbeddings(withEmbeddings(all, spec.examples()), spec.context());
    return all.root().render(ConfigRenderOptions.concise().setFormatted(true));
  }

  /** Whether the configuration, or a param, says where the model goes. */
  boolean hasModelDir() {
    return config.hasPath("pipeline.model_dir") || owner.isSet(params.hyperparameter("modelDir"));
  }

  /** Whether it says how much is validated with. */
  boolean hasValidationSteps() {
    return config.hasPath("pipeline.validation_steps")
        || config.hasPath("pipeline.num_valid_steps")
        || owner.isSet(params.hyperparameter("validationSteps"));
  }

  /** Values of params, as {@code pipeline.num_epochs=3}. */
  List<String> overrides() {
    List<String> overrides = new ArrayList<>(params.overrides(owner));
    if (owner.isSet(params.numWorkers)) {
      overrides.add(
          "pipeline.strategy_options.num_workers=" + owner.getOrDefault(params.numWorkers));
    }
    return overrides;
  }

  /** Faults for those who have set params: keys, without places in a text. */
  static String faults(List<String> problems) {
    return problems.stream()
        .map(problem -> PLACE.matcher(problem).replaceFirst(""))
        .collect(Collectors.joining("\n"));
  }

  private static Config withoutSources(Config config) {
    Config rest = config;
    for (String source : SOURCES) {
      rest = rest.withoutPath(source);
    }
    return rest;
  }

  private static Config withEmbeddings(Config config, Map<String, FeatureSpec> features) {
    Config all = config;
    for (Map.Entry<String, FeatureSpec> feature : features.entrySet()) {
      String path = "model.preprocess.embeddings." + ConfigUtil.quoteString(feature.getKey());
      if (feature.getValue().dtype() == DType.STRING && !all.hasPath(path)) {
        all = with(all, path, EMBEDDING);
      }
    }
    return all;
  }

  private static Config with(Config config, String path, String text) {
    try {
      return config.withValue(path, ConfigFactory.parseString("value = " + text).getValue("value"));
    } catch (ConfigException e) {
      return config.withValue(path, ConfigValueFactory.fromAnyRef(text));
    }
  }
}
