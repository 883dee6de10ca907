package io.rankline.spark.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Numbers in JSON, which has no word for those that do not exist. */
public final class JsonNumbers {

  private JsonNumbers() {}

  /** The number, or null for what is not finite, such as the mean of no list. */
  public static JsonNode of(double value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return Double.isFinite(value) ? nodes.numberNode(value) : nodes.nullNode();
  }
}
