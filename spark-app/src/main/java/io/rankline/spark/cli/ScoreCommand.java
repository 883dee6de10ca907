package io.rankline.spark.cli;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Storage;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.convert.DataFormat;
import io.rankline.spark.convert.DataInput;
import io.rankline.spark.scoring.Scoring;
import io.rankline.spark.scoring.ScoringDefaults;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code score}: the scores of a model on new data, as a Spark job. */
@Command(
    name = "score",
    header = "Scores new data with an exported model: query, item, score and rank.",
    description = {
      "",
      "Data needs no labels. It is FORMAT:LOCATION, where FORMAT is elwc, eie, seq, libsvm, csv, "
          + "parquet, table (of the catalog) or any source on Spark's class path; a file's ending "
          + "may stand in for FORMAT. Rows of a query need not be adjacent.",
      ""
    },
    footer = {
      "",
      "The output is a folder that appears when it is whole: a row an item, best first within its "
          + "query. With --to elwc, records whose items have the features score and rank.",
      "",
      "Examples:",
      "  score --model /models/a/export/latest_model --data csv:/logs/today.csv --output /scores "
          + "--query-column query --item-column product",
      "  score --model /models/a/export/latest_model --data parquet:hdfs://logs/day=1 --top-k 10 "
          + "--output hdfs://scores/day=1"
    })
final class ScoreCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The folder of an exported model.")
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "[FORMAT:]LOCATION",
      description = "Files, folders or patterns (quoted), joined by commas; a table.")
  private String data;

  @Option(
      names = "--data-option",
      paramLabel = "KEY=VALUE",
      description = "Option of Spark's source, as sep=; or dbtable=items; may be repeated.")
  private Map<String, String> dataOptions = new LinkedHashMap<>();

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder to make.")
  private String output;

  @Option(
      names = "--to",
      paramLabel = "parquet|csv|elwc",
      defaultValue = "parquet",
      description = "Format written (default: ${DEFAULT-VALUE}).")
  private String to;

  @Option(
      names = "--query-column",
      paramLabel = "NAME",
      description =
          "Column or context feature that tells queries apart (default: group_column of the"
              + " model's training, or qid).")
  private @Nullable String queryColumn;

  @Option(
      names = "--item-column",
      paramLabel = "NAME,…",
      split = ",",
      description =
          "Columns or features that go along with the scores, as the id of an item (default: the"
              + " comment of a libsvm line, its docid if it has one; otherwise the place of the"
              + " item in its list, from 0).")
  private @Nullable List<String> itemColumns;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Write the best K items of each query (default: all).")
  private @Nullable Integer topK;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "One task of a model of several (default: all, as score_NAME and rank_NAME).")
  private @Nullable String task;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Files to write, each the work of a task (default: by the size of the data).")
  private @Nullable Integer shards;

  @Mixin private LibSvmOptions libSvm = new LibSvmOptions();

  @Mixin private GatheringOptions gathering = new GatheringOptions();

  @Option(names = "--overwrite", description = "Replace DIR where it exists.")
  private boolean overwrite;

  ScoreCommand() {}

  @Override
  public Integer call() throws Exception {
    SavedRankingModel loaded = SavedRankingModel.load(model);
    Scoring scoring = scoring(ScoringDefaults.of(loaded));
    DataInput input = scoring.input();
    PrintWriter out = command.commandLine().getOut();
    if (input.format().holdsLists()) {
      AbsentWarning.ofRecords(
          out,
          input.location(),
          loaded.requests(),
          input.format().requireRecords(),
          scoring.policy());
    } else if (input.format() == DataFormat.LIBSVM) {
      AbsentWarning.ofLines(
          out, input.location(), loaded.requests(), input.layout(), scoring.policy());
    }
    new IdleOptions(command)
        .refuse("--data-option", !input.format().isTable(), "is for tables, and these are none")
        .refuse(
            "--queries-across-files",
            input.format().holdsLists(),
            "is for items, and a record is a whole list")
        .refuse(
            "--max-corrupt-share",
            gathering.policy() == CorruptRecordPolicy.FAIL,
            "goes with --on-corrupt-record skip")
        .end();
    try (LocalSession spark = LocalSession.open("rankline score")) {
      long started = System.nanoTime();
      report(scoring.run(spark.session(), loaded, overwrite), System.nanoTime() - started);
      spark.succeeded();
    }
    return ExitCode.OK;
  }

  private Scoring scoring(ScoringDefaults trained) throws IOException {
    DataFormat target =
        switch (to.toLowerCase(Locale.ROOT)) {
          case "parquet" -> DataFormat.PARQUET;
          case "csv" -> DataFormat.CSV;
          case "elwc" -> DataFormat.ELWC;
          default ->
              throw new UsageException("--to must be parquet, csv or elwc, got '%s'".formatted(to));
        };
    CorruptRecordPolicy policy = gathering.policy();
    DataInput input =
        DataInput.parse(
            data, null, trained.records(), dataOptions, Storage.ofClassPath().recordFiles());
    boolean zeroBased = input.format() == DataFormat.LIBSVM && trained.zeroBased();
    return new Scoring(
        model,
        input.withLayout(libSvm.layout(zeroBased)).withQueriesAcrossFiles(gathering.acrossFiles()),
        output,
        target,
        queryColumn == null ? trained.queryColumn() : queryColumn,
        itemColumns,
        task,
        oneOrMore("--top-k", topK),
        oneOrMore("--shards", shards),
        policy,
        gathering.share());
  }

  private static int oneOrMore(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UsageException("%s must be 1 or more, got %s".formatted(option, value));
    }
    return value == null ? 0 : value;
  }

  private void report(Scoring.Outcome outcome, long nanos) {
    PrintWriter out = command.commandLine().getOut();
    outcome.faults().forEach(fault -> out.println("skipped " + fault));
    if (outcome.skipped() > outcome.faults().size()) {
      out.printf(Locale.ROOT, "skipped %,d in all%n", outcome.skipped());
    }
    out.printf(
        Locale.ROOT,
        "scored %,d items of %,d queries to %s (%.1f s)%n",
        outcome.items(),
        outcome.lists(),
        output,
        nanos / 1e9);
    out.flush();
  }
}
