package io.rankline.model.kernel.block;

import io.rankline.model.kernel.NativeFloats;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of all groups, as few blocks of a size that OpenBLAS is good at.
 *
 * <p>A product for each of 136 groups of one column is mostly overhead. Neighbouring small groups
 * therefore share a block whose weights are those of the groups on the diagonal and 0 elsewhere:
 * some wasted multiplications, and a tenth of the calls. Where there is one group, its block is the
 * parameter itself.
 */
final class WeightBlocks {

  /** Groups join a block up to this many inputs and outputs. */
  private static final int JOINED_INPUTS = 128;

  private static final int JOINED_OUTPUTS = 256;

  private final RowBlockSpec spec;

  /** First group of each block, and the number of groups at the end. */
  private final int[] starts;

  private final int size;
  private final ReusedArray expanded = new ReusedArray(DataType.FLOAT);

  WeightBlocks(RowBlockSpec spec) {
    this.spec = spec;
    int[] widths = spec.groupWidths();
    List<Integer> firsts = new ArrayList<>();
    int inputs = 0;
    int outputs = 0;
    int length = 0;
    for (int g = 0; g < widths.length; g++) {
      boolean joins =
          g > 0
              && inputs + widths[g] <= JOINED_INPUTS
              && outputs + spec.groupOutputs() <= JOINED_OUTPUTS;
      if (!joins) {
        length += inputs * outputs;
        firsts.add(g);
        inputs = 0;
        outputs = 0;
      }
      inputs += widths[g];
      outputs += spec.groupOutputs();
    }
    firsts.add(widths.length);
    starts = firsts.stream().mapToInt(Integer::intValue).toArray();
    size = length + inputs * outputs;
  }

  /** Number of weights of all blocks. */
  int size() {
    return size;
  }

  /** The blocks, with the weights that the parameter holds. */
  List<WeightBlock> of(INDArray parameter) {
    NativeFloats weights = NativeFloats.of(parameter);
    boolean expands = starts.length - 1 < spec.groupWidths().length;
    NativeFloats source = expands ? expand(weights) : weights;
    List<WeightBlock> blocks = new ArrayList<>();
    int firstInput = 0;
    int offset = 0;
    for (int b = 0; b < starts.length - 1; b++) {
      int inputs = inputs(b);
      int outputs = outputs(b);
      blocks.add(
          new WeightBlock(
              firstInput,
              inputs,
              starts[b] * spec.groupOutputs(),
              outputs,
              offset,
              source.at(offset)));
      firstInput += inputs;
      offset += inputs * outputs;
    }
    return blocks;
  }

  private NativeFloats expand(NativeFloats weights) {
    float[] packed = weights.toHeap(Math.toIntExact(spec.weights()));
    float[] spread = new float[size];
    eachRow((at, blockAt, width) -> System.arraycopy(packed, at, spread, blockAt, width));
    NativeFloats memory = NativeFloats.of(expanded.of(1, size));
    memory.set(spread);
    return memory;
  }

  /** Writes the part of the gradient that belongs to weights into the parameter's gradient. */
  void collect(float[] spread, INDArray gradient) {
    float[] packed = new float[Math.toIntExact(spec.weights())];
    eachRow((at, blockAt, width) -> System.arraycopy(spread, blockAt, packed, at, width));
    NativeFloats.of(gradient).set(packed);
  }

  /** The weights of one output of a group: where they stand in the parameter and in the blocks. */
  @FunctionalInterface
  private interface WeightRow {
    void at(int inParameter, int inBlocks, int width);
  }

  private void eachRow(WeightRow row) {
    int[] widths = spec.groupWidths();
    int inParameter = 0;
    int blockOffset = 0;
    for (int b = 0; b < starts.length - 1; b++) {
      int inputs = inputs(b);
      int column = 0;
      int output = 0;
      for (int g = starts[b]; g < starts[b + 1]; g++) {
        for (int o = 0; o < spec.groupOutputs(); o++) {
          row.at(inParameter, blockOffset + output * inputs + column, widths[g]);
          inParameter += widths[g];
          output++;
        }
        column += widths[g];
      }
      blockOffset += inputs * outputs(b);
    }
  }

  private int inputs(int block) {
    int inputs = 0;
    int[] widths = spec.groupWidths();
    for (int g = starts[block]; g < starts[block + 1]; g++) {
      inputs += widths[g];
    }
    return inputs;
  }

  private int outputs(int block) {
    return (starts[block + 1] - starts[block]) * spec.groupOutputs();
  }
}
