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

/** One row an epoch, the best one marked. */
final class EpochTable {

  private EpochTable() {}

  static Table of(List<EpochResult> epochs, OptionalInt best) {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.logs().keySet()));
    List<Table.Column> columns = new ArrayList<>();
    columns.add(Table.Column.number("epoch"));
    columns.add(Table.Column.number("step"));
    names.forEach(name -> columns.add(Table.Column.number(name)));
    columns.add(Table.Column.number("lists/s"));
    columns.add(Table.Column.number("waiting"));
    columns.add(Table.Column.number("training"));
    columns.add(Table.Column.number("validation"));
    List<List<String>> rows = new ArrayList<>();
    for (EpochResult epoch : epochs) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(epoch.epoch()));
      row.add(String.format(Locale.ROOT, "%,d", epoch.step()));
      for (String name : names) {
        Double value = epoch.logs().get(name);
        row.add(value == null ? "" : EpochLine.number(value));
      }
      row.add(String.format(Locale.ROOT, "%,.0f", epoch.listsPerSecond()));
      row.add(String.format(Locale.ROOT, "%.1f %%", 100 * epoch.waitingShare()));
      row.add(EpochLine.duration(epoch.training()));
      row.add(EpochLine.duration(epoch.validating()));
      rows.add(row);
    }
    OptionalInt marked =
        best.isEmpty()
            ? OptionalInt.empty()
            : IntStream.range(0, epochs.size())
                .filter(i -> epochs.get(i).epoch() == best.getAsInt())
                .findFirst();
    return new Table(columns, rows, marked);
  }
}
