package io.rankline.spark.source;

import io.rankline.spark.source.read.ListScan;
import io.rankline.spark.source.schema.ColumnResolver;
import io.rankline.spark.source.schema.RecordFeatures;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.source.schema.SchemaInference;
import io.rankline.spark.source.schema.SourceColumn;
import io.rankline.spark.source.schema.SourceOptions;
import io.rankline.spark.source.write.ListWriterFactory;
import io.rankline.spark.source.write.WritePlan;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.command.CreateDataSourceTableCommand;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Files of ranking records as Spark's file sources see them. {@link ElwcSource} is the registered
 * name; this class is public because Spark makes it by reflection.
 */
public class ElwcFileFormat implements FileFormat, Serializable {

  /** Called by Spark. */
  public ElwcFileFormat() {}

  @Override
  public Option<StructType> inferSchema(
      SparkSession session,
      scala.collection.immutable.Map<String, String> options,
      Seq<FileStatus> files) {
    SourceOptions parsed = SourceOptions.of(options);
    Configuration configuration = session.sessionState().newHadoopConfWithOptions(options);
    RecordFeatures features = ColumnResolver.spec(parsed, configuration);
    if (features == null) {
      if (files.isEmpty()) {
        return Option.empty();
      }
      try {
        features =
            SchemaInference.infer(configuration, JavaConverters.seqAsJavaList(files), parsed);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    boolean stored = isOfTable();
    StructField[] fields =
        features.columns(parsed).stream()
            .filter(column -> !stored || !column.isMadeUp())
            .map(column -> column.field(parsed.form()))
            .toArray(StructField[]::new);
    return Option.apply(new StructType(fields));
  }

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReaderWithPartitionValues(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      scala.collection.immutable.Map<String, String> options,
      Configuration configuration) {
    SourceOptions parsed = SourceOptions.of(options);
    ColumnResolver resolver = ColumnResolver.of(parsed, configuration);
    List<SourceColumn> all = resolver.forReading(dataSchema);
    Map<String, SourceColumn> byName =
        all.stream().collect(Collectors.toMap(SourceColumn::name, Function.identity()));
    List<SourceColumn> required =
        Arrays.stream(requiredSchema.fieldNames()).map(name -> required(byName, name)).toList();
    return new ListScan(
        parsed,
        all,
        required,
        requiredSchema,
        partitionSchema,
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(new SerializableConfiguration(configuration)),
        SkippedRecords.accumulator(session.sparkContext()));
  }

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession session,
      Job job,
      scala.collection.immutable.Map<String, String> options,
      StructType dataSchema) {
    SourceOptions parsed = SourceOptions.of(options);
    if (parsed.form() == RowForm.FLAT && !options.contains(SourceOptions.GROUPED)) {
      throw new IllegalArgumentException(
          "INSERT takes one row a list; to group rows by queryColumn use DataFrame.write");
    }
    return new ListWriterFactory(WritePlan.of(dataSchema, parsed, job.getConfiguration()));
  }

  /** All instances are equal, so that equal scans are cached and reused. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ElwcFileFormat;
  }

  @Override
  public int hashCode() {
    return ElwcFileFormat.class.hashCode();
  }

  @Override
  public String toString() {
    return "ELWC";
  }

  /**
   * Whether the schema is that of {@code CREATE TABLE}, whose columns INSERT is to fill: mask and
   * size are then none. Spark asks for both schemas by the same call, and only its caller tells.
   */
  private static boolean isOfTable() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().equals(CreateDataSourceTableCommand.class.getName())));
  }

  private static SourceColumn required(Map<String, SourceColumn> byName, String name) {
    SourceColumn column = byName.get(name);
    if (column == null) {
      throw new IllegalStateException("column '%s' is not in the schema".formatted(name));
    }
    return column;
  }
}
