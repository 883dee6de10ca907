package io.rankline.model.graph;

/**
 * A vertex of a {@link ModelGraph} and what is known of its output.
 *
 * @param vertex name in the graph
 * @param width number of columns
 * @param axis what its rows are
 * @param trainable whether parameters stand before it, so that it needs a gradient
 */
public record Node(String vertex, int width, Axis axis, boolean trainable) {

  /** What the rows of a node are. */
  public enum Axis {
    /** One row an item: [N, width]. */
    ITEMS,
    /** One row a list: [B, width]. */
    LISTS,
    /** Lists padded to one length: [B, L, width]. */
    PADDED
  }
}
