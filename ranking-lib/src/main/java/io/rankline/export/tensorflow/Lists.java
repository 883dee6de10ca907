package io.rankline.export.tensorflow;

/** How the lists of a request become rows, and what is special to lists. */
interface Lists {

  /** Serialized tf.Examples of the contexts, one a list. */
  String contexts();

  /** Serialized tf.Examples of the items, those of one list after those of another, [M]. */
  String items();

  /** Repeats a row of each list for each of its items. */
  String ofItems(String ofLists);

  /** Sums over the items of the list of each, [M, W]; as {@code Operators} has it. */
  String sum(String x);

  /** The largest numbers of the list of each, [M, W]; as {@code Operators} has it. */
  String largest(String x);

  /** The place of each number of a column in its list, [M, 1]; as {@code Operators} has it. */
  String place(String x);

  /** Attention of every list over its own items; as {@code Operators} has it. */
  String attend(String x, int heads, int keyDim);

  /**
   * Scores as they are answered.
   *
   * @param scores [M, each]
   * @param each number of scores an item
   */
  String answer(String scores, int each);
}
