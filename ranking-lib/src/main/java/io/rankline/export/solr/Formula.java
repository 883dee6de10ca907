package io.rankline.export.solr;

import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.Clip;
import io.rankline.feature.transform.Log1p;
import java.util.ArrayList;
import java.util.List;

/**
 * A number as a function query. A feature of Solr is never negative, so a number of either sign is
 * two of them.
 *
 * @param text its value
 * @param above its value where that is above 0, else 0
 * @param below its negated value where that is below 0, else 0; empty where it is never negative
 */
record Formula(String text, String above, String below) {

  private static final String ZERO = "0.0";
  private static final String ONE = "1.0";

  /** A number of either sign. */
  static Formula of(String text) {
    return new Formula(
        text, "max(%s,0.0)".formatted(text), "max(product(-1.0,%s),0.0)".formatted(text));
  }

  /** The value of a field, quoted, so that its name may have any letters. */
  static String field(String name) {
    return "field(\"%s\")".formatted(name.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  /** The same with another value where a document lacks the field. */
  static String orElse(String field, float missing) {
    return "def(%s,%s)".formatted(field, number(missing));
  }

  /** The number itself: of 0 where it is no field's. */
  Formula whereThere(String field) {
    return atLeastZero("if(exists(%s),%s,0.0)".formatted(field, text));
  }

  /** {@code sign(x) ln(1 + |x|)}. */
  Formula log(Log1p log) {
    String positive = log(above, log.cutoff());
    String negative = below.isEmpty() ? "" : log(below, log.cutoff());
    return new Formula(
        negative.isEmpty() ? positive : "sub(%s,%s)".formatted(positive, negative),
        positive,
        negative);
  }

  Formula clipped(Clip clip) {
    String cut =
        Float.isInfinite(clip.max()) ? text : "min(%s,%s)".formatted(text, number(clip.max()));
    cut = Float.isInfinite(clip.min()) ? cut : "max(%s,%s)".formatted(cut, number(clip.min()));
    return clip.min() >= 0 ? atLeastZero(cut) : of(cut);
  }

  Formula scaled(float shift, float scale) {
    return of("div(sub(%s,%s),%s)".formatted(text, number(shift), number(scale)));
  }

  List<Formula> bucketized(Bucketize buckets) {
    List<Float> edges = buckets.boundaries();
    if (buckets.output() == Bucketize.Output.INDEX) {
      return List.of(
          atLeastZero(
              "sum(%s)"
                  .formatted(
                      String.join(
                          ",", edges.stream().map(edge -> oneIf(reached(edge))).toList()))));
    }
    List<Formula> columns = new ArrayList<>();
    for (int b = 0; b <= edges.size(); b++) {
      String condition =
          b == 0
              ? "lt(%s,%s)".formatted(compared(), number(edges.get(0)))
              : b == edges.size()
                  ? reached(edges.get(b - 1))
                  : "and(%s,lt(%s,%s))"
                      .formatted(reached(edges.get(b - 1)), compared(), number(edges.get(b)));
      columns.add(atLeastZero(oneIf(condition)));
    }
    return columns;
  }

  List<Formula> oneHot(int depth) {
    List<Formula> columns = new ArrayList<>();
    for (int k = 0; k < depth; k++) {
      columns.add(atLeastZero(oneIf("eq(%s,%s)".formatted(compared(), number(k)))));
    }
    return columns;
  }

  /** A constant: all digits of the float, since Solr compares in double. */
  private static String number(float value) {
    return Double.toString(value);
  }

  /** ln(1 + x) as 2 ln sqrt(1 + sqrt(x)^2), since Solr adds in float and takes roots in double. */
  private static String log(String x, float cutoff) {
    String log = "product(2.0,ln(hypot(1.0,sqrt(%s))))".formatted(x);
    return Float.isInfinite(cutoff) ? log : "min(%s,%s)".formatted(log, number(cutoff));
  }

  private static String oneIf(String condition) {
    return "if(%s,%s,%s)".formatted(condition, ONE, ZERO);
  }

  private static Formula atLeastZero(String text) {
    return new Formula(text, text, "");
  }

  private String reached(float edge) {
    return "gte(%s,%s)".formatted(compared(), number(edge));
  }

  /** For comparisons, in which Solr has -0 below 0. */
  private String compared() {
    return "sum(%s,0.0)".formatted(text);
  }
}
