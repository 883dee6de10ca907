package io.rankline.spark.scoring;

import io.rankline.spark.convert.DataFormat;
import io.rankline.spark.convert.ListSource;
import io.rankline.spark.convert.TableOutput;
import io.rankline.spark.table.NamedColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Scores as a table: a row an item, in the order of rank within its query. */
final class ScoreTable {

  private ScoreTable() {}

  static void write(
      SparkSession session,
      JavaRDD<ScoredList> lists,
      ScoringPlan plan,
      ListSource source,
      DataFormat format,
      Path folder)
      throws IOException {
    List<StructField> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(plan.queryColumn()));
    names.addAll(plan.itemColumns());
    for (String name : names) {
      boolean place = !plan.named() && name.equals(ScoringPlan.ITEM);
      fields.add(DataTypes.createStructField(name, DataTypes.StringType, true));
      DataType type = place ? DataTypes.StringType : source.typeOf(name);
      columns.add(NamedColumn.of(name).cast(type).as(name));
    }
    for (int t = 0; t < plan.tasks().size(); t++) {
      fields.add(DataTypes.createStructField(plan.scoreName(t), DataTypes.FloatType, false));
      fields.add(DataTypes.createStructField(plan.rankName(t), DataTypes.IntegerType, false));
      columns.add(NamedColumn.of(plan.scoreName(t)));
      columns.add(NamedColumn.of(plan.rankName(t)));
    }
    Dataset<Row> rows =
        session.createDataFrame(
            lists.mapPartitions(partition -> new Rows(partition, plan)),
            DataTypes.createStructType(fields));
    TableOutput.write(rows.select(columns.toArray(new Column[0])), format, folder, null, null);
  }

  /** The rows of lists, one list after the other. */
  private static final class Rows implements Iterator<Row> {
    private final Iterator<ScoredList> lists;
    private final ScoringPlan plan;
    private Iterator<Row> current = List.<Row>of().iterator();

    Rows(Iterator<ScoredList> lists, ScoringPlan plan) {
      this.lists = lists;
      this.plan = plan;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && lists.hasNext()) {
        ScoredList list = lists.next();
        current =
            java.util.Arrays.stream(list.order()).mapToObj(item -> row(list, item)).iterator();
      }
      return current.hasNext();
    }

    @Override
    public Row next() {
      return current.next();
    }

    private Row row(ScoredList list, int item) {
      @Nullable String[] names = list.items().names(item);
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(list.query());
      Stream.of(names)
          .map(name -> name == null && !plan.named() ? String.valueOf(item) : name)
          .forEach(cells::add);
      for (int t = 0; t < plan.tasks().size(); t++) {
        cells.add(list.scores()[t][item]);
        cells.add(list.ranks()[t][item]);
      }
      return RowFactory.create(cells.toArray());
    }
  }
}
