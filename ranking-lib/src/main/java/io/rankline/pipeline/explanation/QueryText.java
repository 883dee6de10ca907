package io.rankline.pipeline.explanation;

import io.rankline.data.BytesColumn;
import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import java.util.ArrayList;
import java.util.List;

/** The context features of a list as text, so that a person knows the query. */
final class QueryText {

  private static final int FEATURES = 4;
  private static final int VALUES = 8;
  private static final int LONGEST = 80;

  private QueryText() {}

  /** Such as "words: red shoes; country: 3"; texts come first. */
  static String of(RankingList list) {
    List<String> texts = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (int c = 0; c < list.contextColumns().size(); c++) {
      ValueColumn column = list.contextColumns().get(c);
      (column instanceof BytesColumn ? texts : numbers)
          .add(list.layout().contextColumns().get(c).name() + ": " + values(column));
    }
    for (DenseColumns dense : list.layout().contextDense()) {
      List<String> values = new ArrayList<>();
      for (int k = 0; k < Math.min(VALUES, dense.width()); k++) {
        values.add(number(list.context()[dense.offset() + k]));
      }
      numbers.add(dense.name() + ": " + String.join(" ", values));
    }
    texts.addAll(numbers);
    String all = String.join("; ", texts.subList(0, Math.min(FEATURES, texts.size())));
    return all.length() <= LONGEST ? all : all.substring(0, LONGEST - 1) + "…";
  }

  private static String values(ValueColumn column) {
    List<String> values = new ArrayList<>();
    for (int v = 0; v < Math.min(VALUES, column.count(0)); v++) {
      values.add(
          column instanceof BytesColumn texts
              ? texts.text(v)
              : column instanceof LongColumn longs
                  ? Long.toString(longs.values()[v])
                  : number(((FloatColumn) column).values()[v]));
    }
    return String.join(" ", values);
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Float.toString(value);
  }
}
