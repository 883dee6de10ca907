package io.rankline.export.graph;

import io.rankline.feature.transform.QueryMinMax;
import io.rankline.feature.transform.QueryTransform;
import io.rankline.feature.transform.QueryZScore;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of the values of an item beside those of the other items of its list.
 *
 * <p>Training computes in double; here all is float32, in an order that loses no digits: what is
 * common to all values goes first.
 */
final class ListTransforms {

  private final Operators to;

  ListTransforms(Operators to) {
    this.to = to;
  }

  /**
   * The results alone, [R, W], of each column by itself.
   *
   * @param x [R, W]; NaN where a value is missing, which stays so
   * @param width W
   */
  String write(QueryTransform transform, String x, int width) {
    if (transform instanceof QueryZScore) {
      return zScores(x);
    } else if (transform instanceof QueryMinMax) {
      return shares(x);
    }
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      columns.add(ranks(width == 1 ? x : to.columns(x, c, c + 1)));
    }
    return width == 1 ? columns.get(0) : to.sideBySide(columns);
  }

  /**
   * The mean is taken twice, the second time of what the first has left: then it has all its
   * digits. Differences are divided by the largest, so that no square is too large or too small.
   */
  private String zScores(String x) {
    String present = present(x);
    String count = to.sumOfList(present);
    String constant = to.binary(Binary.EQUAL, largest(x), least(x));
    String differences =
        centred(
            centred(to.binary(Binary.OR_IF_MISSING, x, to.row(0)), present, count), present, count);
    String varied = times(differences, minus(to.row(1), constant));
    String scaled = over(varied, orOne(to.largestOfList(to.unary(Unary.ABS, varied))));
    String variance = over(to.sumOfList(times(scaled, scaled)), count);
    return ofPresent(over(scaled, orOne(to.unary(Unary.SQRT, variance))), present);
  }

  /** Without their mean; 0 where there is none. */
  private String centred(String values, String present, String count) {
    return times(minus(values, over(to.sumOfList(values), count)), present);
  }

  private String shares(String x) {
    String least = least(x);
    return over(minus(x, least), orOne(minus(largest(x), least)));
  }

  /** Of one column; the place among the others, 0.5 if there are none. */
  private String ranks(String x) {
    String present = present(x);
    String count = to.sumOfList(present);
    String alone = to.binary(Binary.EQUAL, count, to.row(1));
    String half = times(minus(alone, to.row(1)), to.row(0.5f));
    String before = to.binary(Binary.PLUS, to.placeInList(x), half);
    String others = to.binary(Binary.PLUS, minus(count, to.row(1)), alone);
    return ofPresent(over(before, others), present);
  }

  private String largest(String x) {
    return to.largestOfList(to.binary(Binary.OR_IF_MISSING, x, to.row(-Float.MAX_VALUE)));
  }

  private String least(String x) {
    return minus(to.row(0), largest(minus(to.row(0), x)));
  }

  /** 1 where there is a value, 0 where it is missing. */
  private String present(String x) {
    return minus(to.row(1), to.unary(Unary.IS_MISSING, x));
  }

  /** 0 over 0 is NaN. */
  private String ofPresent(String values, String present) {
    return over(times(values, present), present);
  }

  /** Where a divisor is 0, so is what it divides. */
  private String orOne(String divisor) {
    return to.binary(Binary.PLUS, divisor, to.binary(Binary.EQUAL, divisor, to.row(0)));
  }

  private String minus(String x, String y) {
    return to.binary(Binary.MINUS, x, y);
  }

  private String times(String x, String y) {
    return to.binary(Binary.TIMES, x, y);
  }

  private String over(String x, String y) {
    return to.binary(Binary.OVER, x, y);
  }
}
