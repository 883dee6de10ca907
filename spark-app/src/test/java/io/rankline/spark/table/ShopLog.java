package io.rankline.spark.table;

import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.spark.testing.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A log with a column of every kind, one row an item. */
final class ShopLog {

  static final StructType SCHEMA =
      new StructType()
          .add("qid", DataTypes.StringType)
          .add("age", DataTypes.IntegerType)
          .add("price", DataTypes.DoubleType)
          .add("stock", DataTypes.LongType)
          .add("image", SQLDataTypes.VectorType())
          .add("sizes", DataTypes.createArrayType(DataTypes.FloatType))
          .add("words", DataTypes.createArrayType(DataTypes.StringType))
          .add("brand", DataTypes.StringType)
          .add("grade", DataTypes.IntegerType)
          .add("clicks", DataTypes.DoubleType)
          .add("note", DataTypes.StringType);

  private ShopLog() {}

  static RecordSpec spec() {
    return RecordSpec.of(
            Map.of("age", FixedLenFeature.float32(1)),
            Map.of(
                "price", FixedLenFeature.float32(1),
                "stock", FixedLenFeature.int64(1).withDefault(-1),
                "image", FixedLenFeature.float32(3),
                "sizes", FixedLenFeature.float32(2).withDefault(7f),
                "words", new RaggedFeature(DType.STRING),
                "brand", FixedLenFeature.string(1).withDefault("none")))
        .withLabels(LabelSpec.of("grade", FixedLenFeature.int64(1).withDefault(-1)))
        .withWeight(WeightSpec.perItem("clicks", FixedLenFeature.float32(1).withDefault(1f)));
  }

  /** Rows of {@code queries} queries with 1 to 9 items each; now and then a cell is null. */
  static List<Row> rows(int queries, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int query = 0; query < queries; query++) {
      int items = 1 + random.nextInt(9);
      int age = random.nextInt(90);
      for (int item = 0; item < items; item++) {
        boolean sparse = random.nextInt(4) == 0;
        rows.add(
            RowFactory.create(
                "q" + query,
                age,
                random.nextGaussian(),
                sparse ? null : random.nextLong(),
                sparse
                    ? Vectors.sparse(3, new int[] {1}, new double[] {random.nextFloat()})
                    : Vectors.dense(random.nextFloat(), 0, -1.5),
                sparse ? null : List.of(random.nextFloat(), random.nextFloat()),
                sparse ? null : List.of("red", "w" + random.nextInt(50)).subList(item % 2, 2),
                sparse ? null : "brand " + random.nextInt(5),
                item == 3 ? null : random.nextInt(5),
                item == 4 ? null : (double) random.nextFloat(),
                "not read"));
      }
    }
    return rows;
  }

  static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }
}
