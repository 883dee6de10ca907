package io.rankline.pipeline.report;

import io.rankline.metric.evaluation.Evaluation;
import io.rankline.pipeline.explanation.Baseline;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.explanation.TaskStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** The model's metrics on the validation data beside those of orders without it. */
final class BaselineTable {

  private BaselineTable() {}

  static List<Block> of(ModelStudy study) {
    List<Block> blocks = new ArrayList<>();
    for (TaskStudy task : study.tasks()) {
      Set<String> metrics = task.model().evaluation().means().keySet();
      String head = "on the validation data";
      List<Table.Column> columns =
          new ArrayList<>(
              List.of(
                  Table.Column.text(study.tasks().size() == 1 ? head : head + ", " + task.task())));
      metrics.forEach(metric -> columns.add(Table.Column.number(metric)));
      List<List<String>> rows = new ArrayList<>();
      rows.add(row(task.model(), metrics));
      task.baselines().forEach(baseline -> rows.add(row(baseline, metrics)));
      blocks.add(new Table(columns, rows, OptionalInt.of(0)));
    }
    return blocks;
  }

  private static List<String> row(Baseline baseline, Set<String> metrics) {
    List<String> row = new ArrayList<>(List.of(baseline.name()));
    Evaluation found = baseline.evaluation();
    for (String metric : metrics) {
      OptionalDouble value = found.value(metric);
      row.add(value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "none");
    }
    return row;
  }
}
