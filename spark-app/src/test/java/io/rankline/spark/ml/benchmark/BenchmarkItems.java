package io.rankline.spark.ml.benchmark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Made-up items: 100 a query, 136 floats each in an array. */
final class BenchmarkItems {

  private BenchmarkItems() {}

  static Dataset<Row> of(SparkSession spark, long count) {
    return spark
        .range(0, count, 1, 8)
        .selectExpr(
            "id div 100 as qid",
            "transform(sequence(1, 136), i -> cast((id * 7919 + i * 104729) % 1009 / 1009D as"
                + " float)) as features",
            "cast((id * 31) % 5 as int) as label");
  }
}
