package io.rankline.spark.ml;

import io.rankline.data.ListBatch;
import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.spark.table.NamedColumn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Labels and scores of the items of queries, those of a query together. */
final class PredictionRows {

  private static final String QUERY = "query";
  private static final String LABEL = "label";
  private static final String SCORE = "score";
  private static final String WEIGHT = "weight";
  private static final String MASK = "mask";

  private final Dataset<Row> items;
  private final boolean weighted;
  private final List<String> names;

  private PredictionRows(Dataset<Row> items, boolean weighted, List<String> names) {
    this.items = items;
    this.weighted = weighted;
    this.names = new ArrayList<>(names);
  }

  /**
   * Rows with these columns.
   *
   * @param group null only where a row is a list
   * @param weight null for none
   * @throws IllegalArgumentException for columns that are missing or no numbers
   */
  static PredictionRows of(
      Dataset<Row> data,
      @Nullable String group,
      String label,
      String prediction,
      @Nullable String weight) {
    StructType schema = data.schema();
    boolean ofLists = FeatureColumns.holdsLists(schema);
    if (group != null) {
      RankingEvaluator.requireColumn(schema, "groupCol", group);
    } else if (!ofLists) {
      throw new IllegalArgumentException(
          "groupCol must be set to the column that tells queries apart; columns are "
              + String.join(", ", schema.fieldNames()));
    }
    requireNumber(schema, "labelCol", label, ofLists);
    requireNumber(schema, "predictionCol", prediction, ofLists);
    if (weight != null) {
      requireNumber(schema, "weightCol", weight, ofLists);
    }
    Column query =
        ofLists || group == null
            ? functions.monotonically_increasing_id().cast("string")
            : NamedColumn.of(group).cast("string");
    Column weights = weight == null ? functions.lit(1.0) : NamedColumn.of(weight);
    Dataset<Row> items =
        ofLists
            ? exploded(data, query, label, prediction, weight)
            : data.select(
                query.as(QUERY),
                NamedColumn.of(label).cast("double").as(LABEL),
                NamedColumn.of(prediction).cast("double").as(SCORE),
                weights.cast("double").as(WEIGHT));
    return new PredictionRows(
        items,
        weight != null,
        List.of(group == null ? "" : group, label, prediction, weight == null ? "" : weight));
  }

  /** Elements that are padding, as the mask says, are left out. */
  private static Dataset<Row> exploded(
      Dataset<Row> data, Column query, String label, String prediction, @Nullable String weight) {
    Column scores = array(data, prediction);
    Dataset<Row> lists =
        data.select(
            query.as(QUERY),
            functions
                .coalesce(
                    NamedColumn.of(ListBatch.MASK_NAME),
                    functions.transform(scores, one -> functions.lit(true)))
                .as(MASK),
            array(data, label).as(LABEL),
            scores.as(SCORE),
            (weight == null
                    ? functions.transform(scores, one -> functions.lit(1.0))
                    : array(data, weight))
                .as(WEIGHT));
    return lists
        .select(
            NamedColumn.of(QUERY),
            functions
                .explode(
                    functions.arrays_zip(
                        NamedColumn.of(MASK),
                        NamedColumn.of(LABEL),
                        NamedColumn.of(SCORE),
                        NamedColumn.of(WEIGHT)))
                .as("item"))
        .where("item.mask")
        .select(
            NamedColumn.of(QUERY),
            functions.col("item.label").cast("double").as(LABEL),
            functions.col("item.score").cast("double").as(SCORE),
            functions.col("item.weight").cast("double").as(WEIGHT));
  }

  /** A column of arrays; empty, not null, so that what it lacks is told item by item. */
  private static Column array(Dataset<Row> data, String name) {
    return functions.coalesce(
        NamedColumn.of(name), functions.array().cast(data.schema().apply(name).dataType()));
  }

  /** What the queries of each partition amount to. */
  List<Evaluation> evaluate(List<RankingMetric> metrics) {
    List<RankingMetric> asked = new ArrayList<>(metrics);
    boolean hasWeights = weighted;
    List<String> columns = names;
    return byQuery()
        .toJavaRDD()
        .mapPartitions(
            sorted -> {
              Evaluator evaluator = new Evaluator(asked);
              forEachQuery(sorted, columns, rows -> evaluator.add(list(rows, hasWeights)));
              return List.of(evaluator.evaluation()).iterator();
            })
        .collect();
  }

  /**
   * The metric of each query.
   *
   * @param schema of the query as text, its number of items, the metric and its weight
   */
  Dataset<Row> perQuery(RankingMetric metric, StructType schema) {
    boolean hasWeights = weighted;
    List<String> columns = names;
    MapPartitionsFunction<Row, Row> values =
        sorted -> {
          List<Row> found = new ArrayList<>();
          forEachQuery(
              sorted,
              columns,
              rows -> {
                MetricSample one =
                    Evaluator.sample(
                            List.of(metric), TieOrder.AS_GIVEN, List.of(list(rows, hasWeights)))
                        .get(0);
                found.add(
                    RowFactory.create(
                        rows.get(0).getString(0), rows.size(), one.values()[0], one.weights()[0]));
              });
          return found.iterator();
        };
    return byQuery().mapPartitions(values, Encoders.row(schema));
  }

  private Dataset<Row> byQuery() {
    Column query = NamedColumn.of(QUERY);
    Column tie = functions.xxhash64(query, NamedColumn.of(LABEL), NamedColumn.of(WEIGHT));
    return items
        .repartition(query)
        .sortWithinPartitions(query, tie, NamedColumn.of(LABEL), NamedColumn.of(WEIGHT));
  }

  private static void forEachQuery(
      Iterator<Row> sorted, List<String> columns, Consumer<List<Row>> action) {
    List<Row> rows = new ArrayList<>();
    while (sorted.hasNext()) {
      Row row = sorted.next();
      requireValues(row, columns);
      if (!rows.isEmpty() && !rows.get(0).getString(0).equals(row.getString(0))) {
        action.accept(rows);
        rows.clear();
      }
      rows.add(row);
    }
    if (!rows.isEmpty()) {
      action.accept(rows);
    }
  }

  private static ScoredList list(List<Row> rows, boolean weighted) {
    ScoredList list = ScoredList.of(numbers(rows, 1), numbers(rows, 2));
    return weighted ? list.withWeights(numbers(rows, 3)) : list;
  }

  private static double[] numbers(List<Row> rows, int column) {
    return rows.stream().mapToDouble(row -> row.getDouble(column)).toArray();
  }

  private static void requireValues(Row row, List<String> columns) {
    for (int c = 0; c < columns.size(); c++) {
      boolean isNaN = !row.isNullAt(c) && row.get(c) instanceof Double number && number.isNaN();
      if (row.isNullAt(c) || isNaN) {
        throw new IllegalArgumentException(
            "column '%s' is %s in a row of query %s; fill or drop such rows first"
                .formatted(columns.get(c), isNaN ? "NaN" : "null", row.get(0)));
      }
    }
  }

  private static void requireNumber(StructType schema, String param, String name, boolean ofLists) {
    RankingEvaluator.requireColumn(schema, param, name);
    DataType type = schema.apply(name).dataType();
    boolean fits =
        ofLists
            ? type instanceof ArrayType array && array.elementType() instanceof NumericType
            : type instanceof NumericType;
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: column '%s' must hold %s, it has type %s"
              .formatted(
                  param, name, ofLists ? "arrays of numbers" : "numbers", type.catalogString()));
    }
  }
}
