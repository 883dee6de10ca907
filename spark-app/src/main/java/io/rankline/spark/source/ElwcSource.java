package io.rankline.spark.source;

import io.rankline.spark.source.schema.ColumnResolver;
import io.rankline.spark.source.schema.SourceOptions;
import io.rankline.spark.source.write.SourceWrite;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;

/**
 * The data source {@code elwc}; the package's page says what it reads and writes, and with which
 * options.
 *
 * <p>Reads are those of a file format. A write comes here first, because rows of one item each have
 * to be brought together by query before the file format can write them.
 */
public final class ElwcSource extends ElwcFileFormat
    implements DataSourceRegister, CreatableRelationProvider {

  /** Called by Spark. */
  public ElwcSource() {}

  @Override
  public String shortName() {
    return "elwc";
  }

  @Override
  public BaseRelation createRelation(
      SQLContext context,
      SaveMode mode,
      scala.collection.immutable.Map<String, String> options,
      Dataset<Row> data) {
    Configuration configuration =
        context.sparkSession().sessionState().newHadoopConfWithOptions(options);
    SourceWrite write =
        new SourceWrite(ElwcFileFormat.class.getName(), data, mode, options, configuration);
    write.run();
    // CREATE TABLE AS SELECT takes its columns from here, and they have to be readable.
    return new WrittenRelation(context, write.schemaAsRead());
  }

  /** INSERT into a table that was declared: what is written is to be read with its columns. */
  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession session,
      Job job,
      scala.collection.immutable.Map<String, String> options,
      StructType dataSchema) {
    ColumnResolver.of(SourceOptions.of(options), job.getConfiguration()).forReading(dataSchema);
    return super.prepareWrite(session, job, options, dataSchema);
  }

  /** What Spark wants to know of data after it was written. */
  private static final class WrittenRelation extends BaseRelation {

    private final SQLContext context;
    private final StructType schema;

    WrittenRelation(SQLContext context, StructType schema) {
      this.context = context;
      this.schema = schema;
    }

    @Override
    public SQLContext sqlContext() {
      return context;
    }

    @Override
    public StructType schema() {
      return schema;
    }
  }
}
