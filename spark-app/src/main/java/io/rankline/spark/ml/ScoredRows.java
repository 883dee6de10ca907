package io.rankline.spark.ml;

import io.rankline.data.RankingList;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.table.RankingTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.SortedMap;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The rows of a partition with their scores; some thousand rows are held at a time. */
final class ScoredRows implements Iterator<Row> {

  /** Enough for the network to be busy, and few enough to hold. */
  private static final int ITEMS_AT_A_TIME = 2048;

  private final Iterator<Row> rows;
  private final ScoringPlan plan;
  private final RankingTable table;
  private final SavedRankingModel model;
  private final boolean wholeBlocks;
  private final Queue<Row> ready = new ArrayDeque<>();
  private @Nullable Row ahead;

  /** Rows that are scored as one list. */
  private record Unit(List<Row> rows, RankingList list, int[] places) {}

  ScoredRows(Iterator<Row> rows, ScoringPlan plan, ModelFiles files) throws IOException {
    this.rows = rows;
    this.plan = plan;
    this.table = plan.table();
    this.model = ScoringModels.take(plan.digest(), files);
    this.wholeBlocks = table.spec().context().isEmpty();
    TaskCompletionListener whenDone = task -> ScoringModels.giveBack(plan.digest(), model);
    TaskContext.get().addTaskCompletionListener(whenDone);
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty()) {
      scoreSome();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void scoreSome() {
    List<Unit> units = new ArrayList<>();
    int items = 0;
    try {
      while (items < ITEMS_AT_A_TIME) {
        Unit unit = unit();
        if (unit == null) {
          break;
        }
        units.add(unit);
        items += Math.max(1, unit.list().size());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    if (units.isEmpty()) {
      return;
    }
    List<SortedMap<String, float[]>> scores =
        model.predictAll(units.stream().map(Unit::list).toList());
    for (int u = 0; u < units.size(); u++) {
      add(units.get(u), scores.get(u));
    }
  }

  /** The next rows that are one list; null at the end. */
  private @Nullable Unit unit() throws IOException {
    Row first = ahead != null ? ahead : rows.hasNext() ? rows.next() : null;
    ahead = null;
    if (first == null) {
      return null;
    }
    if (table.form() == RowForm.LIST) {
      return new Unit(List.of(first), table.listOf(first), table.itemsOf(first));
    }
    List<Row> together = new ArrayList<>(List.of(first));
    if (plan.byQuery()) {
      String query = table.requireQuery(first);
      while (ahead == null && rows.hasNext()) {
        Row row = rows.next();
        if (query.equals(table.query(row))) {
          together.add(row);
        } else {
          ahead = row;
        }
      }
      RankingList list = table.list(together);
      int[] order = table.order(list);
      return new Unit(together, list.select(order), order);
    }
    // Without context, items of other queries do as well: a list costs more than an item.
    while (wholeBlocks && together.size() < ITEMS_AT_A_TIME && rows.hasNext()) {
      together.add(rows.next());
    }
    return new Unit(together, table.list(together), new int[0]);
  }

  private void add(Unit unit, SortedMap<String, float[]> scores) {
    int columns = plan.tasks().size();
    float[][] ofTasks = new float[columns][];
    for (int t = 0; t < columns; t++) {
      ofTasks[t] = Objects.requireNonNull(scores.get(plan.tasks().get(t)));
      if (ofTasks[t].length != unit.list().size()) {
        throw new IllegalArgumentException(
            "the model has several scores an item, which are no ranking");
      }
    }
    if (table.form() == RowForm.LIST) {
      Row row = unit.rows().get(0);
      Object[] added = new Object[columns];
      for (int t = 0; t < columns; t++) {
        added[t] = inPlace(ofTasks[t], unit.places(), table.positionsOf(row));
      }
      ready.add(with(row, added));
      return;
    }
    int[] rank = new int[unit.rows().size()];
    for (int i = 0; i < rank.length; i++) {
      rank[plan.byQuery() ? unit.places()[i] : i] = i;
    }
    for (int i = 0; i < rank.length; i++) {
      Object[] added = new Object[columns];
      for (int t = 0; t < columns; t++) {
        added[t] = (double) ofTasks[t][rank[i]];
      }
      ready.add(with(unit.rows().get(i), added));
    }
  }

  private static Double[] inPlace(float[] scores, int[] places, int length) {
    Double[] all = new Double[length];
    for (int i = 0; i < places.length; i++) {
      all[places[i]] = (double) scores[i];
    }
    return all;
  }

  private static Row with(Row row, Object[] added) {
    Object[] cells = new Object[row.length() + added.length];
    for (int c = 0; c < row.length(); c++) {
      cells[c] = row.get(c);
    }
    System.arraycopy(added, 0, cells, row.length(), added.length);
    return RowFactory.create(cells);
  }
}
