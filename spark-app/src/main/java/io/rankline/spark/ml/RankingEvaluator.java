package io.rankline.spark.ml;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.RankingMetric.Direction;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.spark.table.NamedColumn;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A ranking metric of predictions: the mean over queries, as the evaluation of a training computes
 * it. Every metric of {@code io.rankline.metric} goes by its name, {@code ndcg@10}, {@code map},
 * {@code mrr}, {@code alpha_dcg(alpha=0.3)}.
 *
 * <p>Items of equal score stand in an order that has nothing to do with the order of rows. Where a
 * row is a list, with a column {@code __list_mask__}, {@code groupCol} is not needed.
 */
public final class RankingEvaluator extends Evaluator implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> metricName;
  private final Param<String> groupCol;
  private final Param<String> labelCol;
  private final Param<String> predictionCol;
  private final Param<String> weightCol;

  /** An evaluator of {@code ndcg@10}. */
  public RankingEvaluator() {
    this(Identifiable$.MODULE$.randomUID("rankingEvaluator"));
  }

  /** An evaluator of that id, as Spark makes copies. */
  public RankingEvaluator(String uid) {
    this.uid = uid;
    this.metricName = new Param<>(this, "metricName", "the metric, as ndcg@10");
    this.groupCol = new Param<>(this, "groupCol", "column that tells queries apart");
    this.labelCol = new Param<>(this, "labelCol", "column of the label");
    this.predictionCol = new Param<>(this, "predictionCol", "column of the scores");
    this.weightCol =
        new Param<>(this, "weightCol", "column of the items' weights; none by default");
    setDefault(metricName, "ndcg@10");
    setDefault(labelCol, "label");
    setDefault(predictionCol, "prediction");
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The metric's mean over queries; those without relevant items count as 0, as in TF-Ranking.
   *
   * @throws IllegalArgumentException for columns that are missing or of the wrong type, a null or
   *     NaN label or score, and data without a query that counts
   */
  @Override
  public double evaluate(Dataset<?> dataset) {
    RankingMetric metric = metric();
    List<Evaluation> parts = rows(dataset).evaluate(List.of(metric));
    OptionalDouble value =
        parts.stream()
            .reduce(Evaluation::merge)
            .map(all -> all.value(metric.name()))
            .orElse(OptionalDouble.empty());
    return value.orElseThrow(
        () ->
            new IllegalArgumentException(
                "there is no query to take %s of".formatted(metric.name())));
  }

  /**
   * The metric of each query, for tables, joins and tests of significance. Columns are {@code
   * groupCol} with its name and type, {@code items}, {@code value} and {@code weight}; the last two
   * are what {@link io.rankline.metric.evaluation.MetricSample} takes: a weight of -1 says that
   * nothing in the query is relevant.
   *
   * @throws IllegalArgumentException as {@link #evaluate}, and where groupCol is not set
   */
  public Dataset<Row> perQuery(Dataset<?> dataset) {
    RankingMetric metric = metric();
    PredictionRows rows = rows(dataset);
    if (!isSet(groupCol)) {
      throw new IllegalArgumentException(
          "groupCol must be set to the column that tells queries apart; columns are "
              + String.join(", ", dataset.columns()));
    }
    String group = getOrDefault(groupCol);
    StructType schema =
        new StructType()
            .add(group, DataTypes.StringType)
            .add("items", DataTypes.IntegerType)
            .add("value", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType);
    return rows.perQuery(metric, schema)
        .withColumn(group, NamedColumn.of(group).cast(dataset.schema().apply(group).dataType()));
  }

  private PredictionRows rows(Dataset<?> dataset) {
    return PredictionRows.of(
        dataset.toDF(),
        isSet(groupCol) ? getOrDefault(groupCol) : null,
        getOrDefault(labelCol),
        getOrDefault(predictionCol),
        isSet(weightCol) ? getOrDefault(weightCol) : null);
  }

  @Override
  public boolean isLargerBetter() {
    return metric().direction() == Direction.HIGHER_IS_BETTER;
  }

  @Override
  public RankingEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new StageWriter(this);
  }

  /** Reads what {@code save} wrote. */
  public static RankingEvaluator load(String path) {
    return read().load(path);
  }

  /** A reader of saved evaluators. */
  public static MLReader<RankingEvaluator> read() {
    return new StageReader<>();
  }

  /**
   * The metric, as {@code ndcg@10}.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public RankingEvaluator setMetricName(String name) {
    set(metricName, RankingMetric.parse(name).name());
    return this;
  }

  /** The column that tells queries apart. */
  public RankingEvaluator setGroupCol(String column) {
    set(groupCol, column);
    return this;
  }

  /** The column of the label. */
  public RankingEvaluator setLabelCol(String column) {
    set(labelCol, column);
    return this;
  }

  /** The column of the scores. */
  public RankingEvaluator setPredictionCol(String column) {
    set(predictionCol, column);
    return this;
  }

  /** The column of the items' weights. */
  public RankingEvaluator setWeightCol(String column) {
    set(weightCol, column);
    return this;
  }

  /** The param of {@link #setMetricName}. */
  public Param<String> metricName() {
    return metricName;
  }

  /** The param of {@link #setGroupCol}. */
  public Param<String> groupCol() {
    return groupCol;
  }

  /** The param of {@link #setLabelCol}. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** The param of {@link #setPredictionCol}. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** The param of {@link #setWeightCol}. */
  public Param<String> weightCol() {
    return weightCol;
  }

  static void requireColumn(StructType schema, String param, String column) {
    if (!NamedColumn.isIn(schema, column)) {
      throw new IllegalArgumentException(param + ": " + NamedColumn.missing(schema, column, ""));
    }
  }

  private RankingMetric metric() {
    return RankingMetric.parse(getOrDefault(metricName));
  }
}
