package io.rankline.model.input;

import io.rankline.data.ColumnLayout;
import io.rankline.data.ListLayout;
import io.rankline.data.ValueColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan for lists of one layout.
 *
 * @param raw the layout of lists as they are read
 * @param layout the layout of encoded lists
 */
record LayoutEncoder(
    ListLayout raw,
    ListLayout layout,
    List<DenseRun> contextRuns,
    List<DenseRun> exampleRuns,
    List<TokenLookup> contextTokens,
    List<TokenLookup> exampleTokens) {

  static LayoutEncoder of(EncodedInputs plan, ListLayout raw) {
    return new LayoutEncoder(
        raw,
        plan.layout(raw),
        DenseRun.ofContext(plan.context(), raw),
        DenseRun.ofExamples(plan.examples(), raw),
        lookups(plan.contextTokens(), raw.contextColumns()),
        lookups(plan.exampleTokens(), raw.exampleColumns()));
  }

  /** The dense context block of the rows, [rows, C']. */
  float[] context(float[] dense, List<ValueColumn> columns, int[] rows) {
    // What is said of a query is said by itself: planning refuses transforms that look at lists.
    int[] starts = {0, rows.length};
    return encode(contextRuns, layout.contextWidth(), dense, columns, rows, starts, rows.length);
  }

  /**
   * The dense example block, [slots, F']: 0 but in the rows named.
   *
   * @param rows ascending
   * @param starts where the rows of each list start among them, and their number
   */
  float[] examples(float[] dense, List<ValueColumn> columns, int[] rows, int[] starts, int slots) {
    return encode(exampleRuns, layout.exampleWidth(), dense, columns, rows, starts, slots);
  }

  List<ValueColumn> contextIds(List<ValueColumn> columns, int[] rows) {
    return ids(contextTokens, columns, rows, rows.length);
  }

  List<ValueColumn> exampleIds(List<ValueColumn> columns, int[] rows, int slots) {
    return ids(exampleTokens, columns, rows, slots);
  }

  private static float[] encode(
      List<DenseRun> runs,
      int width,
      float[] dense,
      List<ValueColumn> columns,
      int[] rows,
      int[] starts,
      int slots) {
    float[] encoded = new float[Math.multiplyExact(slots, width)];
    for (DenseRun run : runs) {
      run.encode(dense, columns, rows, starts, encoded, width);
    }
    return encoded;
  }

  private static List<ValueColumn> ids(
      List<TokenLookup> lookups, List<ValueColumn> columns, int[] rows, int slots) {
    List<ValueColumn> ids = new ArrayList<>();
    for (TokenLookup lookup : lookups) {
      ids.add(lookup.ids(columns.get(lookup.column()), rows, slots));
    }
    return ids;
  }

  private static List<TokenLookup> lookups(
      List<TokenFeature> features, List<ColumnLayout> columns) {
    List<String> names = columns.stream().map(ColumnLayout::name).toList();
    List<TokenLookup> lookups = new ArrayList<>();
    for (TokenFeature feature : features) {
      int column = names.indexOf(feature.name());
      if (column < 0) {
        throw new IllegalArgumentException(
            "token feature '%s' is not in the data, which has %s".formatted(feature.name(), names));
      }
      lookups.add(new TokenLookup(feature, column));
    }
    return lookups;
  }
}
