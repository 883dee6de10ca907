package io.rankline.spark.cli;

import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.EvaluationJson;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.EvaluationTable;
import io.rankline.spark.evaluation.ExecutorPredictions;
import io.rankline.spark.evaluation.ModelPredictions;
import io.rankline.spark.evaluation.PredictionEvaluation;
import io.rankline.spark.evaluation.PredictionFile;
import io.rankline.spark.evaluation.Predictions;
import io.rankline.spark.evaluation.TrainingData;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
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
    header = "Ranking metrics of a file of predictions, of two compared, or of a model.",
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
      "Items of equal score rank in the order of the file, unless --ties random.",
      "",
      "Examples:",
      "  evaluate --predictions run.tsv --metrics ndcg@5,ndcg@10,map",
      "  evaluate --predictions old.csv.gz --compare new.csv.gz --metrics ndcg@10 --json out.json",
      "  evaluate --model /models/a/export/latest_model --data /data/test --metrics ndcg@10"
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private PredictionOptions predictions = new PredictionOptions();

  @Mixin private ModelOptions model = new ModelOptions();

  @Mixin private MetricOptions metrics = new MetricOptions();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write everything as JSON, keyed by metric.")
  private @Nullable Path json;

  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    EvaluationOptions options = UsageException.reading(this::checkedOptions);
    List<String> files = predictions.files();
    if (files.isEmpty()) {
      evaluateModel(options);
    } else {
      evaluateFiles(options, files);
    }
    return ExitCode.OK;
  }

  private EvaluationOptions checkedOptions() {
    EvaluationOptions options = metrics.options();
    model.check();
    if (predictions.files().isEmpty() == (model.folder() == null)) {
      throw new IllegalArgumentException(
          model.folder() == null
              ? "say what to evaluate: --predictions FILE, or --model DIR --data PATTERN"
              : "a model and a file of predictions cannot be evaluated together");
    }
    return options;
  }

  private void evaluateFiles(EvaluationOptions options, List<String> files) throws IOException {
    Predictions first = PredictionFile.read(files.get(0), predictions.columns());
    if (files.size() == 1) {
      report(options, PredictionEvaluation.of(first, options), List.of(first));
    } else {
      Predictions second = PredictionFile.read(files.get(1), predictions.columns());
      report(options, PredictionEvaluation.compare(first, second, options), List.of(first, second));
    }
  }

  private void report(
      EvaluationOptions options, PredictionEvaluation evaluation, List<Predictions> files)
      throws IOException {
    print(options, evaluation, files);
    if (json != null) {
      EvaluationJson.write(json, options, evaluation, metrics.pValue());
    }
  }

  private void evaluateModel(EvaluationOptions options) throws IOException {
    String folder = Objects.requireNonNull(model.folder());
    SavedRankingModel loaded = SavedRankingModel.load(folder);
    Collection<String> tasks = model.tasks(loaded.tasks());
    boolean several = loaded.tasks().size() > 1;
    TrainingData read = model.applyTo(TrainingData.of(loaded));
    PrintWriter out = spec.commandLine().getOut();
    out.println(model.describe(read));
    SortedMap<String, PredictionEvaluation> found = new TreeMap<>();
    SortedMap<String, Predictions> scored =
        scored(loaded, folder, Objects.requireNonNull(model.data()), read);
    scored.keySet().retainAll(tasks);
    scored.forEach(
        (task, predicted) -> {
          if (several) {
            out.print(found.isEmpty() ? "" : System.lineSeparator());
            out.println("task " + task);
          }
          PredictionEvaluation evaluation = PredictionEvaluation.of(predicted, options);
          print(options, evaluation, List.of(predicted));
          found.put(task, evaluation);
        });
    if (json != null) {
      EvaluationJson.write(json, options, found, several, metrics.pValue());
    }
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
    out.flush();
  }
}
