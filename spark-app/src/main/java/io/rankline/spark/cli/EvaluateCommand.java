package io.rankline.spark.cli;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.RecordFormat;
import io.rankline.pipeline.explanation.Importances;
import io.rankline.pipeline.explanation.PermutationImportance;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.EvaluationJson;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.EvaluationTable;
import io.rankline.spark.evaluation.ExecutorPredictions;
import io.rankline.spark.evaluation.ImportanceTable;
import io.rankline.spark.evaluation.ModelImportance;
import io.rankline.spark.evaluation.ModelPredictions;
import io.rankline.spark.evaluation.PerQueryFile;
import io.rankline.spark.evaluation.PredictionEvaluation;
import io.rankline.spark.evaluation.PredictionFile;
import io.rankline.spark.evaluation.Predictions;
import io.rankline.spark.evaluation.ResultFile;
import io.rankline.spark.evaluation.TrainingData;
import io.rankline.spark.scoring.ScoringDefaults;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: metrics of files of predictions, or of a model. Starts no Spark. */
@Command(
    name = "evaluate",
    header = "Ranking metrics of files of predictions, or of models; of two, a comparison.",
    description = {
      "",
      "The file has a header and a row an item: the query it belongs to, its label (relevance, "
          + "below 0 if not judged), the ranker's score and, if you like, a weight. Fields stand "
          + "between tabs, commas or semicolons; gzip is fine; rows of a query need not be "
          + "adjacent.",
      ""
    },
    footer = {
      "",
      "Metrics: a key, a cut-off, parameters, such as ndcg@10, mrr, map@100, "
          + "ndcg@5(gain=identity), alpha_dcg@10(alpha=0.3). Keys: mrr, hits, arp, precision, "
          + "recall, map, dcg, ndcg, ordered_pair_accuracy, alpha_dcg, precision_ia, bpref, pwa.",
      "",
      "A model is evaluated as its training validated it: on lists of as many items, with labels "
          + "in as many grades.",
      "",
      "Items of equal score rank in the order of the file, unless --ties says otherwise.",
      "",
      "Examples:",
      "  evaluate --predictions run.tsv --metrics ndcg@5,ndcg@10,map",
      "  evaluate --predictions run.tsv --metrics ndcg@10,map@10 --like lightgbm",
      "  evaluate --predictions old.csv.gz --compare new.csv.gz --metrics ndcg@10 --json out.json",
      "  evaluate --model /models/a/export/latest_model --data /data/test --metrics ndcg@10",
      "  evaluate --model /models/a/export/latest_model --model /models/b/export/latest_model"
          + " --data /data/test --per-query queries.csv",
      "  evaluate --model /models/a/export/latest_model --data /data/test --importance"
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private PredictionOptions predictions = new PredictionOptions();

  @Mixin private ModelOptions model = new ModelOptions();

  @Mixin private MetricOptions metrics = new MetricOptions();

  @Mixin private ImportanceOptions importance = new ImportanceOptions();

  @Option(
      names = "--per-query",
      paramLabel = "FILE",
      description =
          "Also write the metrics of every query, a row a query, and of two rankers the difference;"
              + " between commas if FILE ends in .csv, else between tabs.")
  private @Nullable String perQuery;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write everything as JSON, keyed by metric.")
  private @Nullable String json;

  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    EvaluationOptions options = UsageException.reading(this::checkedOptions);
    List<String> files = predictions.files();
    if (files.isEmpty()) {
      evaluateModels(options);
    } else {
      evaluateFiles(options, files);
    }
    return ExitCode.OK;
  }

  private EvaluationOptions checkedOptions() {
    EvaluationOptions options = metrics.options();
    model.check();
    if (predictions.files().isEmpty() == model.folders().isEmpty()) {
      throw new IllegalArgumentException(
          model.folders().isEmpty()
              ? "say what to evaluate: --predictions FILE, or --model DIR --data PATTERN"
              : "a model and a file of predictions cannot be evaluated together");
    }
    String data = model.data();
    if (data != null) {
      LabelledFiles.require(data);
    }
    if (importance.isWanted() && model.folders().size() != 1) {
      throw new IllegalArgumentException(
          "--importance goes with one --model, got " + model.folders().size());
    }
    importance.settings(options, metrics);
    IdleOptions idle = new IdleOptions(spec);
    predictions.refuseIdle(idle);
    model.refuseIdle(idle);
    importance.refuseIdle(idle);
    boolean two = Math.max(predictions.files().size(), model.folders().size()) == 2;
    metrics.refuseIdle(idle, options, two, json != null, importance.isWanted());
    idle.end();
    predictions.columns();
    file("--json", json);
    file("--per-query", perQuery);
    OwnFiles own = new OwnFiles().writes("--json", json).writes("--per-query", perQuery);
    predictions.files().forEach(own::requireNot);
    if (data != null) {
      own.requireNoneOf(data);
    }
    return options;
  }

  private void evaluateFiles(EvaluationOptions options, List<String> files) throws IOException {
    List<Predictions> read = new ArrayList<>();
    for (String file : files) {
      Predictions found = PredictionFile.read(file, predictions.columns());
      found.requireLabels();
      read.add(found);
    }
    PredictionEvaluation evaluation = evaluation(read, options);
    print(options, evaluation, read);
    SortedMap<String, PredictionEvaluation> found = new TreeMap<>(Map.of("", evaluation));
    write(options, found, new TreeMap<>(), false);
  }

  private void evaluateModels(EvaluationOptions options) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<String> folders = model.folders();
    String data = Objects.requireNonNull(model.data());
    SortedMap<String, List<Predictions>> byTask = new TreeMap<>();
    SortedMap<String, Importances> importances = new TreeMap<>();
    Set<String> all = new TreeSet<>();
    for (String folder : folders) {
      SavedRankingModel loaded = SavedRankingModel.load(folder);
      all.addAll(loaded.tasks());
      TrainingData read = model.applyTo(TrainingData.of(loaded));
      if (perQuery != null) {
        read = read.withQueries(ScoringDefaults.of(loaded).queryColumn());
      }
      out.println(model.describe(read));
      warnOfAbsent(loaded, data, read);
      // Predictions of two models are told apart by the models, those of one are named by the data.
      scored(loaded, folder, data, read)
          .forEach(
              (task, found) ->
                  byTask
                      .computeIfAbsent(task, t -> new ArrayList<>())
                      .add(folders.size() == 1 ? found : found.named(folder)));
      PermutationImportance settings = importance.settings(options, metrics);
      if (settings != null) {
        importances.putAll(
            ModelImportance.of(
                loaded, data, read, settings, importance.lists(), model.tasks(loaded.tasks())));
      }
    }
    byTask.keySet().retainAll(model.tasks(all));
    byTask.values().removeIf(found -> found.size() < folders.size());
    if (byTask.isEmpty()) {
      throw new UsageException(
          "the models have no task in common; their tasks are " + String.join(", ", all));
    }
    boolean several = all.size() > 1;
    SortedMap<String, PredictionEvaluation> found = new TreeMap<>();
    byTask.forEach(
        (task, predicted) -> {
          if (several) {
            out.print(found.isEmpty() ? "" : System.lineSeparator());
            out.println("task " + task);
          }
          predicted.forEach(Predictions::requireJudged);
          PredictionEvaluation evaluation = evaluation(predicted, options);
          print(options, evaluation, predicted);
          Importances ofTask = importances.get(task);
          if (ofTask != null) {
            out.println();
            ImportanceTable.print(out, ofTask, options.seed());
          }
          found.put(task, evaluation);
        });
    out.flush();
    write(options, found, importances, several);
  }

  private void warnOfAbsent(SavedRankingModel loaded, String data, TrainingData read)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    RecordFormat format = read.records();
    if (format != null) {
      AbsentWarning.ofRecords(out, data, loaded.records(), format, CorruptRecordPolicy.FAIL);
    } else {
      AbsentWarning.ofLines(out, data, loaded.records(), read.layout(), CorruptRecordPolicy.FAIL);
    }
  }

  private static PredictionEvaluation evaluation(
      List<Predictions> rankers, EvaluationOptions options) {
    return rankers.size() == 1
        ? PredictionEvaluation.of(rankers.get(0), options)
        : PredictionEvaluation.compare(rankers.get(0), rankers.get(1), options);
  }

  private void write(
      EvaluationOptions options,
      SortedMap<String, PredictionEvaluation> found,
      SortedMap<String, Importances> importances,
      boolean several)
      throws IOException {
    ResultFile all = file("--json", json);
    if (all != null) {
      EvaluationJson.write(all, options, found, importances, several, metrics.pValue());
    }
    ResultFile queries = file("--per-query", perQuery);
    if (queries != null) {
      PerQueryFile.write(queries, options, found, several);
    }
  }

  private static @Nullable ResultFile file(String option, @Nullable String path) {
    return path == null ? null : ResultFile.of(option, path);
  }

  /** On executors where the application has some, here where it runs on this machine alone. */
  private static SortedMap<String, Predictions> scored(
      SavedRankingModel model, String folder, String pattern, TrainingData data)
      throws IOException {
    String master = System.getProperty("spark.master", "local");
    if (master.equals("local") || master.startsWith("local[")) {
      return new TreeMap<>(ModelPredictions.read(model, pattern, data));
    }
    SparkSession spark = SparkSession.builder().appName("rankline evaluate").getOrCreate();
    return ExecutorPredictions.read(
        JavaSparkContext.fromSparkContext(spark.sparkContext()), folder, pattern, data);
  }

  private void print(
      EvaluationOptions options, PredictionEvaluation evaluation, List<Predictions> files) {
    PrintWriter out = spec.commandLine().getOut();
    new EvaluationTable(out, options, metrics.pValue()).print(evaluation, files);
    String like = metrics.likeInWords(options);
    if (!like.isEmpty()) {
      out.println(like);
    }
    out.flush();
  }
}
