package io.rankline.pipeline.input.shard;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Refuses data that there is nothing to learn from, before any step is taken: it reads lists until
 * each label had a value above 0, and one had several items. That is mostly the first list, and all
 * of them only where the answer is an error.
 */
public final class LabelCheck {

  private final String name;
  private final CorruptRecordPolicy policy;
  private final SortedMap<String, Float> largest = new TreeMap<>();
  private long lists;
  private int longest;

  /**
   * A check.
   *
   * @param name of the data, for messages
   * @param policy what a damaged record does
   */
  public LabelCheck(String name, CorruptRecordPolicy policy) {
    this.name = name;
    this.policy = policy;
  }

  /**
   * Reads lists.
   *
   * @param prepare what is done to a list after it is decoded
   * @throws IOException if there is no list, a label has no value in any of them, or none above 0,
   *     or every list has a single item; or for a damaged record, unless those are skipped
   */
  public void check(List<ListShard> shards, UnaryOperator<RankingList> prepare) throws IOException {
    for (ListShard shard : shards) {
      try (RecordCursor records = shard.open(fault -> {})) {
        while (records.advance()) {
          if (look(records.take(), prepare)) {
            return;
          }
        }
      }
    }
    if (lists == 0) {
      throw new IOException(
          "'%s' holds no list that can be read (%s files)".formatted(name, shards.size()));
    }
    List<String> problems = new ArrayList<>();
    largest.forEach((label, value) -> addProblem(label, value, problems));
    if (longest < 2) {
      problems.add(
          "'%s': none of %s lists has more than one item, so there is nothing to rank; check what tells queries apart"
              .formatted(name, lists));
    }
    if (!problems.isEmpty()) {
      throw new IOException(String.join("\n", problems));
    }
  }

  /** Whether by now every label was above 0 somewhere, and a list had several items. */
  private boolean look(PendingList record, UnaryOperator<RankingList> prepare)
      throws CorruptRecordException {
    RankingList list;
    try {
      list = prepare.apply(record.decode());
    } catch (CorruptRecordException fault) {
      if (policy == CorruptRecordPolicy.FAIL) {
        throw fault;
      }
      return false;
    } catch (IllegalArgumentException e) {
      if (policy == CorruptRecordPolicy.FAIL) {
        throw record.refused(e);
      }
      return false;
    }
    lists++;
    longest = Math.max(longest, list.originalSize());
    boolean all = longest > 1;
    for (int task = 0; task < list.layout().labels().size(); task++) {
      float most = largest.merge(list.layout().labels().get(task), most(list, task), Math::max);
      all &= most > 0;
    }
    return all;
  }

  private static float most(RankingList list, int task) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < list.size(); i++) {
      most = Math.max(most, list.label(task, i));
    }
    return most;
  }

  private void addProblem(String label, float value, List<String> problems) {
    if (value < 0) {
      problems.add(
          "'%s': label '%s' has no value of 0 or more in any of %s lists; check its name"
              .formatted(name, label, lists));
    } else if (!(value > 0)) {
      problems.add(
          "'%s': label '%s' is not above 0 in any of %s lists, so there is nothing to rank by"
              .formatted(name, label, lists));
    }
  }
}
