package io.rankline.model.input;

import io.rankline.data.BytesColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.ValueColumn;
import io.rankline.feature.token.TokenIndex;
import java.util.Arrays;

/**
 * Turns the tokens of one feature into ids.
 *
 * @param column place of the feature among the columns that are not dense
 */
record TokenLookup(TokenFeature feature, int column) {

  /**
   * The ids of some rows; the other rows of the result are empty.
   *
   * @param rows which rows, ascending
   * @param slots number of rows of the result
   */
  LongColumn ids(ValueColumn source, int[] rows, int slots) {
    int tokens = 0;
    for (int row : rows) {
      tokens += source.count(row);
    }
    long[] ids = new long[tokens];
    int[] offsets = new int[slots + 1];
    int most = feature.embedding().maxTokens();
    int end = 0;
    int next = 0;
    try {
      for (int row : rows) {
        Arrays.fill(offsets, next + 1, row + 1, end);
        int stop = most == 0 ? Integer.MAX_VALUE : end + most;
        for (int v = source.start(row); v < source.end(row) && end < stop; v++) {
          int id = idOf(source, v);
          if (id != TokenIndex.NONE) {
            ids[end++] = id;
          }
        }
        offsets[row + 1] = end;
        next = row + 1;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "feature '%s': %s".formatted(feature.name(), e.getMessage()), e);
    }
    Arrays.fill(offsets, next + 1, slots + 1, end);
    return new LongColumn(Arrays.copyOf(ids, end), offsets);
  }

  private int idOf(ValueColumn source, int v) {
    TokenIndex index = feature.embedding().index();
    if (source instanceof BytesColumn text) {
      int start = text.byteStart(v);
      return index.idOf(text.bytes(), start, text.ends()[v] - start);
    }
    if (source instanceof LongColumn integers) {
      return index.idOf(integers.values()[v]);
    }
    throw new IllegalArgumentException("tokens are strings or int64, got float32");
  }
}
