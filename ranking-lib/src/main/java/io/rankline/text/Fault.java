package io.rankline.text;

import java.io.Serializable;

/**
 * One thing that is wrong with a text or with values given in Java.
 *
 * @param place where it stands, {@code run.conf: 12}; empty for values that come from no text
 * @param key dotted name of the value, {@code model.scorer.dropout}; empty for the whole
 * @param rule what follows the key: {@code must be in [0, 1), got 1.5}. It starts with a colon
 *     where it is a sentence of its own
 */
public record Fault(String place, String key, String rule) implements Serializable {

  /** A fault of values that come from no text. */
  public static Fault of(String key, String rule) {
    return new Fault("", key, rule);
  }

  /** A fault that has no key, or has it in the sentence. */
  public static Fault ofSentence(String sentence) {
    return new Fault("", "", sentence);
  }

  /** The same of another key. */
  public Fault at(String otherKey) {
    return new Fault(place, otherKey, rule);
  }

  /** The fault as one line: place, key and rule. */
  public String line() {
    StringBuilder line = new StringBuilder();
    if (!place.isEmpty()) {
      line.append(place).append(": ");
    }
    line.append(key);
    if (!key.isEmpty() && !rule.startsWith(":")) {
      line.append(' ');
    }
    return line.append(rule).toString();
  }

  @Override
  public String toString() {
    return line();
  }
}
