package io.rankline.model.benchmark;

import io.rankline.data.ListBatch;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A batch of random features and labels in five grades. */
final class StepBatch {

  private static final int GRADES = 5;

  private StepBatch() {}

  static Map<String, FeatureSpec> features(StepSpec spec) {
    Map<String, FeatureSpec> features = new TreeMap<>();
    for (int i = 1; i <= spec.features(); i++) {
      features.put("custom_features_" + i, FixedLenFeature.float32(1).withDefault(0f));
    }
    return features;
  }

  static ListBatch of(StepSpec spec, long seed) {
    int slots = spec.lists() * spec.listSize();
    SplittableRandom random = new SplittableRandom(seed);
    float[] examples = new float[slots * spec.features()];
    float[] labels = new float[slots];
    boolean[] mask = new boolean[slots];
    int[] sizes = new int[spec.lists()];
    Arrays.fill(labels, ListBatch.PADDING_LABEL);
    for (int b = 0; b < spec.lists(); b++) {
      sizes[b] = spec.validItems(b);
      for (int i = 0; i < sizes[b]; i++) {
        int slot = b * spec.listSize() + i;
        mask[slot] = true;
        labels[slot] = random.nextInt(GRADES);
        for (int f = 0; f < spec.features(); f++) {
          examples[slot * spec.features() + f] = (float) random.nextDouble(-2, 2);
        }
      }
    }
    LabelSpec label =
        LabelSpec.of("utility", FixedLenFeature.float32(1).withDefault(ListBatch.PADDING_LABEL));
    return new ListBatch(
        RecordSpec.of(Map.of(), features(spec)).withLabels(label).layout(),
        spec.lists(),
        spec.listSize(),
        new float[0],
        examples,
        mask,
        sizes,
        labels,
        new float[0],
        List.of(),
        List.of());
  }
}
