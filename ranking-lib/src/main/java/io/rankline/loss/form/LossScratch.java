package io.rankline.loss.form;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What losses write on the way to a result, kept from list to list. */
public final class LossScratch {

  // Few owners, and nearly always the first: a walk is faster than a map.
  private final List<Object> made = new ArrayList<>();
  private final List<Columns> columns = new ArrayList<>();

  LossScratch() {}

  /** That of a type, made by the first call. */
  <T> T of(Class<T> type, Supplier<T> maker) {
    for (int k = 0; k < made.size(); k++) {
      Object known = made.get(k);
      if (type.isInstance(known)) {
        return type.cast(known);
      }
    }
    T first = maker.get();
    made.add(first);
    return first;
  }

  /**
   * Arrays of an owner, not cleared.
   *
   * @param count how many, always the same for one owner
   * @param room how long they are at least
   */
  double[][] columns(Class<?> owner, int count, int room) {
    for (int k = 0; k < columns.size(); k++) {
      Columns known = columns.get(k);
      if (known.owner == owner) {
        if (known.arrays[0].length < room) {
          known.arrays = new double[count][room];
        }
        return known.arrays;
      }
    }
    columns.add(new Columns(owner, new double[count][room]));
    return columns.get(columns.size() - 1).arrays;
  }

  /** How long arrays become that are too short: longer than needed, as longer lists may follow. */
  public static int room(int needed, int length) {
    return Math.max(needed, length + length / 2);
  }

  private static final class Columns {
    private final Class<?> owner;
    private double[][] arrays;

    Columns(Class<?> owner, double[][] arrays) {
      this.owner = owner;
      this.arrays = arrays;
    }
  }
}
