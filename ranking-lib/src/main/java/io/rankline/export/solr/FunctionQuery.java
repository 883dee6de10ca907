package io.rankline.export.solr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function query, read and computed as Solr does: sums, products and the like in float32, roots
 * and logarithms in double.
 */
final class FunctionQuery {

  private final String text;
  private int at;

  private FunctionQuery(String text) {
    this.text = text;
  }

  /** What a part of it is for a document: a number, or no value. */
  record Result(double value, boolean exists) {

    static Result of(double value) {
      return new Result(value, true);
    }

    static Result of(boolean value) {
      return of(value ? 1 : 0);
    }

    float rounded() {
      return (float) value;
    }

    boolean isTrue() {
      return value != 0;
    }
  }

  /** A part of it. */
  @FunctionalInterface
  interface Part {
    Result of(Map<String, Float> document);
  }

  /** The function of a text, without macros. */
  static Part parse(String text) {
    FunctionQuery query = new FunctionQuery(text);
    Part part = query.part();
    if (query.at != text.length()) {
      throw query.wrong();
    }
    return part;
  }

  private Part part() {
    char next = text.charAt(at);
    if (Character.isLetter(next)) {
      return call();
    }
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (from == at) {
      throw wrong();
    }
    Result constant = Result.of(Double.parseDouble(text.substring(from, at)));
    return document -> constant;
  }

  private Part call() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    String name = text.substring(from, at);
    expect('(');
    if (name.equals("field")) {
      String field = quoted();
      expect(')');
      return document -> {
        float value = document.getOrDefault(field, Float.NaN);
        return Float.isNaN(value) ? new Result(0, false) : Result.of(value);
      };
    }
    List<Part> parts = new ArrayList<>();
    parts.add(part());
    while (text.charAt(at) == ',') {
      at++;
      parts.add(part());
    }
    expect(')');
    return document -> computed(name, parts, document);
  }

  private Result computed(String name, List<Part> parts, Map<String, Float> document) {
    List<Result> of = parts.stream().map(part -> part.of(document)).toList();
    Result first = of.get(0);
    Result second = of.get(of.size() > 1 ? 1 : 0);
    return switch (name) {
      case "exists" -> Result.of(first.exists());
      case "def" -> first.exists() ? first : second;
      case "if" -> first.isTrue() ? second : of.get(2);
      case "and" -> Result.of(first.isTrue() && second.isTrue());
      case "eq" -> Result.of(Double.compare(first.value(), second.value()) == 0);
      case "lt" -> Result.of(Double.compare(first.value(), second.value()) < 0);
      case "gte" -> Result.of(Double.compare(first.value(), second.value()) >= 0);
      case "ln" -> Result.of(Math.log(first.value()));
      case "sqrt" -> Result.of(Math.sqrt(first.value()));
      case "hypot" -> Result.of(Math.hypot(first.value(), second.value()));
      case "sub" -> Result.of(first.rounded() - second.rounded());
      case "div" -> Result.of(first.rounded() / second.rounded());
      case "max" -> Result.of(Math.max(first.rounded(), second.rounded()));
      case "min" -> Result.of(Math.min(first.rounded(), second.rounded()));
      case "product" -> Result.of(first.rounded() * second.rounded());
      case "sum" -> {
        float sum = 0;
        for (Result each : of) {
          sum += each.rounded();
        }
        yield Result.of(sum);
      }
      default ->
          throw new IllegalArgumentException("Solr's function '%s' is not known".formatted(name));
    };
  }

  private String quoted() {
    expect('"');
    StringBuilder name = new StringBuilder();
    while (text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      name.append(text.charAt(at++));
    }
    at++;
    return name.toString();
  }

  private void expect(char wanted) {
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw wrong();
    }
    at++;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "function query %s cannot be read from character %s on".formatted(text, at));
  }
}
