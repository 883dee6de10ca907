package io.rankline.pipeline.report;

import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.EpochResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One row an epoch, the best one marked: values, and beside them what they took. */
final class EpochTable {

  private EpochTable() {}

  static List<Block> of(List<EpochResult> epochs, OptionalInt best) {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.logs().keySet()));
    List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.number("epoch")));
    List<List<String>> values = new ArrayList<>();
    for (String name : names) {
      columns.add(Table.Column.number(name));
      values.add(
          Decimals.aligned(
              epochs.stream().map(epoch -> epoch.value(name).orElse(Double.NaN)).toList()));
    }
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> times = new ArrayList<>();
    for (int e = 0; e < epochs.size(); e++) {
      EpochResult epoch = epochs.get(e);
      int place = e;
      List<String> row = new ArrayList<>(List.of(Integer.toString(epoch.epoch())));
      values.forEach(column -> row.add(column.get(place)));
      rows.add(row);
      times.add(
          List.of(
              Integer.toString(epoch.epoch()),
              String.format(Locale.ROOT, "%,d", epoch.step()),
              String.format(Locale.ROOT, "%,.0f", epoch.listsPerSecond()),
              String.format(Locale.ROOT, "%.1f %%", 100 * epoch.waitingShare()),
              EpochLine.duration(epoch.training()),
              EpochLine.duration(epoch.validating())));
    }
    OptionalInt marked =
        best.isEmpty()
            ? OptionalInt.empty()
            : IntStream.range(0, epochs.size())
                .filter(i -> epochs.get(i).epoch() == best.getAsInt())
                .findFirst();
    List<Table.Column> taken =
        Stream.of("epoch", "step", "lists a second", "waiting for input", "training", "validation")
            .map(Table.Column::number)
            .toList();
    return List.of(new Table(columns, rows, marked), new Table(taken, times, marked));
  }
}
