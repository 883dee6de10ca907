package io.rankline.spark.ml;

import io.rankline.spark.table.NamedColumn;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds a column of folds for {@code CrossValidator.setFoldCol}: all rows of a query are in one
 * fold, by the hash of the query, so that no query is trained and validated on. Without it, Spark
 * draws rows, and nearly every query lies in both halves.
 *
 * <pre>{@code
 * Dataset<Row> folded = new QueryFolds().setGroupCol("qid").setNumFolds(5).transform(data);
 * new CrossValidator().setNumFolds(5).setFoldCol("fold")...
 * }</pre>
 *
 * <p>Folds are whole numbers from 0 to {@code numFolds - 1}, of about equally many queries each; a
 * fold may be empty where queries are few, which Spark refuses. A row without a query ends the job:
 * Spark would use it nowhere.
 */
public final class QueryFolds extends Transformer implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> groupCol;
  private final Param<String> foldCol;
  private final IntParam numFolds;
  private final LongParam seed;

  /** Three folds in the column {@code fold}. */
  public QueryFolds() {
    this(Identifiable$.MODULE$.randomUID("queryFolds"));
  }

  /** Folds of that id, as Spark makes copies. */
  public QueryFolds(String uid) {
    this.uid = uid;
    this.groupCol = new Param<>(this, "groupCol", "column that tells queries apart");
    this.foldCol = new Param<>(this, "foldCol", "column of the folds");
    this.numFolds = new IntParam(this, "numFolds", "number of folds, 2 or more");
    this.seed = new LongParam(this, "seed", "another seed, other folds");
    setDefault(foldCol, "fold");
    setDefault(numFolds, 3);
    setDefault(seed, 42L);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Column query = NamedColumn.of(getOrDefault(groupCol)).cast("string");
    Column hash = functions.xxhash64(query, functions.lit(getOrDefault(seed)));
    Column fold =
        functions
            .when(
                query.isNull(),
                functions
                    .raise_error(
                        functions.lit(
                            "column '%s', the group, is null in a row, which would be in no fold"
                                .formatted(getOrDefault(groupCol))))
                    .cast("int"))
            .otherwise(functions.pmod(hash, functions.lit(getOrDefault(numFolds))).cast("int"));
    return dataset.toDF().withColumn(getOrDefault(foldCol), fold);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (!isSet(groupCol)) {
      throw new IllegalArgumentException(
          "groupCol must be set to the column that tells queries apart; columns are "
              + String.join(", ", schema.fieldNames()));
    }
    int folds = (Integer) getOrDefault(numFolds);
    if (folds < 2) {
      throw new IllegalArgumentException("numFolds must be 2 or more, got " + folds);
    }
    RankingEvaluator.requireColumn(schema, "groupCol", getOrDefault(groupCol));
    String fold = getOrDefault(foldCol);
    if (NamedColumn.isIn(schema, fold)) {
      throw new IllegalArgumentException(
          "there is a column '%s' already; drop it, or set foldCol to another name"
              .formatted(fold));
    }
    return schema.add(fold, DataTypes.IntegerType, true);
  }

  @Override
  public QueryFolds copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new StageWriter(this);
  }

  /** Reads what {@code save} wrote. */
  public static QueryFolds load(String path) {
    return read().load(path);
  }

  /** A reader of saved stages. */
  public static MLReader<QueryFolds> read() {
    return new StageReader<>();
  }

  /** The column that tells queries apart. */
  public QueryFolds setGroupCol(String column) {
    set(groupCol, column);
    return this;
  }

  /** The column of the folds. */
  public QueryFolds setFoldCol(String column) {
    set(foldCol, column);
    return this;
  }

  /** Number of folds, 2 or more. */
  public QueryFolds setNumFolds(int folds) {
    set(numFolds, folds);
    return this;
  }

  /** Another seed, other folds. */
  public QueryFolds setSeed(long value) {
    set(seed, value);
    return this;
  }

  /** The param of {@link #setGroupCol}. */
  public Param<String> groupCol() {
    return groupCol;
  }

  /** The param of {@link #setFoldCol}. */
  public Param<String> foldCol() {
    return foldCol;
  }

  /** The param of {@link #setNumFolds}. */
  public IntParam numFolds() {
    return numFolds;
  }

  /** The param of {@link #setSeed}. */
  public LongParam seed() {
    return seed;
  }
}
