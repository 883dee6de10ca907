package io.rankline.spark.quality;

import io.rankline.config.RunConfig;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.Folder;
import io.rankline.io.RecordFiles;
import io.rankline.pipeline.ExportName;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.session.Strategies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A configuration among others.
 *
 * @param name that of its file, without an ending
 * @param file of the configuration
 * @param run what it says
 */
public record Contestant(String name, Path file, RunConfig run) {

  private static final List<String> TABLE_KEYS =
      List.of(
          "train_input",
          "valid_input",
          "test_input",
          "split",
          "group_column",
          "input_options",
          "lists_dir");

  /**
   * Reads files.
   *
   * @param overrides in place of the values of each
   * @throws IllegalArgumentException for two of one name, those that train on a cluster, and those
   *     that do not read the same lists
   */
  public static List<Contestant> read(List<Path> files, List<String> overrides) {
    Map<String, Contestant> read = new LinkedHashMap<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replaceAll("\\.(conf|json|properties)$", "");
      if (name.isEmpty() || RecordFiles.isPattern(name)) {
        throw new IllegalArgumentException(
            "%s: the name of a configuration must have none of , [ ] { } * ? and \\"
                .formatted(file));
      }
      Contestant one = new Contestant(name, file, RunConfig.load(file, overrides));
      Contestant other = read.put(name, one);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s are both called '%s'; rename one of them".formatted(other.file, file, name));
      }
      one.requireOneMachine();
    }
    List<Contestant> all = List.copyOf(read.values());
    all.forEach(one -> one.requireSameLists(all.get(0)));
    return all;
  }

  /**
   * The key by which configurations after it have its model of the same fold and seed, where they
   * have that key: as a teacher.
   */
  String modelKey() {
    return "model_of_" + name.replaceAll("[^A-Za-z0-9_]", "_");
  }

  /** Whether its file has that key beside the sections. */
  boolean hasKey(String key) {
    return run.text().lines().anyMatch(line -> line.startsWith(key + "="));
  }

  /** Where a training of it will have its model. */
  Folder export(Folder modelDir) {
    return (run.hparams().exportBestModel() ? ExportName.BEST : ExportName.LATEST).in(modelDir);
  }

  private void requireOneMachine() {
    String strategy = run.hparams().strategy();
    if (strategy != null && !strategy.equals(Strategies.MIRRORED)) {
      throw new IllegalArgumentException(
          "%s: quality is measured on this machine, and strategy %s trains on a cluster; leave it out with --set pipeline.strategy=null"
              .formatted(file, strategy));
    }
  }

  private void requireSameLists(Contestant first) {
    Map<String, String> own = lists();
    Map<String, String> others = first.lists();
    own.forEach(
        (key, value) -> {
          if (!value.equals(others.get(key))) {
            throw new IllegalArgumentException(
                "%s has %s %s, and %s %s; they must be measured on the same lists"
                    .formatted(file, key, value, first.file, others.get(key)));
          }
        });
  }

  /** What decides how files are read and what is measured on them. */
  private Map<String, String> lists() {
    DatasetHparams data = run.datasetHparams();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("data.dataset_reader", data.datasetReader().wireName());
    facts.put("data.format", data.format().shortName());
    facts.put("data.queries_across_files", data.queriesAcrossFiles().wireName());
    facts.put("data.query_file", String.valueOf(data.queryFile()));
    facts.put("data.zero_based", String.valueOf(data.zeroBased()));
    facts.put("data.valid_list_size", String.valueOf(data.effectiveValidListSize().items()));
    facts.put("data.convert_labels_to_binary", String.valueOf(data.convertLabelsToBinary()));
    facts.put("labels", run.records().labels().stream().map(LabelSpec::name).toList().toString());
    WeightSpec weight = run.records().weight();
    facts.put("weight", weight == null ? "none" : weight.name());
    return facts;
  }

  /** What a training has in place of the file's data, beside the files that it reads. */
  Map<String, String> dataOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("data.test_input_pattern", "null");
    if (run.datasetHparams().queryFile() != null) {
      overrides.put("data.query_file", "null"); // folds have the query in each line
    }
    if (run.tables().isPresent()) {
      TABLE_KEYS.forEach(key -> overrides.put("data." + key, "null"));
      overrides.put("data.dataset_reader", "tfrecord");
      overrides.put("data.format", "elwc");
    }
    return overrides;
  }

  /** The files that it names: those to train on, to validate with and to test with. */
  public String allFiles() {
    DatasetHparams data = run.datasetHparams();
    List<String> patterns =
        new ArrayList<>(List.of(data.trainInputPattern(), data.validInputPattern()));
    if (data.testInputPattern() != null) {
      patterns.add(Objects.requireNonNull(data.testInputPattern()));
    }
    return String.join(",", patterns);
  }
}
