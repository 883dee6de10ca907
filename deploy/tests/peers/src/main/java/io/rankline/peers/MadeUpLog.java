package io.rankline.peers;

import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A made-up log of web search as Parquet tables, a row an item: query, item, label 0 to 4, 136
 * features.
 *
 * @param training queries to train on
 * @param heldOut other queries, to measure on
 */
record MadeUpLog(Dataset<Row> training, Dataset<Row> heldOut) {

  static final String GROUP = "qid";
  static final String ITEM = "item";
  static final String LABEL = "label";
  static final String FEATURES = "features";

  private static final int LONGEST_LIST = 60;
  private static final int FILES = 8;
  private static final StructType SCHEMA =
      new StructType()
          .add(GROUP, DataTypes.IntegerType)
          .add(ITEM, DataTypes.IntegerType)
          .add(LABEL, DataTypes.DoubleType)
          .add(FEATURES, SQLDataTypes.VectorType());

  /**
   * Writes both tables and reads them back.
   *
   * @param queries to train on; as many others are held out
   */
  static MadeUpLog write(SparkSession spark, Path folder, long seed, long queries) {
    SyntheticLog log = new SyntheticLog(seed, LONGEST_LIST);
    return new MadeUpLog(
        table(spark, folder.resolve("training"), log, 0, queries),
        table(spark, folder.resolve("held-out"), log, queries, 2 * queries));
  }

  private static Dataset<Row> table(
      SparkSession spark, Path folder, SyntheticLog log, long from, long to) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Long> numbers = LongStream.range(from, to).boxed().toList();
    spark
        .createDataFrame(
            context.parallelize(numbers, FILES).flatMap(number -> rows(log.list(number))), SCHEMA)
        .repartition(FILES)
        .write()
        .parquet(folder.toString());
    return spark.read().parquet(folder.toString());
  }

  private static Iterator<Row> rows(SyntheticList list) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      double[] features = new double[SyntheticLog.FEATURES];
      for (int f = 0; f < features.length; f++) {
        features[f] = list.features()[i * features.length + f];
      }
      rows.add(
          RowFactory.create(
              Math.toIntExact(list.qid()), i, (double) list.labels()[i], Vectors.dense(features)));
    }
    return rows.iterator();
  }
}
