package io.rankline.io.tensor;

import java.util.List;

/**
 * What a file of weights holds.
 *
 * @param tensors those of floating point, without what an optimizer keeps
 * @param leftOut names of the others, each with its type: {@code count (int64)}
 * @param order whether the order of the tensors says anything
 * @param modelConfig the network as Keras describes it in JSON; empty where the file does not
 */
public record TensorFile(
    List<StoredTensor> tensors, List<String> leftOut, Order order, String modelConfig) {

  /** What the order of tensors in a file means. */
  public enum Order {
    /** They stand in the order of the network's layers. */
    OF_LAYERS,
    /** They are sorted by name, numbers in names by their size. */
    BY_NAME
  }

  public TensorFile {
    tensors = List.copyOf(tensors);
    leftOut = List.copyOf(leftOut);
  }
}
