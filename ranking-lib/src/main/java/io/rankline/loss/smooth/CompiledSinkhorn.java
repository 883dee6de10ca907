package io.rankline.loss.smooth;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;

/** In native memory, by functions compiled from C; lists that are too long for it in Java. */
final class CompiledSinkhorn implements Sinkhorn {

  /** Most items of a list whose matrix is kept: 8 MiB. */
  private static final int MOST = 1024;

  /** Doubles at the end of a row or vector that are read together. */
  private static final int LANES = 16;

  /** Rows of a group, which are read together. */
  private static final int ROWS = 4;

  /**
   * Vectors that {@code sinkhorn.c} has beside the scales, and the places of those shared with it.
   */
  private static final int VECTORS = 21;

  private static final int OUTER = 0;
  private static final int INNER = 1;
  private static final int SLOPE = 2;
  private static final int SCALED_SLOPE = 3;
  private static final int POWERS = 14;

  /** A line of the processor's cache, in bytes. */
  private static final int LINE = 64;

  private final SinkhornLibrary library;
  private final Sinkhorn longer;
  private NeuralSort sort = new NeuralSort();
  private int size;
  private int stride;
  private int mostIterations;
  private int iterations;

  /** Numbers in a vector. */
  private final int lanes;

  /** Whether the first row of each group is there, and powers, rather than all of them. */
  private boolean byPowers;

  private final RowGroups groups = new RowGroups();

  private Memory memory = new Memory(LINE);
  private DoubleBuffer numbers = DoubleBuffer.allocate(0);
  private Memory band = new Memory(LINE);
  private IntBuffer ends = IntBuffer.allocate(0);
  private double[] zeros = {};

  CompiledSinkhorn(SinkhornLibrary library, Sinkhorn longer) {
    this.library = library;
    this.lanes = library.vectorBits() / Double.SIZE;
    this.longer = longer;
  }

  @Override
  public void forward(NeuralSort presented, int newMostIterations, double tolerance) {
    size = presented.size();
    if (size > MOST) {
      longer.forward(presented, newMostIterations, tolerance);
      return;
    }
    sort = presented;
    mostIterations = newMostIterations;
    stride = roundedUp(size, LANES);
    reserve();
    byPowers = sort.hasFactors;
    if (byPowers) {
      fillGroups();
    } else {
      fillRows();
    }
    try {
      iterations =
          library.forward(
              address(memory), address(band), size, stride, mostIterations, powers(), tolerance);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public double bilinear(double[] outer, double[] inner) {
    if (size > MOST) {
      return longer.bilinear(outer, inner);
    }
    put(OUTER, outer);
    put(INNER, inner);
    try {
      return library.bilinear(
          address(memory), address(band), size, stride, mostIterations, powers(), iterations);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void backward(double[] outer, double[] inner) {
    if (size > MOST) {
      longer.backward(outer, inner);
      return;
    }
    put(OUTER, outer);
    put(INNER, inner);
    try {
      library.backward(
          address(memory), address(band), size, stride, mostIterations, powers(), iterations);
    } finally {
      Reference.reachabilityFence(this);
    }
    numbers.get(vector(SLOPE), sort.slope, 0, size);
    numbers.get(vector(SCALED_SLOPE), sort.scaledSlope, 0, size);
  }

  private int powers() {
    return byPowers ? 1 : 0;
  }

  /** Writes the first row of each group, one behind the other, where they begin and end, powers. */
  private void fillGroups() {
    groups.take(sort, ROWS);
    int at = 0;
    int all = roundedUp(size, ROWS) / ROWS;
    for (int group = 0; group < all; group++) {
      groups.next();
      int start = groups.from / lanes * lanes;
      int end = roundedUp(groups.to, lanes);
      numbers.put(at, zeros, 0, groups.from - start);
      numbers.put(at + groups.from - start, groups.row, groups.from, groups.to - groups.from);
      numbers.put(at + groups.to - start, zeros, 0, end - groups.to);
      at += end - start;
      ends.put(group, start);
      ends.put(all + group, end);
    }
    for (int j = 1; j < ROWS; j++) {
      for (int k = 0; k < size; k++) {
        numbers.put(vector(POWERS + j - 1) + k, groups.power(k, j));
      }
      numbers.put(vector(POWERS + j - 1) + size, zeros, 0, stride - size);
    }
  }

  /** Writes all rows, with zeros beside their band, and where groups begin and end. */
  private void fillRows() {
    int rows = roundedUp(size, ROWS);
    int from = 0;
    int to = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      if (r < size) {
        sort.fillExponentials(r + 1);
        // Bands move along with the peaks; rounding must not make an end step back.
        from = Math.max(from, sort.from);
        numbers.put(at, zeros, 0, from);
        numbers.put(at + from, sort.row, from, sort.to - from);
        numbers.put(at + sort.to, zeros, 0, stride - sort.to);
        to = Math.max(to, sort.to);
      } else {
        numbers.put(at, zeros, 0, stride);
      }
      if (r % ROWS == 0) {
        ends.put(r / ROWS, from / lanes * lanes);
      }
      ends.put(rows / ROWS + r / ROWS, roundedUp(to, lanes));
    }
  }

  private void put(int which, double[] values) {
    numbers.put(vector(which), values, 0, size);
    numbers.put(vector(which) + size, zeros, 0, stride - size);
  }

  /** Where a vector begins that is no scale. */
  private int vector(int which) {
    return (roundedUp(size, ROWS) + 2 * (mostIterations + 1) + which) * stride;
  }

  private void reserve() {
    int rows = roundedUp(size, ROWS);
    long doubles = (rows + 2L * (mostIterations + 1) + VECTORS) * stride;
    if (numbers.capacity() < doubles) {
      memory = new Memory(Math.multiplyExact(doubles, Double.BYTES) + LINE).align(LINE);
      numbers = memory.getByteBuffer(0, doubles * Double.BYTES).asDoubleBuffer();
    }
    int groupEnds = 2 * rows / ROWS;
    if (ends.capacity() < groupEnds) {
      band = new Memory((long) groupEnds * Integer.BYTES);
      ends = band.getByteBuffer(0, band.size()).asIntBuffer();
    }
    if (zeros.length < stride) {
      zeros = new double[stride];
    }
  }

  private static long address(Memory memory) {
    return Pointer.nativeValue(memory);
  }

  private static int roundedUp(int n, int step) {
    return (n + step - 1) / step * step;
  }
}
