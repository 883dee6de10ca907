package io.rankline.model;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListLayout;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.InputCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lists of 3, 1 and 4 items with a context feature {@code age} and example features {@code price}
 * and {@code tags} (two numbers), and two labels; and their items as rows of age, price, tags.
 */
final class ItemLists {

  static final int WIDTH = 4;
  private static final int[] SIZES = {3, 1, 4};

  static final InputCreator INPUTS =
      new FeatureSpecInputCreator(
          Map.of("age", FixedLenFeature.float32(1)),
          Map.of("price", FixedLenFeature.float32(1), "tags", FixedLenFeature.float32(2)));

  private ItemLists() {}

  static ListBatch batch(String... labels) {
    LabelSpec[] specs = new LabelSpec[labels.length];
    for (int t = 0; t < labels.length; t++) {
      specs[t] = LabelSpec.of(labels[t], FixedLenFeature.float32(1).withDefault(-1f));
    }
    RecordSpec spec = INPUTS.createInputs().withLabels(specs);
    ListLayout layout = spec.layout();
    Random random = new Random(4);
    List<RankingList> lists = new ArrayList<>();
    for (int size : SIZES) {
      float[] context = {random.nextFloat()};
      float[] examples = new float[3 * size];
      for (int i = 0; i < examples.length; i++) {
        examples[i] = random.nextFloat() - 0.5f;
      }
      float[] grades = new float[labels.length * size];
      for (int i = 0; i < grades.length; i++) {
        grades[i] = random.nextInt(3);
      }
      lists.add(
          new RankingList(
              layout, size, size, context, examples, grades, new float[0], List.of(), List.of()));
    }
    return new ListBatcher(new ListSize(5)).batch(lists);
  }

  /** [N, 4]. */
  static INDArray rows(ListBatch batch) {
    List<float[]> rows = new ArrayList<>();
    for (int slot = 0; slot < batch.mask().length; slot++) {
      if (batch.mask()[slot]) {
        float[] row = new float[WIDTH];
        row[0] = batch.context()[slot / batch.listSize()];
        System.arraycopy(batch.examples(), 3 * slot, row, 1, 3);
        rows.add(row);
      }
    }
    return Nd4j.createFromArray(rows.toArray(new float[0][]));
  }

  /** The scores of items, in the order of {@link #rows}, [N]. */
  static float[] ofItems(ListBatch batch, float[] scores) {
    float[] items = new float[batch.validItems()];
    int row = 0;
    for (int slot = 0; slot < batch.mask().length; slot++) {
      if (batch.mask()[slot]) {
        items[row++] = scores[slot];
      }
    }
    return items;
  }
}
