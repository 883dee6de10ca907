package io.rankline.spark.cli;

import io.rankline.config.RunConfig;
import io.rankline.config.TableInputs;
import io.rankline.data.TieOrder;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.significance.PairedTest;
import io.rankline.spark.cli.train.StopNotice;
import io.rankline.spark.evaluation.EvaluationOptions;
import io.rankline.spark.quality.Contestant;
import io.rankline.spark.quality.FoldFiles;
import io.rankline.spark.quality.QualityJson;
import io.rankline.spark.quality.QualityPage;
import io.rankline.spark.quality.QualityRun;
import io.rankline.spark.quality.QualityScores;
import io.rankline.spark.quality.QualityTable;
import io.rankline.spark.quality.QualityText;
import io.rankline.spark.synthetic.SyntheticData;
import io.rankline.spark.terminal.UsageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quality}: configurations on folds of the same data. Starts no Spark but for tables. */
@Command(
    name = "quality",
    description = {
      "Trains configurations on folds of a data set, with several seeds, and compares what they"
          + " reach on queries that they have not seen, with standard errors.",
      "Each query is in one fold, by its hash. Each fold tests once, the next one validates, the"
          + " others train: all that a training chooses, it chooses by the validation fold. Started"
          + " again, it trains what is not done yet."
    },
    footer = {
      "",
      "Models that are exported by a validation metric (export_best_model) are taken of their best"
          + " epoch, others of their last. Items of equal score rank at random.",
      "",
      "It has failed when a training has; the others are compared.",
      "",
      "Examples:",
      "  quality network.conf trees.conf both.conf --data '/data/web/*.txt' --baseline trees",
      "  quality a.conf b.conf --folds 3 --seeds 2 --metrics ndcg@10,map -o /tmp/quality"
    })
final class QualityCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CONF",
      arity = "1..*",
      description = "Configuration files (HOCON); the name of a file is that of its results.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "PATTERN",
      description =
          "Files with labels, read as the configurations say. Default: all that the first one"
              + " names, to train, to validate and to test.")
  private @Nullable String data;

  @Option(
      names = "--query",
      paramLabel = "FEATURE",
      description =
          "Feature of the context that tells the queries of records apart. Default: the"
              + " group_column of tables; otherwise each record is a query.")
  private @Nullable String query;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Number of folds, 3 or more. Default: ${DEFAULT-VALUE}.")
  private int folds = 5;

  @Option(
      names = "--fold-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Other seeds deal queries differently. Default: ${DEFAULT-VALUE}.")
  private long foldSeed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Trainings on each fold; the k-th has the seeds of its file and 1000 (k - 1). Default:"
              + " ${DEFAULT-VALUE}.")
  private int seeds = 1;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description = "What the others are compared with. Default: the first configuration.")
  private @Nullable String baseline;

  @Option(
      names = {"-m", "--metrics"},
      paramLabel = "METRICS",
      defaultValue = "ndcg@10",
      description = "Metrics with commas between them, as evaluate has. Default: ${DEFAULT-VALUE}.")
  private String metrics = "ndcg@10";

  @Option(
      names = "--empty-lists",
      paramLabel = "zero|skip|one",
      defaultValue = "zero",
      description =
          "How a query without relevant items counts: as 0, not at all, or as 1. Default:"
              + " ${DEFAULT-VALUE}.")
  private MetricOptions.EmptyListsChoice emptyLists = MetricOptions.EmptyListsChoice.zero;

  @Option(names = "--task", paramLabel = "NAME", description = "The task of models of several.")
  private @Nullable String task;

  @Option(
      names = "--parallel",
      paramLabel = "K",
      defaultValue = "1",
      description = "Trainings side by side. Default: ${DEFAULT-VALUE}.")
  private int parallel = 1;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Folder of folds, trainings and page. Default: quality/ in the model_dir of the first"
              + " configuration.")
  private @Nullable String output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "For every configuration, in place of the file's value; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  QualityCommand() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    EvaluationOptions options = UsageException.reading(this::options);
    List<Contestant> contestants = UsageException.reading(() -> Contestant.read(files, overrides));
    Contestant first = contestants.get(0);
    String base = baseline == null ? first.name() : baseline;
    if (contestants.stream().noneMatch(each -> each.name().equals(base))) {
      throw new UsageException(
          "--baseline must be one of %s, got '%s'"
              .formatted(
                  String.join(", ", contestants.stream().map(Contestant::name).toList()), base));
    }
    makeData(first.run(), out);
    Storage storage = Storage.ofClassPath();
    Folder folder =
        output == null
            ? storage.folder(first.run().hparams().modelDir()).folder("quality")
            : storage.folder(output);
    folder.requireWritable("--output");
    FoldFiles.Source source = UsageException.reading(() -> source(first));
    FoldFiles made = FoldFiles.make(folder, source);
    QualityRun run =
        UsageException.reading(
            () -> new QualityRun(contestants, overrides, made, seeds, folder, parallel));
    out.printf(
        "%s trainings in %s: %s configurations, %s folds of %s queries, %s%n",
        run.trainings(),
        folder.path(),
        contestants.size(),
        made.count(),
        made.queries(),
        seeds == 1 ? "1 seed" : seeds + " seeds");
    out.flush();
    var trained =
        StopNotice.during(System.err, folder.path(), () -> run.train(spec.commandLine().getErr()));
    QualityTable table = QualityTable.of(source.pattern(), base, options, run, trained, task);
    QualityJson.write(table, folder);
    QualityPage.of(table, contestants).writeTo(folder, "quality.html");
    new QualityText(table).print(out);
    out.println("report  " + folder.path() + "/quality.html");
    out.println("table   " + folder.path() + "/quality.json");
    out.flush();
    return table.scores().stream().allMatch(QualityScores::isDone) ? 0 : 1;
  }

  private EvaluationOptions options() {
    if (parallel < 1) {
      throw new UsageException("--parallel must be 1 or more, got " + parallel);
    }
    return new EvaluationOptions(
        RankingMetric.parseAll(metrics),
        emptyLists.rule(),
        TieOrder.random(0),
        0,
        0.95,
        PairedTest.DEFAULT_PERMUTATIONS,
        0);
  }

  private FoldFiles.Source source(Contestant first) {
    RunConfig run = first.run();
    String feature = query;
    if (feature == null && run.tables().isPresent()) {
      feature = run.tables().get().groupColumn();
    }
    return new FoldFiles.Source(
        data == null ? first.allFiles() : data, run.datasetHparams(), feature, folds, foldSeed);
  }

  /** Once, before trainings would all make it at the same time. */
  private void makeData(RunConfig run, PrintWriter out) throws Exception {
    if (data == null && run.synthetic().isPresent()) {
      SyntheticData.make(Storage.ofClassPath().configuration(), run.synthetic().get());
    }
    if (data == null && run.tables().isPresent()) {
      TableInputs tables = run.tables().get();
      TrainingTables.make(run, tables, out);
    }
  }
}
