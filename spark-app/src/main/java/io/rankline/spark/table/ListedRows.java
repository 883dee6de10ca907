package io.rankline.spark.table;

import io.rankline.data.RankingList;
import io.rankline.spark.source.schema.RowForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The lists of rows that are sorted by the key in their last column. */
final class ListedRows implements Iterator<RankingList> {

  /** What is done about a row that no list can hold. */
  @FunctionalInterface
  interface OnFault {
    /** Returns for the row to be left out. */
    void accept(RowFaultException fault);
  }

  private final Iterator<Row> sorted;
  private final RankingTable table;
  private final int key;
  private final OnFault onFault;
  private final ContentOrder order;
  private final Queue<RankingList> ready = new ArrayDeque<>();
  private @Nullable Row ahead;

  /**
   * Lists.
   *
   * @param key ordinal of the key
   */
  ListedRows(Iterator<Row> sorted, RankingTable table, int key, OnFault onFault) {
    this.sorted = sorted;
    this.table = table;
    this.key = key;
    this.onFault = onFault;
    this.order = new ContentOrder(table.spec());
    this.ahead = sorted.hasNext() ? sorted.next() : null;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && ahead != null) {
      read(rowsOfKey(ahead));
    }
    return !ready.isEmpty();
  }

  @Override
  public RankingList next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private List<Row> rowsOfKey(Row first) {
    List<Row> rows = new ArrayList<>();
    Row row = first;
    while (row != null && Objects.equals(row.get(key), first.get(key))) {
      rows.add(row);
      row = sorted.hasNext() ? sorted.next() : null;
    }
    ahead = row;
    return rows;
  }

  private void read(List<Row> rows) {
    if (rows.get(0).isNullAt(key)) {
      rows.forEach(row -> onFault.accept(table.noQuery(row)));
    } else if (table.form() == RowForm.LIST) {
      List<RankingList> lists = new ArrayList<>();
      for (Row row : rows) {
        try {
          lists.add(table.listOf(row));
        } catch (RowFaultException fault) {
          onFault.accept(fault);
        }
      }
      ready.addAll(order.ofLists(lists));
    } else {
      readItems(rows);
    }
  }

  private void readItems(List<Row> rows) {
    try {
      ready.add(order.ofItems(table.list(rows)));
    } catch (RowFaultException first) {
      readFaulty(rows);
    }
  }

  /** Looks at each row with the first good one, whose context is that of the query. */
  private void readFaulty(List<Row> rows) {
    List<Row> good = new ArrayList<>();
    for (Row row : rows) {
      try {
        table.list(good.isEmpty() ? List.of(row) : List.of(good.get(0), row));
        good.add(row);
      } catch (RowFaultException fault) {
        onFault.accept(fault);
      }
    }
    if (!good.isEmpty()) {
      readItems(good);
    }
  }
}
