package io.rankline.data;

import java.io.Serializable;

/**
 * How many items of a list count: all of them, or its first n. In configuration files, on the
 * command line and in other texts it is one number, where 0 stands for all, as in TF-Ranking.
 *
 * @param items n, or 0 for all
 */
public record ListSize(int items) implements Serializable {

  /** What the number must be. */
  public static final String RULE = "must be 0 (all items) or more";

  /** Every item of every list. */
  public static final ListSize ALL = new ListSize(0);

  /**
   * A size.
   *
   * @throws IllegalArgumentException for a number below 0
   */
  public ListSize {
    if (items < 0) {
      throw new IllegalArgumentException(fault("list_size", items));
    }
  }

  /**
   * The size of that number.
   *
   * @param name of the number, for the message
   * @throws IllegalArgumentException for a number below 0
   */
  public static ListSize of(String name, int items) {
    if (items < 0) {
      throw new IllegalArgumentException(fault(name, items));
    }
    return new ListSize(items);
  }

  /** Whether it is every item. */
  public boolean isAll() {
    return items == 0;
  }

  /** Items that count of a list of that many. */
  public int of(int size) {
    return isAll() ? size : Math.min(items, size);
  }

  /**
   * Length L that lists are padded to.
   *
   * @param longest items of the longest of them
   */
  public int padded(int longest) {
    return isAll() ? longest : items;
  }

  private static String fault(String name, int items) {
    return "%s %s, got %s".formatted(name, RULE, items);
  }
}
