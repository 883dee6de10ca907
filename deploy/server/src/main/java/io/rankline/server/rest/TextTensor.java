package io.rankline.server.rest;

import io.rankline.server.json.Json;
import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonText;
import io.rankline.server.status.RequestFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A tensor of strings as JSON has it: a text, base64, or lists of them, every one as long as the
 * first of its level.
 *
 * @param shape sizes of the lists, from the outermost on
 * @param values all strings in the order of the text
 */
record TextTensor(List<Integer> shape, List<ByteBuffer> values) {

  static TextTensor of(Json json) throws RequestFault {
    TextTensor tensor = new TextTensor(new ArrayList<>(), new ArrayList<>());
    for (Json level = json; level instanceof JsonArray array; level = array.values().get(0)) {
      tensor.shape.add(array.values().size());
      if (array.values().isEmpty()) {
        break;
      }
    }
    tensor.fill(json, 0);
    return tensor;
  }

  /** The shape as messages have it: {@code [2,1]}. */
  String shapeText() {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  private void fill(Json json, int level) throws RequestFault {
    if (!(json instanceof JsonArray array)) {
      if (level != shape.size()) {
        throw RequestFault.invalid(
            "JSON Value: %s found at incorrect level: %s in the JSON DOM. Expected at level: %s"
                .formatted(RequestText.shown(json), level + 1, shape.size()));
      }
      values.add(string(json));
      return;
    }
    if (level >= shape.size()) {
      throw RequestFault.invalid(
          "Encountered list at unexpected level: %s expected < %s".formatted(level, shape.size()));
    }
    int size = array.values().size();
    if (size != shape.get(level)) {
      throw RequestFault.invalid(
          "Encountered list at unexpected size: %s at level: %s expected size: %s"
              .formatted(size, level, shape.get(level)));
    }
    for (Json element : array.values()) {
      fill(element, level + 1);
    }
  }

  private static ByteBuffer string(Json json) throws RequestFault {
    if (json instanceof JsonText text) {
      return text.window();
    }
    if (RequestText.isBase64(json)) {
      return RequestText.base64(json);
    }
    throw json instanceof JsonObject
        ? RequestText.wrong(json, "not formatted correctly for base64 data")
        : RequestText.wrongType(json, "string");
  }
}
