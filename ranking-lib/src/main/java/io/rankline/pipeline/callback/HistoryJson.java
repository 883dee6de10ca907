package io.rankline.pipeline.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rankline.io.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Epochs as JSON. Numbers that JSON has no word for are the texts {@code "NaN"}, {@code "Infinity"}
 * and {@code "-Infinity"}.
 */
final class HistoryJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private HistoryJson() {}

  static void write(List<EpochResult> epochs, OutputStream out) throws IOException {
    ObjectNode history = MAPPER.createObjectNode();
    ArrayNode entries = history.putArray("epochs");
    for (EpochResult epoch : epochs) {
      ObjectNode entry = entries.addObject();
      entry.put("epoch", epoch.epoch()).put("step", epoch.step());
      ObjectNode logs = entry.putObject("logs");
      epoch.logs().forEach(logs::put);
      entry
          .put("lists", epoch.lists())
          .put("items", epoch.items())
          .put("training_seconds", seconds(epoch.training()))
          .put("waiting_seconds", seconds(epoch.waiting()))
          .put("validating_seconds", seconds(epoch.validating()));
    }
    out.write(MAPPER.writeValueAsBytes(history));
  }

  static List<EpochResult> read(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      List<EpochResult> epochs = new ArrayList<>();
      for (JsonNode entry : MAPPER.readTree(in).required("epochs")) {
        epochs.add(epoch(entry));
      }
      return epochs;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(
          "%s/%s is no history of epochs: %s".formatted(folder.path(), name, e.getMessage()), e);
    }
  }

  private static EpochResult epoch(JsonNode entry) {
    Map<String, Double> logs = new LinkedHashMap<>();
    entry
        .required("logs")
        .fields()
        .forEachRemaining(value -> logs.put(value.getKey(), number(value.getValue())));
    return new EpochResult(
        entry.required("epoch").asInt(),
        entry.required("step").asLong(),
        logs,
        entry.required("lists").asLong(),
        entry.required("items").asLong(),
        duration(entry.required("training_seconds")),
        duration(entry.required("waiting_seconds")),
        duration(entry.required("validating_seconds")));
  }

  private static double number(JsonNode value) {
    return Double.parseDouble(value.asText());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Duration duration(JsonNode seconds) {
    return Duration.ofNanos(Math.round(number(seconds) * 1e9));
  }
}
