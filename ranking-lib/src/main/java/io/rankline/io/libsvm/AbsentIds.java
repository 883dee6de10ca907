package io.rankline.io.libsvm;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.MissingFeatures;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the features of a spec whose id no LibSVM line has. Lines may leave out zeros, so that a
 * column of zeros looks the same; a spec of which no id is there is a mistake. Reads lines until
 * each id was there once.
 */
public final class AbsentIds {

  /** An id that is in none of so many lines is as good as missing, and all data may be large. */
  private static final long MOST_LINES = 200_000;

  /** Features that are named; there may be hundreds. */
  private static final int MOST_NAMED = 10;

  private final SortedMap<Integer, String> absent = new TreeMap<>();
  private final int wanted;
  private long lines;
  private boolean all = true;

  private AbsentIds(RecordSpec spec) {
    for (Map.Entry<String, FeatureSpec> feature : spec.examples().entrySet()) {
      absent.put(LibSvmSpecLists.id(feature.getKey(), feature.getValue()), feature.getKey());
    }
    wanted = absent.size();
  }

  /**
   * Looks for such features; finds none where there is no line.
   *
   * @param spec of features that are named after ids
   * @param policy what a line does that does not follow the format
   * @throws IOException if a file cannot be read; or for such a line, unless those are skipped
   * @throws IllegalArgumentException for a feature that no LibSVM file can hold
   */
  public static MissingFeatures find(
      Storage storage,
      List<Shard> files,
      RecordSpec spec,
      LibSvmLayout layout,
      CorruptRecordPolicy policy)
      throws IOException {
    AbsentIds ids = new AbsentIds(spec);
    for (Shard file : files) {
      for (String path : file.paths()) {
        ids.read(storage, path, layout, policy);
      }
    }
    return ids.found();
  }

  private void read(Storage storage, String path, LibSvmLayout layout, CorruptRecordPolicy policy)
      throws IOException {
    if (absent.isEmpty() || !all) {
      return;
    }
    try (LibSvmReader reader = LibSvmReader.open(storage, path, layout, policy, fault -> {})) {
      LibSvmItem item;
      while (!absent.isEmpty() && (item = reader.next()) != null) {
        if (lines == MOST_LINES) {
          all = false;
          return;
        }
        lines++;
        for (int id : item.ids()) {
          absent.remove(id);
        }
      }
    }
  }

  private MissingFeatures found() {
    if (lines == 0 || absent.isEmpty()) {
      return new MissingFeatures(List.of(), false);
    }
    int more = absent.size() - MOST_NAMED;
    String names =
        absent.values().stream()
            .limit(MOST_NAMED)
            .collect(
                Collectors.joining("', '", "'", more > 0 ? "' and %s more".formatted(more) : "'"));
    return new MissingFeatures(
        List.of(
            "none of the %s%s lines has the id of %s".formatted(all ? "" : "first ", lines, names)),
        all && absent.size() == wanted);
  }
}
