package io.rankline.pipeline.input.shard;

import io.rankline.data.WeightLayout;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.DatasetReader;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.text.KnownNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses a feature that no record holds: its default would make a constant of it, and mostly its
 * name is a slip of the pen. Reads records until each feature was there once. That is mostly the
 * first one, and many of them only where the answer is an error.
 *
 * <p>An id that no LibSVM line has is a feature that is 0, and no fault.
 */
final class FeatureCheck implements RecordWalker.Visitor {

  /**
   * A feature that is in none of so many lists is as good as missing, and all data may be large.
   */
  private static final long MOST_LISTS = 10_000;

  /** Names that an error proposes. */
  private static final int PROPOSED = 3;

  private final DatasetFiles files;
  private final boolean itemsHoldContext;
  private final Set<String> context = new TreeSet<>();
  private final Set<String> examples = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private long lists;

  FeatureCheck(DatasetFiles files) {
    this.files = files;
    RecordSpec spec = files.recordSpec();
    context.addAll(spec.context().keySet());
    examples.addAll(spec.examples().keySet());
    WeightSpec weight = spec.weight();
    if (weight != null) {
      (weight.scope() == WeightLayout.PER_LIST ? context : examples).add(weight.name());
    }
    itemsHoldContext = files.settings().hparams().format() == RecordFormat.TF_EXAMPLE;
  }

  /**
   * Reads files.
   *
   * @throws IOException if a feature is in none of them; or for a damaged record, unless those are
   *     skipped
   */
  void check(Storage storage) throws IOException {
    InputSettings settings = files.settings();
    if (settings.hparams().datasetReader() == DatasetReader.LIBSVM
        || settings.hparams().allowAbsentFeatures()) {
      return;
    }
    boolean all = true;
    for (Shard file : files.files()) {
      all &= read(storage, file);
      if (context.isEmpty() && examples.isEmpty()) {
        return;
      }
      if (!all) {
        break;
      }
    }
    if (lists > 0) {
      List<String> problems = new ArrayList<>();
      for (String name : context) {
        problems.add(problem(name, "context", all));
      }
      for (String name : examples) {
        problems.add(problem(name, "items", all));
      }
      throw new IOException(String.join("\n", problems));
    }
  }

  /** Whether the file was read to its end, or far enough. */
  private boolean read(Storage storage, Shard file) throws IOException {
    RecordWalker walker = new RecordWalker(files.settings().hparams().format());
    try (TfRecordReader records =
        new TfRecordReader(
            storage.open(file), file.path(), files.settings().onCorruptRecord(), fault -> {})) {
      while (records.advance()) {
        if (context.isEmpty() && examples.isEmpty()) {
          return true;
        }
        if (lists == MOST_LISTS) {
          return false;
        }
        try {
          walker.walk(records.buffer(), records.offset(), records.length(), this);
          lists++;
        } catch (CorruptRecordException fault) {
          records.reject(fault);
        }
      }
    }
    return true;
  }

  @Override
  public void startList(int items) {}

  @Override
  public void feature(int item, String name, FeatureValues values) {
    if (values.dtype() == null || values.count() == 0) {
      return;
    }
    boolean found = false;
    if (item == RecordWalker.CONTEXT || itemsHoldContext) {
      found = context.remove(name);
    }
    if (item != RecordWalker.CONTEXT) {
      found |= examples.remove(name);
    }
    if (!found) {
      unknown.add(name);
    }
  }

  private String problem(String name, String scope, boolean all) {
    RecordSpec spec = files.recordSpec().labelsAsFeatures();
    List<String> others =
        KnownNames.nearestFirst(name, unknown).stream()
            .filter(other -> !spec.context().containsKey(other))
            .filter(other -> !spec.examples().containsKey(other))
            .limit(PROPOSED)
            .toList();
    String place =
        unknown.contains(name)
            ? "; it is a feature of the " + (scope.equals("context") ? "items" : "context")
            : others.isEmpty() ? "" : "; there is '%s'".formatted(String.join("', '", others));
    return "'%s': feature '%s' of the %s is in none of the%s %s lists%s. If that is meant, data.allow_absent_features = true gives all its default"
        .formatted(files.settings().name(), name, scope, all ? "" : " first", lists, place);
  }
}
