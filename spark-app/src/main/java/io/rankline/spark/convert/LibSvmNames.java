package io.rankline.spark.convert;

import io.rankline.data.ListSize;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.libsvm.LibSvmSpecLists;
import io.rankline.spark.terminal.UsageException;
import java.util.Set;
import java.util.TreeSet;

/** What the ids of LibSVM files are called by a model. */
public final class LibSvmNames {

  private LibSvmNames() {}

  /**
   * The pattern of its features' names, {@code %d} for the id.
   *
   * @throws UsageException if they have none, or no LibSVM file can hold them
   */
  public static String pattern(RecordSpec requests) {
    LabelSpec label = LabelSpec.of("__label__", FixedLenFeature.float32(1));
    UsageException.reading(() -> new LibSvmSpecLists(requests.withLabels(label), ListSize.ALL));
    Set<String> patterns = new TreeSet<>();
    for (String name : requests.examples().keySet()) {
      patterns.add(name.replaceFirst("(?<!\\d)([1-9]\\d{0,8})$", "%d"));
    }
    if (patterns.size() != 1) {
      throw new UsageException(
          "features of the model are named %s; LibSVM files need one name for all ids, so convert"
                  .formatted(String.join(", ", patterns))
              + " them to elwc first");
    }
    return patterns.iterator().next();
  }
}
