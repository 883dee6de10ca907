package io.rankline.spark.ml;

import io.rankline.spark.table.NamedColumn;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of scores: double for an item, an array of them where a row is a list. */
final class PredictionColumns {

  private PredictionColumns() {}

  /** A schema with the column of scores that a ranker with one task adds. */
  static StructType added(List<String> required, StructType schema, String predictionCol) {
    if (required.contains(predictionCol)) {
      throw new IllegalArgumentException(
          "predictionCol '%s' is a column that is read; name another".formatted(predictionCol));
    }
    return added(schema, List.of(predictionCol));
  }

  /**
   * A schema with columns of scores at its end.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  static StructType added(StructType schema, List<String> names) {
    DataType type =
        FeatureColumns.holdsLists(schema)
            ? DataTypes.createArrayType(DataTypes.DoubleType, true)
            : DataTypes.DoubleType;
    StructType result = schema;
    for (String name : names) {
      if (NamedColumn.isIn(schema, name)) {
        throw new IllegalArgumentException(
            "there is a column '%s' already; drop it, or set predictionCol to another name"
                .formatted(name));
      }
      result = result.add(name, type, FeatureColumns.holdsLists(schema));
    }
    return result;
  }

  /** The names of the columns of a model's tasks. */
  static List<String> names(String predictionCol, Set<String> tasks) {
    return tasks.size() == 1
        ? List.of(predictionCol)
        : new TreeSet<>(tasks).stream().map(task -> predictionCol + "_" + task).toList();
  }
}
