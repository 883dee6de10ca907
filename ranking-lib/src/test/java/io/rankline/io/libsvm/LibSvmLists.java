package io.rankline.io.libsvm;

import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns items of a LibSVM file into lists and back. A list has an int64 context feature {@value
 * #QID}, one float feature an id, named after a pattern, and the label.
 *
 * <p>An id that a line lacks is NaN in the list ("missing"), is left out when the list is written,
 * and so comes back as lacking.
 */
public final class LibSvmLists {

  /** Name of the context feature that holds the query. */
  public static final String QID = "qid";

  /** Pattern of feature names that TF-Ranking's samples use. */
  public static final String DEFAULT_NAME_PATTERN = "custom_features_%d";

  /** Name of the label that TF-Ranking's samples use. */
  public static final String DEFAULT_LABEL = "utility";

  private final int featureCount;
  private final RecordSpec spec;
  private final ListLayout layout;

  /** By id - 1: the dense column of the feature; names are sorted, so ids and columns differ. */
  private final int[] columns;

  /**
   * Lists of features 1 to {@code featureCount}.
   *
   * @param featureCount largest feature id
   * @param namePattern with one {@code %d}, the id
   * @param label name of the label
   */
  public LibSvmLists(int featureCount, String namePattern, String label) {
    if (featureCount < 1) {
      throw new IllegalArgumentException("featureCount must be 1 or more, got " + featureCount);
    }
    if (namePattern.formatted(1).equals(namePattern.formatted(2))) {
      throw new IllegalArgumentException(
          "namePattern must contain %%d for the feature id, got '%s'".formatted(namePattern));
    }
    this.featureCount = featureCount;
    Map<String, FixedLenFeature> examples = new TreeMap<>();
    for (int id = 1; id <= featureCount; id++) {
      examples.put(namePattern.formatted(id), FixedLenFeature.float32(1).withDefault(Float.NaN));
    }
    this.spec =
        RecordSpec.of(Map.of(QID, FixedLenFeature.int64(1)), examples)
            .withLabels(LabelSpec.of(label, FixedLenFeature.float32(1)));
    this.layout = spec.layout();
    List<String> sorted = List.copyOf(spec.examples().keySet());
    this.columns = new int[featureCount];
    Map<String, Integer> byName = new TreeMap<>();
    for (int column = 0; column < sorted.size(); column++) {
      byName.put(sorted.get(column), column);
    }
    for (int id = 1; id <= featureCount; id++) {
      columns[id - 1] = byName.getOrDefault(namePattern.formatted(id), 0);
    }
  }

  /** The spec of the lists. */
  public RecordSpec spec() {
    return spec;
  }

  /**
   * The list of one query.
   *
   * @throws IllegalArgumentException for an id above the number of features, by name
   */
  public RankingList list(long qid, List<LibSvmItem> items) {
    int size = items.size();
    float[] examples = new float[size * featureCount];
    Arrays.fill(examples, Float.NaN);
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      LibSvmItem item = items.get(i);
      labels[i] = item.label();
      for (int k = 0; k < item.ids().length; k++) {
        int id = item.ids()[k];
        if (id > featureCount) {
          throw new IllegalArgumentException(
              "query %d has feature id %d; there are %d features".formatted(qid, id, featureCount));
        }
        examples[i * featureCount + columns[id - 1]] = item.values()[k];
      }
    }
    return new RankingList(
        layout,
        size,
        size,
        new float[0],
        examples,
        labels,
        new float[0],
        List.of(new LongColumn(new long[] {qid}, new int[] {0, 1})),
        List.of());
  }

  /** The items of a list that has this spec's layout. */
  public List<LibSvmItem> items(RankingList list) {
    long qid = ((LongColumn) list.contextColumns().get(0)).values()[0];
    List<LibSvmItem> items = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      int[] ids = new int[featureCount];
      float[] values = new float[featureCount];
      int count = 0;
      for (int id = 1; id <= featureCount; id++) {
        float value = list.examples()[i * featureCount + columns[id - 1]];
        if (!Float.isNaN(value)) {
          ids[count] = id;
          values[count++] = value;
        }
      }
      items.add(
          new LibSvmItem(
              list.label(0, i), qid, Arrays.copyOf(ids, count), Arrays.copyOf(values, count)));
    }
    return items;
  }
}
