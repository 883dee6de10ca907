package io.rankline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A note that was run.
 *
 * @param paragraphs from the top
 */
record NoteRun(List<Paragraph> paragraphs) {

  /**
   * A paragraph and what came of it.
   *
   * @param title over it; may be empty
   * @param text its interpreter and code
   * @param status {@code FINISHED} if all is well
   * @param outputs what it shows, from the top
   */
  record Paragraph(String title, String text, String status, List<Output> outputs) {

    /** The name of its interpreter. */
    String interpreter() {
      return text.lines().findFirst().orElse("").replaceFirst("%(\\w+).*", "$1");
    }

    /** The outputs of a type, put together. */
    String shown(String type) {
      StringBuilder shown = new StringBuilder();
      outputs.stream()
          .filter(output -> output.type().equals(type))
          .forEach(output -> shown.append(output.data()));
      return shown.toString();
    }
  }

  /**
   * A part of what a paragraph shows.
   *
   * @param type {@code TEXT}, {@code HTML} or {@code TABLE}
   * @param data a table has a line a row, cells between tabs, the names of columns first
   */
  record Output(String type, String data) {}

  static NoteRun of(JsonNode paragraphs) {
    List<Paragraph> run = new ArrayList<>();
    for (JsonNode paragraph : paragraphs) {
      List<Output> outputs = new ArrayList<>();
      for (JsonNode output : paragraph.path("results").path("msg")) {
        outputs.add(new Output(output.path("type").asText(), output.path("data").asText()));
      }
      run.add(
          new Paragraph(
              paragraph.path("title").asText(),
              paragraph.path("text").asText(),
              paragraph.path("status").asText(),
              outputs));
    }
    return new NoteRun(run);
  }

  /** What the paragraph of that title shows of a type. */
  String shown(String title, String type) {
    return paragraphs.stream()
        .filter(paragraph -> paragraph.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no paragraph '%s'".formatted(title)))
        .shown(type);
  }

  /** Cells of the table of that title, without the names of columns. */
  List<List<String>> rows(String title) {
    return shown(title, "TABLE")
        .lines()
        .skip(1)
        .map(row -> Arrays.asList(row.split("\t", -1)))
        .toList();
  }
}
