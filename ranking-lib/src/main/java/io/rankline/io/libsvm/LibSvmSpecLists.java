package io.rankline.io.libsvm;

import io.rankline.data.ListLayout;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes lists of a given spec of the items of a LibSVM file: a feature is the id that its name ends
 * with ({@code custom_features_17}), and an id that a line lacks has the feature's default.
 *
 * <p>Ids without a feature are left out. Safe for use by several threads.
 */
public final class LibSvmSpecLists {

  private static final Pattern ID = Pattern.compile("(?<!\\d)([1-9]\\d{0,8})$");

  private final ListLayout layout;
  private final ListSize listSize;
  private final float[] defaults;

  /** Name of the label where it is an integer, otherwise null. */
  private final @Nullable String wholeLabel;

  /** By id: the dense column of its feature. */
  private final Map<Integer, Integer> columns = new HashMap<>();

  /**
   * Lists of that spec.
   *
   * @param listSize items beyond it are counted and left out
   * @throws IllegalArgumentException for a spec with other than float example features of one value
   *     with a default, named after ids, and one label; names the feature
   */
  public LibSvmSpecLists(RecordSpec spec, ListSize listSize) {
    if (spec.labels().size() != 1 || spec.weight() != null || !spec.context().isEmpty()) {
      throw new IllegalArgumentException(
          "LibSVM files hold example features and one label; got context features %s, labels %s%s"
              .formatted(
                  spec.context().keySet(),
                  spec.layout().labels(),
                  spec.weight() == null ? "" : " and the weight '" + spec.weight().name() + "'"));
    }
    LabelSpec label = spec.labels().get(0);
    this.wholeLabel = label.feature().dtype() == DType.INT64 ? label.name() : null;
    this.layout = spec.layout();
    this.listSize = listSize;
    this.defaults = layout.paddingRow();
    int column = 0;
    for (Map.Entry<String, FeatureSpec> feature : spec.examples().entrySet()) {
      int id = id(feature.getKey(), feature.getValue());
      Integer taken = columns.put(id, column++);
      if (taken != null) {
        throw new IllegalArgumentException(
            "'%s' and '%s' are both named after id %s"
                .formatted(layout.exampleDense().get(taken).name(), feature.getKey(), id));
      }
    }
  }

  /**
   * The list of one query.
   *
   * @throws IllegalArgumentException for a label that is no integer where the spec has it as int64
   */
  public RankingList list(List<LibSvmItem> items) {
    int size = listSize.of(items.size());
    int width = layout.exampleWidth();
    float[] examples = new float[Math.multiplyExact(size, width)];
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      LibSvmItem item = items.get(i);
      labels[i] = label(item);
      System.arraycopy(defaults, 0, examples, i * width, width);
      for (int k = 0; k < item.ids().length; k++) {
        Integer column = columns.get(item.ids()[k]);
        if (column != null) {
          examples[i * width + column] = item.values()[k];
        }
      }
    }
    return new RankingList(
        layout,
        size,
        items.size(),
        new float[0],
        examples,
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  private float label(LibSvmItem item) {
    if (wholeLabel != null && item.label() != Math.rint(item.label())) {
      throw new IllegalArgumentException(
          "label %s is no integer, and '%s' is int64; make it float32"
              .formatted(item.label(), wholeLabel));
    }
    return item.label();
  }

  /**
   * The id that a feature is named after.
   *
   * @throws IllegalArgumentException for one that no LibSVM file can hold
   */
  static int id(String name, FeatureSpec feature) {
    Matcher id = ID.matcher(name);
    if (!id.find()
        || feature.dtype() != DType.FLOAT32
        || !(feature instanceof FixedLenFeature fixed)
        || fixed.width() != 1
        || !fixed.hasDefault()) {
      throw new IllegalArgumentException(
          "feature '%s' cannot be read from a LibSVM file: it must be named after an id, as"
                  .formatted(name)
              + " custom_features_17, and be one float32 with a default");
    }
    return Integer.parseInt(id.group(1));
  }
}
