package io.rankline.spark.ml;

import io.rankline.data.RankingList;
import io.rankline.spark.scoring.BatchScorer;
import io.rankline.spark.scoring.ExecutorModel;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.table.RankingTable;
import io.rankline.spark.table.RowFaultException;
import io.rankline.spark.table.UnboxedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** The rows of a partition with their scores. */
final class RowScorer extends BatchScorer<RowScorer.Rows, InternalRow> {

  private final Iterator<UnboxedRow> rows;
  private final RankingTable table;
  private final boolean byQuery;
  private final boolean wholeBlocks;
  private @Nullable UnboxedRow ahead;

  /**
   * Rows that are scored as one list.
   *
   * @param places for each item of the list the number of its row, or where a row is a list its
   *     place in the arrays
   */
  record Rows(List<UnboxedRow> rows, RankingList list, int[] places) implements Scorable {}

  /**
   * A scorer.
   *
   * @param tasks of the model, in the order of columns of scores
   */
  RowScorer(Iterator<UnboxedRow> rows, RankingTable table, List<String> tasks, ExecutorModel model)
      throws IOException {
    super(model.forTask(), tasks);
    this.rows = rows;
    this.table = table;
    this.byQuery = table.form() == RowForm.FLAT && table.group() != null;
    this.wholeBlocks = table.spec().context().isEmpty();
  }

  @Override
  protected @Nullable Rows read() throws RowFaultException {
    UnboxedRow first = ahead != null ? ahead : rows.hasNext() ? rows.next() : null;
    ahead = null;
    if (first == null) {
      return null;
    }
    if (table.form() == RowForm.LIST) {
      return new Rows(List.of(first), table.listOf(first), table.itemsOf(first));
    }
    List<UnboxedRow> together = new ArrayList<>(List.of(first));
    if (!byQuery) {
      // Without context, items of other queries do as well: a list costs more than an item.
      while (wholeBlocks && together.size() < ITEMS_AT_A_TIME && rows.hasNext()) {
        together.add(rows.next());
      }
      RankingList list = table.list(together);
      int[] places = new int[list.size()];
      Arrays.setAll(places, place -> place);
      return new Rows(together, list, places);
    }
    String query = table.requireQuery(first);
    while (ahead == null && rows.hasNext()) {
      UnboxedRow row = rows.next();
      if (query.equals(table.query(row))) {
        together.add(row);
      } else {
        ahead = row;
      }
    }
    RankingList list = table.list(together);
    int[] order = table.order(list);
    return new Rows(together, list.select(order), order);
  }

  @Override
  protected void results(Rows of, float[][] scores, Consumer<InternalRow> to) {
    if (table.form() == RowForm.LIST) {
      UnboxedRow row = of.rows().get(0);
      int length = table.positionsOf(row);
      Object[] added = new Object[scores.length];
      for (int t = 0; t < scores.length; t++) {
        Double[] ofTask = new Double[length];
        for (int item = 0; item < of.places().length; item++) {
          ofTask[of.places()[item]] = (double) scores[t][item];
        }
        added[t] = ofTask;
      }
      to.accept(row.with(added));
      return;
    }
    Object[][] added = new Object[of.rows().size()][scores.length];
    for (int item = 0; item < of.places().length; item++) {
      for (int t = 0; t < scores.length; t++) {
        added[of.places()[item]][t] = (double) scores[t][item];
      }
    }
    for (int k = 0; k < added.length; k++) {
      to.accept(of.rows().get(k).with(added[k]));
    }
  }

  @Override
  protected String nameOf(Rows of, int item) {
    return table.form() == RowForm.LIST
        ? "item %s of the row %s".formatted(of.places()[item], table.text(of.rows().get(0)))
        : "the row %s".formatted(table.text(of.rows().get(of.places()[item])));
  }
}
