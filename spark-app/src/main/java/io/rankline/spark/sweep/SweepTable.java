package io.rankline.spark.sweep;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rankline.config.sweep.SweepParameter;
import io.rankline.config.sweep.SweepPlan;
import io.rankline.io.Folder;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.Monitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of a sweep as files: {@code sweep.json} and {@code sweep.csv}.
 *
 * @param plan what was swept
 * @param monitor what trials are ranked by
 * @param ranked the best trial first
 */
public record SweepTable(SweepPlan plan, Monitor monitor, List<TrialResult> ranked) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  public SweepTable {
    ranked = ranked.stream().sorted(TrialResult.bestFirst(monitor)).toList();
  }

  /** Writes both files. */
  public void writeTo(Folder folder) throws IOException {
    folder.create();
    byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json());
    folder.write("sweep.json", out -> out.write(json));
    byte[] csv = csv().getBytes(StandardCharsets.UTF_8);
    folder.write("sweep.csv", out -> out.write(csv));
  }

  private ObjectNode json() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("ranked_by", monitor.name())
        .put("better", monitor.better().name().toLowerCase(Locale.ROOT));
    ArrayNode groups = root.putArray("groups");
    for (SweepGroups.Group group : SweepGroups.of(this).groups()) {
      ObjectNode node = groups.addObject();
      ObjectNode parameters = node.putObject("parameters");
      group.values().forEach(parameters::put);
      node.put("runs", group.runs()).put("mean", group.mean());
      if (group.runs() > 1) {
        node.put("standard_error", group.standardError());
      }
    }
    ArrayNode trials = root.putArray("trials");
    for (TrialResult result : ranked) {
      ObjectNode trial = trials.addObject();
      ObjectNode parameters = trial.putObject("parameters");
      result.trial().values().forEach(parameters::put);
      result.value(monitor).ifPresent(value -> trial.put("value", value));
      Optional<EpochResult> best = result.best(monitor);
      best.ifPresent(
          epoch -> {
            trial.put("epoch", epoch.epoch());
            ObjectNode logs = trial.putObject("logs");
            epoch.logs().forEach(logs::put);
          });
      trial
          .put("epochs", result.epochs().size())
          .put("seconds", result.time().toMillis() / 1e3)
          .put("model_dir", result.modelDir())
          .put("failure", result.failure());
    }
    return root;
  }

  private String csv() {
    List<String> head = new ArrayList<>(List.of("rank"));
    plan.parameters().stream().map(SweepParameter::key).forEach(head::add);
    head.addAll(List.of(monitor.name(), "epoch", "epochs", "seconds", "failure", "model_dir"));
    StringBuilder text = new StringBuilder();
    append(text, head);
    for (int rank = 0; rank < ranked.size(); rank++) {
      TrialResult result = ranked.get(rank);
      Map<String, String> values = result.trial().values();
      List<String> row = new ArrayList<>(List.of(Integer.toString(rank + 1)));
      plan.parameters().forEach(each -> row.add(values.getOrDefault(each.key(), "")));
      row.add(result.value(monitor).isPresent() ? "" + result.value(monitor).getAsDouble() : "");
      row.add(result.best(monitor).map(epoch -> "" + epoch.epoch()).orElse(""));
      row.add("" + result.epochs().size());
      row.add("" + result.time().toMillis() / 1e3);
      row.add(result.failure());
      row.add(result.modelDir());
      append(text, row);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> cells) {
    for (int c = 0; c < cells.size(); c++) {
      String cell = cells.get(c);
      boolean quoted = cell.chars().anyMatch(letter -> ",\"\n\r".indexOf(letter) >= 0);
      text.append(c == 0 ? "" : ",")
          .append(quoted ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
    }
    text.append('\n');
  }
}
