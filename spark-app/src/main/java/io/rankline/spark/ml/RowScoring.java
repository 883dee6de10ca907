package io.rankline.spark.ml;

import io.rankline.model.scorer.ScoringScope;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.scoring.ExecutorModel;
import io.rankline.spark.scoring.ModelFiles;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.table.InternalRows;
import io.rankline.spark.table.NamedColumn;
import io.rankline.spark.table.RankingTable;
import io.rankline.spark.table.UnboxedRow;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How the rows of one DataFrame are scored. */
final class RowScoring {

  private final Dataset<Row> data;
  private final RankingTable table;
  private final List<String> tasks;
  private final ModelFiles files;
  private final StructType result;

  private RowScoring(
      Dataset<Row> data,
      RankingTable table,
      List<String> tasks,
      ModelFiles files,
      StructType result) {
    this.data = data;
    this.table = table;
    this.tasks = tasks;
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
    boolean byQuery = !ofLists && model.scope() != ScoringScope.ITEM;
    if (byQuery && group == null) {
      throw new IllegalArgumentException(
          "groupCol must be set: the scores of this model depend on the other items of a query");
    }
    RankingTable table =
        ofLists
            ? RankingTable.ofLists(data.schema(), model.requests(), null)
            : RankingTable.ofItems(data.schema(), model.requests(), byQuery ? group : null);
    StructType result =
        PredictionColumns.added(
            data.schema(), PredictionColumns.names(predictionCol, model.tasks()));
    return new RowScoring(data, table, List.copyOf(model.tasks()), files, result);
  }

  /** The rows with their scores; nothing is scored yet. */
  Dataset<Row> scored() {
    Dataset<Row> rows = data;
    String group = table.group();
    if (table.form() == RowForm.FLAT && group != null) {
      Column query = NamedColumn.of(group);
      rows = data.repartition(query).sortWithinPartitions(query);
    }
    ExecutorModel model = ExecutorModel.of(data.sparkSession().sparkContext(), files);
    RankingTable read = table;
    StructType schema = rows.schema();
    List<String> asked = tasks;
    MapPartitionsFunction<InternalRow, InternalRow> score =
        ofPartition ->
            ofPartition.hasNext()
                ? new RowScorer(UnboxedRow.views(ofPartition, schema), read, asked, model)
                : ofPartition;
    return InternalRows.of(rows).mapPartitions(score, InternalRows.encoder(result)).toDF();
  }
}
