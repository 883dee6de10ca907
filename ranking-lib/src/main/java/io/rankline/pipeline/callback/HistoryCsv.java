package io.rankline.pipeline.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Epochs as CSV (RFC 4180): a column for each value that any epoch has, empty where it has not. */
final class HistoryCsv {

  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

  private HistoryCsv() {}

  static void write(List<EpochResult> epochs, OutputStream out) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.logs().keySet()));
    List<String> header = new ArrayList<>(List.of("epoch", "step"));
    header.addAll(names);
    header.addAll(
        List.of("lists", "items", "training_seconds", "waiting_seconds", "validating_seconds"));
    StringBuilder text = new StringBuilder();
    line(text, header);
    for (EpochResult epoch : epochs) {
      List<String> fields = new ArrayList<>();
      fields.add(Integer.toString(epoch.epoch()));
      fields.add(Long.toString(epoch.step()));
      for (String name : names) {
        Double value = epoch.logs().get(name);
        fields.add(value == null ? "" : value.toString());
      }
      fields.add(Long.toString(epoch.lists()));
      fields.add(Long.toString(epoch.items()));
      fields.add(Double.toString(epoch.training().toNanos() / 1e9));
      fields.add(Double.toString(epoch.waiting().toNanos() / 1e9));
      fields.add(Double.toString(epoch.validating().toNanos() / 1e9));
      line(text, fields);
    }
    out.write(text.toString().getBytes(UTF_8));
  }

  private static void line(StringBuilder text, List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      text.append(i == 0 ? "" : ",")
          .append(
              NEEDS_QUOTES.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
    text.append("\r\n");
  }
}
