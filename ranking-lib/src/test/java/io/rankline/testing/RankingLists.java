package io.rankline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import java.util.Arrays;
import java.util.List;

/** Compares lists by their content; a list of arrays has no equals of its own. */
public final class RankingLists {

  private RankingLists() {}

  /** Fails where the two differ in any value; NaN equals NaN. */
  public static void assertSame(RankingList actual, RankingList expected) {
    assertThat(actual.size()).as("size").isEqualTo(expected.size());
    assertThat(actual.originalSize()).as("originalSize").isEqualTo(expected.originalSize());
    assertThat(actual.context()).as("context").isEqualTo(expected.context());
    assertThat(actual.examples()).as("examples").isEqualTo(expected.examples());
    assertThat(actual.labels()).as("labels").isEqualTo(expected.labels());
    assertThat(actual.weights()).as("weights").isEqualTo(expected.weights());
    assertThat(described(actual.contextColumns()))
        .as("contextColumns")
        .isEqualTo(described(expected.contextColumns()));
    assertThat(described(actual.exampleColumns()))
        .as("exampleColumns")
        .isEqualTo(described(expected.exampleColumns()));
  }

  private static List<String> described(List<ValueColumn> columns) {
    return columns.stream().map(RankingLists::described).toList();
  }

  private static String described(ValueColumn column) {
    int values = column.offsets()[column.rows()];
    String offsets = Arrays.toString(column.offsets());
    if (column instanceof FloatColumn floats) {
      return offsets + Arrays.toString(Arrays.copyOf(floats.values(), values));
    }
    if (column instanceof LongColumn longs) {
      return offsets + Arrays.toString(Arrays.copyOf(longs.values(), values));
    }
    BytesColumn strings = (BytesColumn) column;
    StringBuilder all = new StringBuilder(offsets);
    for (int v = 0; v < values; v++) {
      all.append(Arrays.toString(strings.value(v)));
    }
    return all.toString();
  }
}
