package io.rankline.spark.ml;

import io.rankline.model.scorer.ScoringScope;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.table.RankingTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How the rows of one DataFrame are scored. */
final class RowScoring {

  private final Dataset<Row> data;
  private final RankingTable table;
  private final ScoringPlan plan;
  private final ModelFiles files;
  private final StructType result;

  private RowScoring(
      Dataset<Row> data,
      RankingTable table,
      ScoringPlan plan,
      ModelFiles files,
      StructType result) {
    this.data = data;
    this.table = table;
    this.plan = plan;
    this.files = files;
    this.result = result;
  }

  /**
   * A scoring, with everything checked that the schema shows.
   *
   * @param group column that tells queries apart, or null
   * @throws IllegalArgumentException for columns that the model asks for and that are missing or of
   *     other types, one line each
   */
  static RowScoring of(
      Dataset<Row> data,
      SavedRankingModel model,
      ModelFiles files,
      @Nullable String group,
      String predictionCol) {
    boolean ofLists = FeatureColumns.holdsLists(data.schema());
    boolean byQuery = !ofLists && model.model().scope() != ScoringScope.ITEM;
    if (byQuery && group == null) {
      throw new IllegalArgumentException(
          "groupCol must be set: the scores of this model depend on the other items of a query");
    }
    RankingTable table =
        ofLists
            ? RankingTable.ofLists(data.schema(), model.requests(), null)
            : RankingTable.ofItems(data.schema(), model.requests(), byQuery ? group : null);
    List<String> tasks = new ArrayList<>(model.tasks());
    StructType result =
        PredictionColumns.added(
            data.schema(), PredictionColumns.names(predictionCol, model.tasks()));
    ScoringPlan plan = new ScoringPlan(table, tasks, byQuery, files.digest());
    return new RowScoring(data, table, plan, files, result);
  }

  /** The rows with their scores; nothing is scored yet. */
  Dataset<Row> scored() {
    Dataset<Row> rows = data;
    String group = table.group();
    if (table.form() == RowForm.FLAT && group != null) {
      Column query = functions.col("`" + group.replace("`", "``") + "`");
      rows = data.repartition(query).sortWithinPartitions(query);
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
    Broadcast<ModelFiles> model = spark.broadcast(files);
    ScoringPlan read = plan;
    MapPartitionsFunction<Row, Row> score =
        ofPartition -> new ScoredRows(ofPartition, read, model.value());
    return rows.mapPartitions(score, Encoders.row(result));
  }
}
