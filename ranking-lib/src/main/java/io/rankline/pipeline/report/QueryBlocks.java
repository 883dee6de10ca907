package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.explanation.Contest;
import io.rankline.pipeline.explanation.GradeScores;
import io.rankline.pipeline.explanation.HardList;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.explanation.TaskStudy;
import io.rankline.pipeline.report.BarChart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How the model fares list by list. */
final class QueryBlocks {

  /** Bars of differences, from -1 to 1 where a metric lies between 0 and 1. */
  private static final int BARS = 20;

  private QueryBlocks() {}

  static List<Block> of(ModelStudy study) {
    List<Block> charts = new ArrayList<>();
    List<Block> texts = new ArrayList<>();
    for (TaskStudy task : study.tasks()) {
      String of = study.tasks().size() == 1 ? "" : ", " + task.task();
      if (!task.grades().isEmpty()) {
        charts.add(grades(task, of));
      }
      for (Contest contest : task.contests()) {
        charts.add(differences(contest, of));
        texts.add(
            new Paragraph(
                String.format(
                    Locale.ROOT,
                    "Against the %s%s, by %s: better in %,d lists, worse in %,d, equal in %,d.",
                    contest.opponent(),
                    of,
                    contest.metric(),
                    contest.wins(),
                    contest.losses(),
                    contest.ties())));
      }
    }
    for (TaskStudy task : study.tasks()) {
      if (!task.worst().isEmpty()) {
        texts.add(worst(task, study.tasks().size() == 1 ? "" : ", " + task.task()));
      }
    }
    if (study.tasks().stream().anyMatch(task -> !task.worst().isEmpty())) {
      texts.add(
          new Paragraph(
              "The lists that the model ranks worst, by their place in the validation data, from 1;"
                  + " those without relevant items left out. \"evaluate\" with --per-query FILE"
                  + " writes every list."));
    }
    charts.addAll(texts);
    return charts;
  }

  private static Table worst(TaskStudy task, String of) {
    boolean named = task.worst().stream().anyMatch(list -> !list.query().isEmpty());
    List<Table.Column> columns =
        new ArrayList<>(
            List.of(
                Table.Column.number("list" + of),
                Table.Column.number("items"),
                Table.Column.number(task.metric()),
                Table.Column.text("labels as the model ranks them"),
                Table.Column.number("rank of the best")));
    if (named) {
      columns.add(Table.Column.text("query"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (HardList list : task.worst()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  String.format(Locale.ROOT, "%,d", list.number()),
                  Integer.toString(list.items()),
                  String.format(Locale.ROOT, "%.4f", list.value()),
                  list.ranked().stream()
                          .map(label -> EpochLine.number(label))
                          .collect(Collectors.joining(" "))
                      + (list.items() > list.ranked().size() ? " …" : ""),
                  Integer.toString(list.best())));
      if (named) {
        row.add(list.query());
      }
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  private static LineChart grades(TaskStudy task, String of) {
    double[] labels = task.grades().stream().mapToDouble(GradeScores::label).toArray();
    return new LineChart(
        "Scores by label" + of + ", less the mean of the list",
        "label",
        List.of(
            series("9 of 10 items below", labels, task, GradeScores::high),
            series("half of the items below", labels, task, GradeScores::median),
            series("1 of 10 items below", labels, task, GradeScores::low)));
  }

  private static LineChart.Series series(
      String name, double[] labels, TaskStudy task, ToDoubleFunction<GradeScores> value) {
    return new LineChart.Series(name, labels, task.grades().stream().mapToDouble(value).toArray());
  }

  private static BarChart differences(Contest contest, String of) {
    double[] sorted = contest.differences().clone();
    Arrays.sort(sorted);
    double least = sorted.length == 0 ? 0 : Math.min(0, sorted[0]);
    double most = sorted.length == 0 ? 0 : Math.max(0, sorted[sorted.length - 1]);
    double widest = Math.max(-least, most);
    double width = widest <= 1 ? 0.1 : widest / (BARS / 2);
    // Bars lie around multiples of the width, so that no difference at all has its own.
    int low = (int) Math.round(least / width);
    double[] counts = new double[(int) Math.round(most / width) - low + 1];
    for (double difference : sorted) {
      counts[(int) Math.round(difference / width) - low]++;
    }
    List<String> places = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      places.add(
          String.format(Locale.ROOT, "%+.1f", (k + low) * width)
              .replaceFirst("^[+-](0\\.0)$", "0"));
      notes.add(String.format(Locale.ROOT, "about %s: %,.0f lists", places.get(k), counts[k]));
    }
    return new BarChart(
        "Lists by gain over the %s%s".formatted(contest.opponent(), of),
        contest.metric() + " gained",
        places,
        List.of(new Series("lists", counts, notes)));
  }
}
