package io.rankline.server.rest;

import io.rankline.server.json.JsonWriter;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a signature answered.
 *
 * @param outputs rows of each output, in the order of the request
 * @param single whether a row is one number, without brackets
 * @param items how many scores there are in an output
 */
record Scores(SortedMap<String, float[][]> outputs, boolean single, long items) {

  /** A row of all outputs after the other. */
  byte[] inRows() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("predictions").beginArray();
    boolean several = outputs.size() > 1;
    int rows = outputs.values().iterator().next().length;
    for (int row = 0; row < rows; row++) {
      if (several) {
        json.beginObject();
      }
      json.arraysOnOneLine();
      for (Map.Entry<String, float[][]> output : outputs.entrySet()) {
        if (several) {
          json.name(output.getKey());
        }
        write(json, output.getValue()[row]);
      }
      json.arraysOverLines();
      if (several) {
        json.endObject();
      }
    }
    return json.endArray().endObject().toBytes();
  }

  /** One output after the other. */
  byte[] inColumns() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("outputs");
    boolean several = outputs.size() > 1;
    if (several) {
      json.beginObject();
    }
    for (Map.Entry<String, float[][]> output : outputs.entrySet()) {
      if (several) {
        json.name(output.getKey());
      }
      json.beginArray();
      for (float[] row : output.getValue()) {
        write(json, row);
      }
      json.endArray();
    }
    if (several) {
      json.endObject();
    }
    return json.endObject().toBytes();
  }

  private void write(JsonWriter json, float[] row) {
    if (single) {
      json.number(row[0]);
      return;
    }
    json.beginArray();
    for (float value : row) {
      json.number(value);
    }
    json.endArray();
  }
}
