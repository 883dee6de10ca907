package io.rankline.model.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One pass over rows in native memory, in chunks that fit the cache: inputs are copied to the heap,
 * where the compiler makes vector instructions of loops, and outputs back.
 *
 * <p>Rows are cut into the same stripes whatever the number of threads, so sums over a stripe are
 * repeatable.
 */
final class RowLoop {

  /** Enough for any processor, and each long enough to be worth handing out. */
  static final int STRIPES = 32;

  /** Floats of a chunk of one array, unless a row is longer: 16 kB. */
  private static final int CHUNK = 4096;

  /** What a body does with a value, roughly. */
  private static final long OPERATIONS = 10;

  /** Room of one worker. */
  static final class Chunk {

    final BitBlock bits = new BitBlock();

    /** Values of every input. */
    final float[][] in;

    /** Values of every output. */
    final float[][] out;

    /** More room of the same size. */
    final float[] scratch;

    /** Which of the {@link #STRIPES} the chunk belongs to. */
    int stripe;

    /** First row of the chunk, and how many there are. */
    int firstRow;

    int rows;

    private Chunk(int inputs, int outputs, int size) {
      in = new float[inputs][size];
      out = new float[outputs][size];
      scratch = new float[size];
    }
  }

  /** What is done with a chunk. */
  interface Body {
    void run(Chunk chunk);
  }

  private RowLoop() {}

  /**
   * Runs a body over all rows.
   *
   * @param in arrays that are read, all of one shape [N, width], as {@link NativeFloats#has} admits
   * @param out arrays that are written, the same
   */
  static void run(INDArray[] in, INDArray[] out, Body body) {
    INDArray shape = in[0];
    int rows = Math.toIntExact(shape.size(0));
    int width = Math.toIntExact(shape.size(1));
    int chunkRows = Math.max(1, CHUNK / width);
    NativeFloats[] from = memory(in);
    NativeFloats[] to = memory(out);
    Workers.run(
        STRIPES,
        OPERATIONS * rows * width,
        () -> new Chunk(in.length, out.length, chunkRows * width),
        (chunk, stripe) -> {
          int end = edge(rows, stripe + 1);
          chunk.stripe = stripe;
          for (int row = edge(rows, stripe); row < end; row += chunkRows) {
            chunk.firstRow = row;
            chunk.rows = Math.min(chunkRows, end - row);
            long index = (long) row * width;
            for (int i = 0; i < from.length; i++) {
              from[i].read(index, chunk.in[i], chunk.rows * width);
            }
            body.run(chunk);
            for (int i = 0; i < to.length; i++) {
              to[i].write(index, chunk.out[i], chunk.rows * width);
            }
          }
        });
  }

  private static int edge(int rows, int stripe) {
    return (int) ((long) rows * stripe / STRIPES);
  }

  private static NativeFloats[] memory(INDArray[] arrays) {
    NativeFloats[] memory = new NativeFloats[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      memory[i] = NativeFloats.of(arrays[i]);
    }
    return memory;
  }
}
