package io.rankline.spark.cli;

import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.PairedTest;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.evaluation.ExecutorPredictions;
import io.rankline.spark.evaluation.ModelPredictions;
import io.rankline.spark.evaluation.PredictionColumns;
import io.rankline.spark.evaluation.PredictionEvaluation;
import io.rankline.spark.evaluation.PredictionFile;
import io.rankline.spark.evaluation.PredictionFileException;
import io.rankline.spark.evaluation.Predictions;
import io.rankline.spark.evaluation.TrainingData;
import io.rankline.spark.terminal.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: metrics of files of predictions, or of a model. Starts no Spark. */
@Command(
    name = "evaluate",
    sortOptions = false,
    usageHelpAutoWidth = true,
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
      "Exit status: 0 done, 1 the data is at fault, 2 the command line is.",
      "",
      "Examples:",
      "  evaluate --predictions run.tsv --metrics ndcg@5,ndcg@10,map",
      "  evaluate --predictions old.csv.gz --compare new.csv.gz --metrics ndcg@10 --json out.json",
      "  evaluate --model /models/a/export/latest_model --data /data/test --metrics ndcg@10"
    })
public final class EvaluateCommand implements Callable<Integer> {

  private static final int DATA_FAULT = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-p", "--predictions"},
      paramLabel = "FILE",
      description =
          "Predictions to evaluate. Given twice, the two are compared, the first as the baseline.")
  private List<String> predictions = new ArrayList<>();

  @Mixin private ModelOptions asked = new ModelOptions();

  @Option(
      names = {"-c", "--compare"},
      paramLabel = "FILE",
      description = "Predictions of another ranker for the same queries.")
  private @Nullable String compare;

  @Option(
      names = {"-m", "--metrics"},
      paramLabel = "METRICS",
      defaultValue = "ndcg@1,ndcg@5,ndcg@10,ndcg,map,mrr",
      description = "Metrics with commas between them. Default: ${DEFAULT-VALUE}.")
  private String metrics = "";

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write everything as JSON, keyed by metric.")
  private @Nullable Path json;

  @Option(
      names = "--empty-lists",
      paramLabel = "zero|skip|one",
      defaultValue = "zero",
      description =
          "How a query without relevant items counts: as 0 (TF-Ranking, scikit-learn), not at all "
              + "(most papers), or as 1 (LightGBM, allRank, XGBoost). Default: ${DEFAULT-VALUE}.")
  private EmptyListsChoice emptyLists = EmptyListsChoice.zero;

  @Option(
      names = "--ties",
      paramLabel = "file|random",
      defaultValue = "file",
      description =
          "Rank items of equal score in the order of the file, or at random. Default: "
              + "${DEFAULT-VALUE}.")
  private TiesChoice ties = TiesChoice.file;

  @Option(
      names = "--test",
      paramLabel = "permutation|t",
      defaultValue = "permutation",
      description =
          "Paired test whose p-value the table shows; JSON has both. Default: ${DEFAULT-VALUE}.")
  private TestChoice test = TestChoice.permutation;

  @Option(
      names = "--confidence",
      paramLabel = "LEVEL",
      defaultValue = "0.95",
      description = "Level of the bootstrap intervals. Default: ${DEFAULT-VALUE}.")
  private double confidence = Bootstrap.DEFAULT_LEVEL;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "" + Bootstrap.DEFAULT_RESAMPLES,
      description = "Bootstrap draws; 0 for no intervals. Default: ${DEFAULT-VALUE}.")
  private int resamples = Bootstrap.DEFAULT_RESAMPLES;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      defaultValue = "" + PairedTest.DEFAULT_PERMUTATIONS,
      description = "Swaps that the permutation test draws. Default: ${DEFAULT-VALUE}.")
  private int permutations = PairedTest.DEFAULT_PERMUTATIONS;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of intervals, test and random ties. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--query-column",
      paramLabel = "NAME",
      defaultValue = "qid",
      description = "Default: ${DEFAULT-VALUE}.")
  private String queryColumn = "qid";

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "label",
      description =
          "Default: ${DEFAULT-VALUE}. Several with commas between them are topics, for alpha_dcg "
              + "and precision_ia.")
  private List<String> labelColumns = new ArrayList<>();

  @Option(
      names = "--score-column",
      paramLabel = "NAME",
      defaultValue = "score",
      description = "Default: ${DEFAULT-VALUE}.")
  private String scoreColumn = "score";

  @Option(
      names = "--weight-column",
      paramLabel = "NAME",
      description = "Default: weight, where the file has it.")
  private @Nullable String weightColumn;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // its option is what picocli looks at
  private boolean help;

  /** Choices of {@code --empty-lists}. */
  enum EmptyListsChoice {
    zero(EmptyLists.AS_ZERO, "counted as 0"),
    skip(EmptyLists.SKIP, "skipped"),
    one(EmptyLists.AS_ONE, "counted as 1");

    private final EmptyLists rule;
    private final String words;

    EmptyListsChoice(EmptyLists rule, String words) {
      this.rule = rule;
      this.words = words;
    }
  }

  /** Choices of {@code --ties}. */
  enum TiesChoice {
    file,
    random
  }

  /** Choices of {@code --test}. */
  enum TestChoice {
    permutation,
    t
  }

  @Override
  public Integer call() {
    EvaluationOptions options;
    List<String> files = new ArrayList<>(predictions);
    try {
      options = options();
      if (compare != null) {
        files.add(compare);
      }
      asked.check();
      if (files.isEmpty() == (asked.model() == null)) {
        throw new IllegalArgumentException(
            files.isEmpty()
                ? "say what to evaluate: --predictions FILE, or --model DIR --data PATTERN"
                : "a model and a file of predictions cannot be evaluated together");
      }
      if (files.size() > 2) {
        throw new IllegalArgumentException(
            "one or two files can be evaluated, got " + files.size());
      }
    } catch (IllegalArgumentException e) {
      return fail(e.getMessage() + " (evaluate --help says more)", CommandLine.ExitCode.USAGE);
    }
    if (asked.model() != null && asked.data() != null) {
      return evaluateModel(options, asked.model(), asked.data());
    }
    try {
      Predictions first = PredictionFile.read(files.get(0), columns());
      if (files.size() == 1) {
        report(options, PredictionEvaluation.of(first, options), List.of(first));
      } else {
        Predictions second = PredictionFile.read(files.get(1), columns());
        report(
            options, PredictionEvaluation.compare(first, second, options), List.of(first, second));
      }
      return 0;
    } catch (PredictionFileException e) {
      return fail(e.getMessage(), DATA_FAULT);
    } catch (IOException e) {
      return fail(json + ": cannot be written: " + e, DATA_FAULT);
    }
  }

  /** On executors where the application has some, here where it runs on this machine alone. */
  private static SortedMap<String, Predictions> scored(
      SavedRankingModel model, String folder, String pattern, TrainingData data)
      throws IOException {
    String master = System.getProperty("spark.master", "local");
    if (master.equals("local") || master.startsWith("local[")) {
      return ModelPredictions.read(model, pattern, data);
    }
    SparkSession spark = SparkSession.builder().appName("rankline evaluate").getOrCreate();
    return ExecutorPredictions.read(
        JavaSparkContext.fromSparkContext(spark.sparkContext()), folder, pattern, data);
  }

  private int evaluateModel(EvaluationOptions options, String folder, String pattern) {
    try {
      SavedRankingModel loaded = SavedRankingModel.load(folder);
      String task = asked.task();
      if (task != null && !loaded.tasks().contains(task)) {
        throw new IllegalArgumentException(
            "--task must be one of %s, got '%s'"
                .formatted(String.join(", ", loaded.tasks()), task));
      }
      TrainingData read = asked.applyTo(TrainingData.of(loaded));
      spec.commandLine().getOut().println(asked.describe(read));
      SortedMap<String, PredictionEvaluation> found = new TreeMap<>();
      for (Map.Entry<String, Predictions> scored :
          scored(loaded, folder, pattern, read).entrySet()) {
        if (task != null && !task.equals(scored.getKey())) {
          continue;
        }
        if (loaded.tasks().size() > 1) {
          PrintWriter out = spec.commandLine().getOut();
          out.print(found.isEmpty() ? "" : System.lineSeparator());
          out.println("task " + scored.getKey());
        }
        PredictionEvaluation evaluation = PredictionEvaluation.of(scored.getValue(), options);
        print(options, evaluation, List.of(scored.getValue()));
        found.put(scored.getKey(), evaluation);
      }
      if (json != null) {
        boolean byTask = loaded.tasks().size() > 1;
        EvaluationJson.write(json, options, found, byTask, test == TestChoice.t);
      }
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      return fail(FailureText.of(e), DATA_FAULT);
    }
  }

  private void report(
      EvaluationOptions options, PredictionEvaluation evaluation, List<Predictions> files)
      throws IOException {
    print(options, evaluation, files);
    if (json != null) {
      EvaluationJson.write(json, options, evaluation, test == TestChoice.t);
    }
  }

  private void print(
      EvaluationOptions options, PredictionEvaluation evaluation, List<Predictions> files) {
    PrintWriter out = spec.commandLine().getOut();
    new EvaluationTable(out, options, emptyLists.words, test == TestChoice.t)
        .print(evaluation, files);
    out.flush();
  }

  private EvaluationOptions options() {
    return new EvaluationOptions(
        RankingMetric.parseAll(metrics),
        emptyLists.rule,
        ties == TiesChoice.file ? TieOrder.AS_GIVEN : TieOrder.random(seed),
        resamples,
        confidence,
        permutations,
        seed);
  }

  private PredictionColumns columns() {
    return new PredictionColumns(
        queryColumn,
        labelColumns,
        scoreColumn,
        weightColumn == null ? PredictionColumns.DEFAULTS.weight() : weightColumn,
        weightColumn != null);
  }

  private int fail(@Nullable String message, int exitCode) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("evaluate: " + message);
    err.flush();
    return exitCode;
  }
}
