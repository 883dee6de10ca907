package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.InputCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Lists for tests of models: C context and F example features, and labels that depend on them. */
public final class ModelLists {

  private final RecordSpec spec;
  private final SplittableRandom random;

  /**
   * Lists with that many context and example features and these labels; equal seeds, equal lists.
   */
  public ModelLists(long seed, int contextFeatures, int exampleFeatures, String... labels) {
    TreeMap<String, FeatureSpec> context = new TreeMap<>();
    TreeMap<String, FeatureSpec> examples = new TreeMap<>();
    for (int c = 0; c < contextFeatures; c++) {
      context.put("query_" + c, FixedLenFeature.float32(1));
    }
    for (int f = 0; f < exampleFeatures; f++) {
      examples.put("item_" + f, FixedLenFeature.float32(1));
    }
    LabelSpec[] labelSpecs = new LabelSpec[labels.length];
    for (int t = 0; t < labels.length; t++) {
      labelSpecs[t] = LabelSpec.of(labels[t], FixedLenFeature.float32(1).withDefault(-1f));
    }
    spec = RecordSpec.of(context, examples).withLabels(labelSpecs);
    random = new SplittableRandom(seed);
  }

  /** What the lists hold. */
  public RecordSpec spec() {
    return spec;
  }

  /** Declares their features. */
  public InputCreator inputCreator() {
    return new FeatureSpecInputCreator(spec.context(), spec.examples());
  }

  /** A list of that many items. The label of task t grows with feature t. */
  public RankingList list(int size) {
    int c = spec.context().size();
    int f = spec.examples().size();
    int tasks = spec.labels().size();
    float[] context = floats(c);
    float[] examples = floats(size * f);
    float[] labels = new float[tasks * size];
    for (int t = 0; t < tasks; t++) {
      for (int i = 0; i < size; i++) {
        labels[t * size + i] = Math.max(0, Math.round(2 * examples[i * f + t % f]));
      }
    }
    return new RankingList(
        spec.layout(), size, size, context, examples, labels, new float[0], List.of(), List.of());
  }

  /** Lists of 1 to {@code longest} items. */
  public List<RankingList> lists(int count, int longest) {
    List<RankingList> lists = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      lists.add(list(1 + random.nextInt(longest)));
    }
    return lists;
  }

  /** A batch of lists of 1 to {@code longest} items, padded to {@code listSize}. */
  public ListBatch batch(int count, int longest, int listSize) {
    return new ListBatcher(new ListSize(listSize)).batch(lists(count, longest));
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }
}
