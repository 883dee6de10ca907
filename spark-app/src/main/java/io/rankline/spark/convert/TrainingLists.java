package io.rankline.spark.convert;

import io.rankline.config.RunConfig;
import io.rankline.config.TableInputs;
import io.rankline.data.WeightLayout;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.BaseDatasetBuilder;
import io.rankline.text.Secrets;
import io.rankline.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The lists that a training makes of tables: made once, then found. */
public final class TrainingLists {

  /** Says what the lists were made of. Names that start with an underscore are no data. */
  private static final String MADE_OF = "_made_of";

  private final RunConfig run;
  private final TableInputs tables;
  private final RecordFiles files = Storage.ofClassPath().recordFiles();

  /** Those of a training that reads tables. */
  public TrainingLists(RunConfig run, TableInputs tables) {
    this.run = run;
    this.tables = tables;
  }

  /**
   * What became of it.
   *
   * @param made whether lists were made; otherwise they were found
   * @param lists number of lists that were made
   * @param skipped number of items and lists that were left out since they cannot be read
   * @param faults the first few of them, in words
   */
  public record Outcome(boolean made, long lists, long skipped, List<String> faults) {

    Outcome plus(Outcome other) {
      List<String> all = new ArrayList<>(faults);
      all.addAll(other.faults);
      return new Outcome(made || other.made, lists + other.lists, skipped + other.skipped, all);
    }
  }

  /**
   * Makes what is missing.
   *
   * @param spark starts Spark; not called where all is there
   * @throws IOException if the tables cannot be read, or lists of other tables stand in their place
   * @throws io.rankline.spark.terminal.UsageException for a table without a column that the
   *     configuration names
   */
  public Outcome make(Supplier<SparkSession> spark) throws IOException {
    String folder = Objects.requireNonNull(tables.listsDir());
    String train = Objects.requireNonNull(tables.trainInput());
    String valid = tables.validInput();
    AbstractDatasetBuilder data = run.datasetBuilder();
    if (valid == null) {
      return make(spark, train, folder, Splits.parse(tables.splitText(), seed()), trained(data));
    }
    Outcome outcome =
        make(spark, train, tables.trainLists(), Splits.none(seed()), trained(data))
            .plus(make(spark, valid, tables.validLists(), Splits.none(seed()), data.recordSpec()));
    String test = tables.testInput();
    return test == null
        ? outcome
        : outcome.plus(
            make(
                spark,
                test,
                Objects.requireNonNull(tables.testLists()),
                Splits.none(seed()),
                data.recordSpec()));
  }

  private long seed() {
    return run.datasetHparams().seed();
  }

  /** What is read to train on: with a teacher, its scores or features too. */
  private RecordSpec trained(AbstractDatasetBuilder data) throws IOException {
    return data instanceof BaseDatasetBuilder builder ? builder.trainingSpec() : run.records();
  }

  private Outcome make(
      Supplier<SparkSession> spark, String text, String folder, Splits splits, RecordSpec spec)
      throws IOException {
    DataInput input =
        DataInput.parse(text, null, DataFormat.ELWC, tables.inputOptions(), files)
            .withQueriesAcrossFiles(run.datasetHparams().queriesAcrossFiles());
    if (input.format() == DataFormat.LIBSVM) {
      input = input.withLayout(run.datasetHparams().libSvmLayout());
    }
    String wanted = describe(input, splits, spec);
    Path target = new Path(folder);
    FileSystem storage = target.getFileSystem(Storage.ofClassPath().configuration());
    if (storage.exists(target) && storage.listStatus(target).length > 0) {
      requireSame(storage, target, input.toString(), wanted);
      return new Outcome(false, 0, 0, List.of());
    }
    CorruptRecordPolicy policy = run.datasetHparams().onCorruptRecord();
    Conversion conversion =
        new Conversion(
            input,
            DataFormat.ELWC,
            folder,
            0,
            splits,
            null,
            naming(input),
            kept(input, spec),
            false,
            policy,
            run.datasetHparams().corruptShare());
    Conversion.Outcome made =
        conversion.run(spark.get(), true, new Conversion.Note(MADE_OF, wanted));
    return new Outcome(true, made.lists(), made.skipped(), made.faults());
  }

  private Naming naming(DataInput input) {
    RecordSpec records = run.records();
    LabelSpec label = records.labels().get(0);
    Set<String> context = new HashSet<>();
    if (!input.format().isTable()) {
      context.addAll(records.context().keySet());
      if (records.weight() != null && records.weight().scope() == WeightLayout.PER_LIST) {
        context.add(records.weight().name());
      }
    }
    return new Naming(
        query(),
        label.name(),
        label.feature().dtype(),
        context,
        input.format() == DataFormat.LIBSVM
            ? LibSvmNames.pattern(RecordSpec.of(records.context(), records.examples()))
            : "%d");
  }

  /** What the records hold, of a table with the query as text: lists tell which they are. */
  private RecordSpec kept(DataInput input, RecordSpec records) {
    if (!input.format().isTable()) {
      return records;
    }
    SortedMap<String, FeatureSpec> context = new TreeMap<>(records.context());
    context.putIfAbsent(query(), FixedLenFeature.string(1));
    return new RecordSpec(context, records.examples(), records.labels(), records.weight());
  }

  private String query() {
    return Objects.requireNonNull(tables.groupColumn());
  }

  /** Table, columns and parts, and for files how large they are and when they were written. */
  private String describe(DataInput input, Splits splits, RecordSpec spec) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("table ").append(input).append('\n');
    SortedMap<String, String> options = new TreeMap<>(input.options());
    options.keySet().removeIf(Secrets::isSecret); // a new password makes no other table
    text.append("options ").append(Sha256.of(options.toString())).append('\n');
    text.append("columns ").append(RecordSpecText.describe(kept(input, spec))).append('\n');
    text.append("parts ").append(splits).append('\n');
    if (input.acrossFiles() == QueriesAcrossFiles.APART) {
      text.append("queries of each file\n");
    }
    if (!input.layout().equals(LibSvmLayout.USUAL)) {
      text.append(input.layout()).append('\n');
    }
    if (input.isFiles()) {
      List<FileStatus> found = new ArrayList<>(files.list(input.location()));
      found.sort(Comparator.comparing(FileStatus::getPath));
      for (FileStatus file : found) {
        text.append(
            "file %s, %s bytes of %s%n"
                .formatted(file.getPath(), file.getLen(), file.getModificationTime()));
      }
    }
    return text.toString();
  }

  private static void requireSame(FileSystem storage, Path folder, String table, String wanted)
      throws IOException {
    if (!wanted.equals(found(storage, folder))) {
      throw new IOException(
          "'%s' holds lists of another table, of other columns, or of '%s' as it was before;"
                  .formatted(folder, table)
              + " name another model_dir or lists_dir, or delete that folder");
    }
  }

  private static @Nullable String found(FileSystem storage, Path folder) throws IOException {
    Path file = new Path(folder, MADE_OF);
    if (!storage.exists(file)) {
      return null;
    }
    try (InputStream in = storage.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
