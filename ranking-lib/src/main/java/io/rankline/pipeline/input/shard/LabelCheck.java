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
 * each label told two items of a list apart and a weight was above 0. That is mostly the first
 * list, and all of them only where the answer is an error.
 */
public final class LabelCheck {

  private final String name;
  private final CorruptRecordPolicy policy;
  private final SortedMap<String, Values> labels = new TreeMap<>();
  private long lists;
  private int longest;
  private boolean anyWeight;

  /** What a label was so far. */
  private static final class Values {
    private float most = Float.NEGATIVE_INFINITY;
    private boolean tellApart;
    private long items;
    private long below0;

    /** Whether by now two items of a list had different labels. */
    boolean look(RankingList list, int task) {
      float least = Float.POSITIVE_INFINITY;
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < list.size(); i++) {
        float label = list.label(task, i);
        largest = Math.max(largest, label);
        if (label < 0) {
          below0++;
        } else {
          least = Math.min(least, label);
        }
      }
      items += list.size();
      most = Math.max(most, largest);
      tellApart |= largest > least;
      return tellApart;
    }
  }

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
   *     or no list has two items of different labels, those below 0 left out, or all weights are 0;
   *     or for a damaged record, unless those are skipped
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
    labels.forEach((label, values) -> addProblem(label, values, problems));
    if (longest < 2) {
      problems.add(
          "'%s': none of %s lists has more than one item, so there is nothing to rank; check what tells queries apart"
              .formatted(name, lists));
    }
    if (!anyWeight) {
      problems.add(
          "'%s': no weight is above 0 in any of %s lists, so none of them counts; check what is named as the weight"
              .formatted(name, lists));
    }
    if (!problems.isEmpty()) {
      throw new IOException(String.join("\n", problems));
    }
  }

  /** Whether by now every label has told items of a list apart. */
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
    anyWeight |= hasWeight(list);
    boolean all = anyWeight;
    for (int task = 0; task < list.layout().labels().size(); task++) {
      all &=
          labels
              .computeIfAbsent(list.layout().labels().get(task), label -> new Values())
              .look(list, task);
    }
    return all;
  }

  /** Whether the list, or one of its items, counts at all. */
  private static boolean hasWeight(RankingList list) {
    for (float weight : list.weights()) {
      if (weight > 0) {
        return true;
      }
    }
    return list.weights().length == 0;
  }

  private void addProblem(String label, Values values, List<String> problems) {
    if (values.most < 0) {
      problems.add(
          "'%s': label '%s' has no value of 0 or more in any of %s lists; check its name"
              .formatted(name, label, lists));
    } else if (!(values.most > 0)) {
      problems.add(
          "'%s': label '%s' is not above 0 in any of %s lists, so there is nothing to rank by"
              .formatted(name, label, lists));
    } else if (!values.tellApart && longest > 1) {
      problems.add(
          "'%s': none of %s lists has two items of different label '%s', so there is nothing to rank by%s"
              .formatted(
                  name,
                  lists,
                  label,
                  values.below0 == 0
                      ? ""
                      : "; %s of %s labels are below 0, which leaves their items out: where -1 means not relevant, write 0"
                          .formatted(values.below0, values.items)));
    }
  }
}
