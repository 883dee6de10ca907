package io.rankline.pipeline;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.record.QueryName;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.pipeline.explanation.HardList;
import io.rankline.pipeline.explanation.ModelStudy;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names the lists that a model ranks worst by a feature that the model does not read. */
final class HardQueries {

  private HardQueries() {}

  /**
   * The study with the names of their queries.
   *
   * @param files of the validation data, in its order
   * @param feature of the context
   */
  static ModelStudy named(
      ModelStudy study, Storage storage, List<Shard> files, RecordFormat format, String feature)
      throws IOException {
    Set<Integer> numbers =
        study.tasks().stream()
            .flatMap(task -> task.worst().stream())
            .map(HardList::number)
            .collect(Collectors.toSet());
    SortedMap<Integer, String> names = new TreeMap<>();
    QueryName query = new QueryName(format, feature);
    int number = 0;
    for (Shard file : files) {
      try (TfRecordReader records =
          new TfRecordReader(
              storage.open(file), file.path(), CorruptRecordPolicy.FAIL, fault -> {})) {
        while (names.size() < numbers.size() && records.advance()) {
          number++;
          String name = numbers.contains(number) ? query.of(records) : null;
          if (name != null) {
            names.put(number, feature + ": " + name);
          }
        }
      }
    }
    return study.withQueries(names);
  }
}
