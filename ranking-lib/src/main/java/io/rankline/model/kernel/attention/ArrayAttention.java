package io.rankline.model.kernel.attention;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.FloatBits;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Attention made of ND4J calls: any data type, any backend. */
@SuppressWarnings("try") // the workspace is used by being open
final class ArrayAttention implements AttentionArithmetic {

  /** Holds the arrays of one list and head, which the next one overwrites. */
  private static final WorkspaceConfiguration SCRATCH =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .overallocationLimit(0.1)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .policySpill(SpillPolicy.REALLOCATE)
          .build();

  private static final String SCRATCH_NAME = "RANKLINE_ATTENTION";

  @Override
  public void forward(AttentionBatch batch, INDArray output) {
    for (int list = 0; list < batch.lists(); list++) {
      for (int head = 0; head < batch.heads(); head++) {
        if (batch.starts()[list] < batch.starts()[list + 1]) {
          try (MemoryWorkspace scratch = scratch()) {
            INDArray probabilities = probabilities(batch, list, head);
            if (batch.dropout() != null) {
              probabilities.muli(keep(batch, batch.dropout(), list, head));
            }
            INDArray values = part(batch, batch.projected(), list, head, 2);
            part(batch, output, list, head, 0).assign(probabilities.mmul(values));
          }
        }
      }
    }
  }

  @Override
  public void backward(AttentionBatch batch, INDArray epsilon, INDArray gradient) {
    for (int list = 0; list < batch.lists(); list++) {
      for (int head = 0; head < batch.heads(); head++) {
        if (batch.starts()[list] < batch.starts()[list + 1]) {
          try (MemoryWorkspace scratch = scratch()) {
            backward(batch, epsilon, gradient, list, head);
          }
        }
      }
    }
  }

  private static void backward(
      AttentionBatch batch, INDArray epsilon, INDArray gradient, int list, int head) {
    INDArray queries = part(batch, batch.projected(), list, head, 0);
    INDArray keys = part(batch, batch.projected(), list, head, 1);
    INDArray values = part(batch, batch.projected(), list, head, 2);
    INDArray error = part(batch, epsilon, list, head, 0).dup('c');

    INDArray probabilities = probabilities(batch, list, head);
    INDArray kept = probabilities;
    INDArray slope = error.mmul(values.transpose());
    if (batch.dropout() != null) {
      INDArray keep = keep(batch, batch.dropout(), list, head);
      kept = probabilities.mul(keep);
      slope.muli(keep);
    }
    part(batch, gradient, list, head, 2).assign(kept.transpose().mmul(error));

    // Derivative of a softmax: P * (slope - sum of P * slope over the row).
    slope.subiColumnVector(probabilities.mul(slope).sum(true, 1));
    slope.muli(probabilities).muli(batch.scale());
    part(batch, gradient, list, head, 0).assign(slope.mmul(keys));
    part(batch, gradient, list, head, 1).assign(slope.transpose().mmul(queries));
  }

  private static INDArray probabilities(AttentionBatch batch, int list, int head) {
    INDArray queries = part(batch, batch.projected(), list, head, 0);
    INDArray keys = part(batch, batch.projected(), list, head, 1);
    return Nd4j.nn().softmax(queries.mmul(keys.transpose()).muli(batch.scale()), 1);
  }

  /** The block of a list and head: of queries (0), keys (1) or values (2). */
  private static INDArray part(AttentionBatch batch, INDArray rows, int list, int head, int which) {
    long column = (long) which * batch.width() + (long) head * batch.keyDim();
    return rows.get(
        NDArrayIndex.interval(batch.starts()[list], batch.starts()[list + 1]),
        NDArrayIndex.interval(column, column + batch.keyDim()));
  }

  private static INDArray keep(AttentionBatch batch, Dropout dropout, int list, int head) {
    int start = batch.starts()[list];
    int items = batch.starts()[list + 1] - start;
    FloatBits bits = new FloatBits();
    int[] draws = new int[items];
    float[] keep = new float[items * items];
    for (int i = 0; i < items; i++) {
      long drawn = batch.drawnRow(start + i, head);
      dropout.rowFactors(batch.iteration(), drawn, items, draws, bits, keep, i * items);
    }
    return Nd4j.createFromArray(keep)
        .reshape('c', items, items)
        .castTo(batch.projected().dataType());
  }

  private static MemoryWorkspace scratch() {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(SCRATCH, SCRATCH_NAME);
  }
}
