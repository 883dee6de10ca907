package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered to a request. */
record GcsAnswer(int status, Map<String, String> headers, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static GcsAnswer json(JsonNode node) {
    return new GcsAnswer(
        200,
        Map.of("Content-Type", "application/json"),
        node.toString().getBytes(StandardCharsets.UTF_8));
  }

  static GcsAnswer fault(int status, String reason) {
    ObjectNode error = JSON.createObjectNode();
    ObjectNode said = error.putObject("error").put("code", status).put("message", reason);
    said.putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("message", reason)
        .put("reason", status == 404 ? "notFound" : reason);
    return new GcsAnswer(
        status,
        Map.of("Content-Type", "application/json"),
        error.toString().getBytes(StandardCharsets.UTF_8));
  }
}
