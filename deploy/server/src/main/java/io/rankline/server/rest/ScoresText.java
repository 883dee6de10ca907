package io.rankline.server.rest;

import io.rankline.server.json.JsonWriter;
import io.rankline.server.signature.Scores;
import java.util.Map;
import java.util.SortedMap;

/** Scores in JSON, in rows or in columns. */
final class ScoresText {

  private ScoresText() {}

  /** A row of all outputs after the other. */
  static byte[] inRows(Scores scores) {
    SortedMap<String, float[][]> outputs = scores.outputs();
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
        write(json, output.getValue()[row], scores.single());
      }
      json.arraysOverLines();
      if (several) {
        json.endObject();
      }
    }
    return json.endArray().endObject().toBytes();
  }

  /** One output after the other. */
  static byte[] inColumns(Scores scores) {
    SortedMap<String, float[][]> outputs = scores.outputs();
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
        write(json, row, scores.single());
      }
      json.endArray();
    }
    if (several) {
      json.endObject();
    }
    return json.endObject().toBytes();
  }

  private static void write(JsonWriter json, float[] row, boolean single) {
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
