package io.rankline.model.kernel;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One pass over arrays of one length in native memory, which changes them in place: chunk by chunk
 * on the heap, where the compiler makes vector instructions of loops.
 */
public final class FlatPass {

  /** Floats of a chunk of each array: some fit the first-level cache together. */
  private static final int CHUNK = 1024;

  /** Chunks that a worker takes at a time. */
  private static final int CHUNKS = 32;

  /** What a body does with a float, roughly. */
  private static final long OPERATIONS = 4;

  /** What is done with a chunk. */
  @FunctionalInterface
  public interface Body {

    /**
     * Computes some floats.
     *
     * @param chunk a part of each array, to be changed
     * @param count how many floats count
     */
    void run(float[][] chunk, int count);
  }

  private FlatPass() {}

  /**
   * Runs a body over all floats.
   *
   * @param arrays of one length, as {@link NativeFloats#has} admits
   */
  public static void run(INDArray[] arrays, Body body) {
    int length = Math.toIntExact(arrays[0].length());
    NativeFloats[] memory = new NativeFloats[arrays.length];
    for (int k = 0; k < arrays.length; k++) {
      memory[k] = NativeFloats.of(arrays[k]);
    }
    int stretch = CHUNK * CHUNKS;
    RowThreads.each(
        (length + stretch - 1) / stretch,
        OPERATIONS * length,
        () -> new float[arrays.length][CHUNK],
        (chunk, task) -> {
          int first = task * stretch;
          int end = Math.min(length, first + stretch);
          FloatBuffer[] windows = new FloatBuffer[arrays.length];
          for (int k = 0; k < windows.length; k++) {
            windows[k] = memory[k].window(first, end - first);
          }
          for (int at = 0; at < end - first; at += CHUNK) {
            int count = Math.min(CHUNK, end - first - at);
            for (int k = 0; k < windows.length; k++) {
              windows[k].get(at, chunk[k], 0, count);
            }
            body.run(chunk, count);
            for (int k = 0; k < windows.length; k++) {
              windows[k].put(at, chunk[k], 0, count);
            }
          }
        });
  }
}
