package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a driver tells Prometheus, against what documents, alerts and dashboard name. */
final class Metrics {

  private static final Pattern LINE =
      Pattern.compile("(metrics_\\w+)\\{type=\"gauges\"\\} (\\S+)", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("metrics_rankline_driver_rankline_\\w+");
  private static final Pattern DOCUMENTED = Pattern.compile("`(rankline_(training|workers)_\\w+)`");

  private Metrics() {}

  /** Every name is told, every number is one, and what is told is documented. */
  static void requireThoseOfDocuments(String scraped) throws IOException {
    Map<String, Double> told = new TreeMap<>();
    LINE.matcher(scraped)
        .results()
        .forEach(line -> told.put(line.group(1), Double.valueOf(line.group(2))));
    for (String file : new String[] {"alerts.yaml", "dashboard.json"}) {
      String text = Files.readString(Built.inRepository("deploy/watching/" + file));
      assertThat(NAME.matcher(text).results().map(MatchResult::group))
          .as(file)
          .isNotEmpty()
          .allMatch(told::containsKey);
    }
    String page = Files.readString(Built.inRepository("docs/operations.md"));
    assertThat(
            DOCUMENTED
                .matcher(page)
                .results()
                .map(name -> "metrics_rankline_driver_%s_Value".formatted(name.group(1))))
        .containsExactlyInAnyOrderElementsOf(
            told.keySet().stream()
                .filter(name -> name.matches("metrics_rankline_driver_rankline_\\w+_Value"))
                .toList());
    assertThat(told)
        .containsEntry(value("training_epochs"), 12.0)
        .containsEntry(value("workers_workers"), 2.0)
        .containsEntry(value("training_skipped_records"), 0.0);
    assertThat(told.get(value("training_epoch"))).isBetween(3.0, 12.0);
    // Of one batch, within an epoch: some have few relevant items.
    assertThat(told.get(value("training_loss"))).isBetween(1.0, 40.0);
    assertThat(told.get(value("training_lists_per_second"))).isPositive();
    assertThat(told.get(value("training_checkpoint_age_seconds"))).isBetween(0.0, 60.0);
    assertThat(told.get(value("workers_all_reduce_share"))).isBetween(0.0, 1.0);
  }

  /** Rules have expressions, panels have queries, and both are well formed. */
  static void requireWellFormed() throws IOException {
    JsonNode rules =
        Manifests.read(Built.inRepository("deploy/watching/alerts.yaml"))
            .get(0)
            .at("/groups/0/rules");
    assertThat(rules).hasSize(6);
    for (JsonNode rule : rules) {
      assertThat(rule.at("/expr").asText()).matches(NAME.pattern() + "\\{type=\"gauges\"\\} .*");
      assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
      assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
    }
    JsonNode board = Manifests.read(Built.inRepository("deploy/watching/dashboard.json")).get(0);
    assertThat(board.get("panels")).hasSize(6);
    for (JsonNode panel : board.get("panels")) {
      assertThat(panel.get("targets")).isNotEmpty();
    }
  }

  private static String value(String name) {
    return "metrics_rankline_driver_rankline_%s_Value".formatted(name);
  }
}
