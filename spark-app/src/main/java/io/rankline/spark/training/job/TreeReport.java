package io.rankline.spark.training.job;

import io.rankline.loss.LossResult;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says when its trees have grown.
 *
 * @param rank of the worker
 * @param where the executor it ran on
 * @param trees that have grown, one after the other; none but from rank 0
 * @param digest of them
 * @param loss of its lists with them; null after a failure
 * @param lists of the worker
 * @param items of the worker that have a label
 * @param reading time until its rows were there, in nanoseconds
 * @param growing time of the trees, waiting for others included, in nanoseconds
 * @param failure why they cannot grow; null where they can
 */
public record TreeReport(
    int rank,
    String where,
    float[] trees,
    String digest,
    @Nullable LossResult loss,
    int lists,
    int items,
    long reading,
    long growing,
    @Nullable String failure)
    implements Serializable {

  /** Of a worker that could not begin, or whose fellows could not. */
  public static TreeReport failed(int rank, String where, String failure) {
    return new TreeReport(rank, where, new float[0], "", null, 0, 0, 0, 0, failure);
  }
}
