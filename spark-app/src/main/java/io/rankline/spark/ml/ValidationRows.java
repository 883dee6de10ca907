package io.rankline.spark.ml;

import io.rankline.spark.table.NamedColumn;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.jspecify.annotations.Nullable;

/** The rows to train on and those to validate with, as a column of booleans says. */
final class ValidationRows {

  private final Dataset<Row> data;
  private final String name;
  private final Column indicator;
  private final @Nullable String group;

  private ValidationRows(Dataset<Row> data, String name, @Nullable String group) {
    this.data = data;
    this.name = name;
    this.indicator = NamedColumn.of(name);
    this.group = group;
  }

  /**
   * The rows of a table; nothing is read yet.
   *
   * @throws IllegalArgumentException for a column of another type
   */
  static ValidationRows of(Dataset<Row> data, String name, @Nullable String group) {
    if (!(data.schema().apply(name).dataType() instanceof BooleanType)) {
      throw new IllegalArgumentException(
          "validationIndicatorCol '%s' must be boolean, true for rows to validate with; it has type %s"
              .formatted(name, data.schema().apply(name).dataType().catalogString()));
    }
    return new ValidationRows(data, name, group);
  }

  /**
   * Rows to train on.
   *
   * @throws IllegalArgumentException if the column is null somewhere, or says both of a query; this
   *     reads the column
   */
  Dataset<Row> toTrain() {
    requireNoNulls();
    requireWholeQueries();
    return data.where(functions.not(indicator));
  }

  /** Rows to validate with. */
  Dataset<Row> toValidate() {
    return data.where(indicator);
  }

  /** Refuses a column that is true nowhere. */
  void requireSome(long lists) {
    if (lists == 0) {
      throw new IllegalArgumentException(
          "validationIndicatorCol '%s' is true in no row, so there is nothing to validate with; mark some queries, or leave it out"
              .formatted(name));
    }
  }

  /** The words for rows of which none is left to train on. */
  String nothingToTrainOn() {
    return "there is nothing to train on: no row has validationIndicatorCol '%s' false"
        .formatted(name);
  }

  private void requireNoNulls() {
    List<Row> nulls = data.where(indicator.isNull()).limit(1).collectAsList();
    if (!nulls.isEmpty()) {
      throw new IllegalArgumentException(
          "validationIndicatorCol '%s' is null in a row, which would be used nowhere: %s"
              .formatted(name, nulls.get(0)));
    }
  }

  private void requireWholeQueries() {
    if (group == null) {
      return;
    }
    List<Row> split =
        data.groupBy(NamedColumn.of(group))
            .agg(functions.min(indicator).as("least"), functions.max(indicator).as("most"))
            .where("least <> most")
            .limit(1)
            .collectAsList();
    if (!split.isEmpty()) {
      throw new IllegalArgumentException(
          "query '%s' has rows to train on and rows to validate with; %s must be the same in all rows of a query"
              .formatted(split.get(0).get(0), name));
    }
  }
}
