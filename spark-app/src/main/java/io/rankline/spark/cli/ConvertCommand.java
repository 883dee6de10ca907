package io.rankline.spark.cli;

import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.spark.convert.Conversion;
import io.rankline.spark.convert.DataFormat;
import io.rankline.spark.convert.DataInput;
import io.rankline.spark.convert.Naming;
import io.rankline.spark.convert.Splits;
import io.rankline.spark.synthetic.SyntheticRecords;
import io.rankline.spark.terminal.SizeText;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convert}: ranking data from one format to another, as a Spark job. */
@Command(
    name = "convert",
    description = {
      "Converts ranking data, deals it out to files and, with --split, to parts by query.",
      "Reads and writes libsvm, elwc, eie, seq, tfexample, csv, parquet."
    })
final class ConvertCommand implements Callable<Integer> {

  private static final String LABEL_COLUMN = "--label-column";

  @Spec private CommandSpec command;

  @Option(names = "--from", required = true, paramLabel = "FORMAT", description = "Format read.")
  private String from;

  @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "Format written.")
  private String to;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "Files, folders or patterns (quoted), joined by commas.")
  private String input;

  @Option(
      names = "--data-option",
      paramLabel = "KEY=VALUE",
      description = "Option of Spark's source, as sep=; or missing=NA,nan; may be repeated.")
  private Map<String, String> dataOptions = new LinkedHashMap<>();

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder to make.")
  private String output;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Files of each part (default: as many as are read, more for large ones).")
  private @Nullable Integer shards;

  @Option(
      names = "--split",
      paramLabel = "NAME=FRACTION,…",
      description = "Parts by query, as train=0.8,vali=0.1,test=0.1; each becomes a folder in DIR.")
  private @Nullable String split;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of parts and files (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--compression",
      paramLabel = "NAME",
      description = "none, gzip or zlib (default: none; parquet: snappy).")
  private @Nullable String compression;

  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description = "Feature specs: keep what they name, check it, fill defaults in.")
  private @Nullable Path specFile;

  @Option(
      names = "--query-column",
      paramLabel = "NAME",
      defaultValue = SyntheticRecords.QID,
      description =
          "Context feature or column that tells queries apart (default: ${DEFAULT-VALUE}).")
  private String queryColumn;

  @Option(
      names = LABEL_COLUMN,
      paramLabel = "NAME",
      defaultValue = SyntheticRecords.LABEL,
      description = "Feature or column of the label (default: ${DEFAULT-VALUE}).")
  private String labelColumn;

  @Option(
      names = "--label-dtype",
      paramLabel = "TYPE",
      defaultValue = "int64",
      description =
          "int64 or float32, where libsvm, csv or parquet is read (default: ${DEFAULT-VALUE}).")
  private String labelType;

  @Option(
      names = "--context-columns",
      paramLabel = "NAME,…",
      split = ",",
      description = "Further columns of the query, where csv, parquet or tfexample is read.")
  private Set<String> contextColumns = Set.of();

  @Option(
      names = "--drop-columns",
      paramLabel = "NAME,…",
      split = ",",
      description = "Columns or features to leave out.")
  private Set<String> dropColumns = Set.of();

  @Option(
      names = "--feature-name-pattern",
      paramLabel = "PATTERN",
      defaultValue = SyntheticRecords.FEATURE_PREFIX + "%d",
      description = "Name of a libsvm feature, %%d for its id (default: custom_features_%%d).")
  private String featurePattern;

  @Option(
      names = "--number-queries",
      description = "Number lists from 1, in the order of files, in place of their query.")
  private boolean numberQueries;

  @Mixin private LibSvmOptions libSvm = new LibSvmOptions();

  @Mixin private GatheringOptions gathering = new GatheringOptions();

  @Option(names = "--overwrite", description = "Replace DIR where it exists.")
  private boolean overwrite;

  ConvertCommand() {}

  @Override
  public Integer call() throws Exception {
    Conversion conversion = conversion();
    try (LocalSession spark = LocalSession.open("rankline convert")) {
      long started = System.nanoTime();
      report(conversion.run(spark.session(), overwrite), System.nanoTime() - started);
      spark.succeeded();
    }
    return ExitCode.OK;
  }

  private Conversion conversion() throws IOException {
    DataFormat source = DataFormat.ofName("--from", from);
    DataFormat target = DataFormat.ofName("--to", to);
    if (shards != null && shards < 1) {
      throw new UsageException("--shards must be 1 or more, got " + shards);
    }
    if (numberQueries && !source.holdsLists()) {
      throw new UsageException("--number-queries needs lists, and %s has items".formatted(from));
    }
    if (!labelType.equals("int64") && !labelType.equals("float32")) {
      throw new UsageException(
          "--label-dtype must be int64 or float32, got '%s'".formatted(labelType));
    }
    String packed = compression;
    if (packed != null && target != DataFormat.PARQUET) {
      Compression packing = UsageException.reading(() -> Compression.ofName(packed));
      if (target == DataFormat.CSV && packing == Compression.ZLIB) {
        throw new UsageException("--compression of csv must be none or gzip, got 'zlib'");
      }
    }
    CorruptRecordPolicy policy = gathering.policy();
    Splits splits = split == null ? Splits.none(seed) : Splits.parse(split, seed);
    Naming naming =
        new Naming(
            queryColumn, labelColumn, DType.ofWireName(labelType), contextColumns, featurePattern);
    if (command.commandLine().getParseResult().hasMatchedOption(LABEL_COLUMN)) {
      naming = naming.requiringLabel(LABEL_COLUMN);
    }
    RecordSpec spec = specFile == null ? null : readSpec(specFile);
    requireEffect(source, target, spec);
    return new Conversion(
        DataInput.of(source, input)
            .without(dropColumns)
            .withOptions(dataOptions)
            .withLayout(libSvm.layout(false))
            .withQueriesAcrossFiles(gathering.acrossFiles()),
        target,
        output,
        shards == null ? 0 : shards,
        splits,
        compression,
        naming,
        spec,
        numberQueries,
        policy,
        gathering.share());
  }

  private void requireEffect(DataFormat source, DataFormat target, @Nullable RecordSpec spec) {
    boolean table = source.isTable();
    boolean libSvm = source == DataFormat.LIBSVM;
    new IdleOptions(command)
        .refuse("--data-option", !table, "is for tables, and %s is none".formatted(from))
        .refuse(
            "--context-columns",
            source.holdsLists() || libSvm,
            "is for items, and %s says itself what is of the query".formatted(from))
        .refuse(
            "--feature-name-pattern",
            !libSvm && target != DataFormat.LIBSVM,
            "is for libsvm, which is neither read nor written")
        .refuse("--label-dtype", !libSvm && !table, "has no effect, as records have types")
        .refuse("--queries-across-files", source.holdsLists(), "is for items, and these are lists")
        .refuse(
            "--max-corrupt-share",
            gathering.policy() == CorruptRecordPolicy.FAIL,
            "goes with --on-corrupt-record skip")
        .refuse(
            "--seed",
            source.holdsLists() && shards == null && split == null,
            "deals lists out to files or parts, for which --shards or --split asks")
        .refuse(
            "--drop-columns",
            spec != null && !table,
            "has no effect, as --spec says which features are kept")
        .refuse(
            "--drop-columns",
            dropColumns.contains(queryColumn),
            "names '%s', which is the query".formatted(queryColumn))
        .end();
  }

  private static RecordSpec readSpec(Path file) throws IOException {
    try {
      return RecordSpecText.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (NoSuchFileException e) {
      throw new IOException("--spec: there is no file '%s'".formatted(file), e);
    }
  }

  private void report(Conversion.Outcome outcome, long nanos) {
    PrintWriter out = command.commandLine().getOut();
    outcome.faults().forEach(fault -> out.println("skipped " + fault));
    if (outcome.skipped() > outcome.faults().size()) {
      out.printf(Locale.ROOT, "skipped %,d in all%n", outcome.skipped());
    }
    out.printf(
        Locale.ROOT,
        "wrote %,d lists to %s (read %s in %.1f s)%n",
        outcome.lists(),
        output,
        SizeText.bytes(outcome.bytesRead()),
        nanos / 1e9);
    out.flush();
  }
}
