package io.rankline.model.benchmark;

import io.rankline.model.kernel.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The step that is measured: one batch through a tower with batch norm before relu and dropout,
 * softmax loss, Adam.
 *
 * @param lists B
 * @param listSize L
 * @param validPerList mean number of valid items of a list, up to L; below L, sizes are spread
 *     evenly around it
 * @param features F
 * @param hiddenLayerDims widths of the tower
 * @param dropout rate
 * @param precision of products
 * @param steps that are timed
 * @param threads that compute
 */
public record StepSpec(
    int lists,
    int listSize,
    int validPerList,
    int features,
    int[] hiddenLayerDims,
    double dropout,
    Precision precision,
    int steps,
    int threads) {

  public StepSpec {
    hiddenLayerDims = hiddenLayerDims.clone();
    List<String> problems = new ArrayList<>();
    atLeastOne(problems, "lists", lists);
    atLeastOne(problems, "list-size", listSize);
    atLeastOne(problems, "features", features);
    atLeastOne(problems, "steps", steps);
    atLeastOne(problems, "threads", threads);
    if (validPerList < 1 || validPerList > listSize) {
      problems.add(
          "valid-per-list must be in [1, list-size], [1, %s], got %s"
              .formatted(listSize, validPerList));
    }
    if (hiddenLayerDims.length == 0 || Arrays.stream(hiddenLayerDims).anyMatch(dim -> dim < 1)) {
      problems.add(
          "hidden-layer-dims must be widths of 1 or more, got " + Arrays.toString(hiddenLayerDims));
    }
    if (!(dropout >= 0 && dropout < 1)) {
      problems.add("dropout must be in [0, 1), got " + dropout);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static void atLeastOne(List<String> problems, String name, int value) {
    if (value < 1) {
      problems.add("%s must be 1 or more, got %s".formatted(name, value));
    }
  }

  /** Widths of features, hidden layers and score. */
  int[] widths() {
    int[] widths = new int[hiddenLayerDims.length + 2];
    widths[0] = features;
    System.arraycopy(hiddenLayerDims, 0, widths, 1, hiddenLayerDims.length);
    widths[widths.length - 1] = 1;
    return widths;
  }

  /** Valid items of list number b: from 2 v - L, or 1, up to as many above the mean. */
  int validItems(int b) {
    int least = Math.max(1, 2 * validPerList - listSize);
    int most = 2 * validPerList - least;
    return lists == 1 ? validPerList : least + Math.round((float) (most - least) * b / (lists - 1));
  }
}
