package io.rankline.frozen.step;

/**
 * An input of a network.
 *
 * @param name the vertex
 * @param axis what its rows are
 * @param width columns of a dense input; 0 for the ids of a token feature
 */
public record InputColumns(String name, Axis axis, int width) {

  /** The ids of a token feature. */
  public static InputColumns ofTokens(String name, Axis axis) {
    return new InputColumns(name, axis, 0);
  }

  /** Whether it is a token feature. */
  public boolean isTokens() {
    return width == 0;
  }
}
