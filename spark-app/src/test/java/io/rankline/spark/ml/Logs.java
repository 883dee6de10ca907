package io.rankline.spark.ml;

import io.rankline.spark.testing.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A log whose labels follow from its features, one row an item. */
final class Logs {

  static final int FEATURES = 4;

  static final StructType SCHEMA =
      new StructType()
          .add("doc", DataTypes.StringType)
          .add("qid", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType())
          .add("price", DataTypes.DoubleType)
          .add("brand", DataTypes.StringType)
          .add("label", DataTypes.IntegerType)
          .add("holdout", DataTypes.BooleanType);

  private Logs() {}

  /** Rows of queries from -10 on, 2 to 9 items each; every fourth query is held out. */
  static List<Row> rows(int queries, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int q = 0; q < queries; q++) {
      int items = 2 + random.nextInt(8);
      for (int item = 0; item < items; item++) {
        double[] x = random.doubles(FEATURES, -1, 1).toArray();
        double utility = 2 + 2 * x[0] - x[1] + 0.2 * random.nextGaussian();
        rows.add(
            RowFactory.create(
                "d" + q + "-" + item,
                q - 10L,
                Vectors.dense(x),
                x[2],
                "brand " + random.nextInt(5),
                (int) Math.max(0, Math.min(4, Math.round(utility))),
                q % 4 == 0));
      }
    }
    return rows;
  }

  static Dataset<Row> table(int queries, long seed) {
    return table(rows(queries, seed));
  }

  static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  /** A small ranker that trains for an epoch, on the driver: a barrier stage takes a second. */
  static NeuralRanker ranker() {
    return new NeuralRanker()
        .setGroupCol("qid")
        .setScorer("{ type = dnn, hidden_layer_dims = [8], use_batch_norm = false, dropout = 0 }")
        .setNumEpochs(1)
        .setStrategy("MirroredStrategy")
        .setTrainBatchSize(8)
        .setLearningRate(0.05);
  }
}
