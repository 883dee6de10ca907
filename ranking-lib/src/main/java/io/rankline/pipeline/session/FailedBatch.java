package io.rankline.pipeline.session;

import io.rankline.data.DenseColumns;
import io.rankline.data.ListBatch;
import io.rankline.loss.NonFiniteScoreException;
import io.rankline.model.RankingModel;
import org.jspecify.annotations.Nullable;

/** Says what stood in a batch on which training failed, so that it can be found in the data. */
public final class FailedBatch {

  private static final String WAY_OUT =
      "Lower the learning rate, set gradient_clip_norm, or transform large features; the last"
          + " checkpoint is as it was";

  private FailedBatch() {}

  /**
   * A step whose loss is no finite number.
   *
   * @param step from 1, over all epochs and runs
   */
  public static TrainingFailedException ofLoss(long step, double loss, ListBatch batch) {
    return new TrainingFailedException(
        "the loss of step %s is %s; %s. %s".formatted(step, loss, content(step, batch), WAY_OUT));
  }

  /**
   * A step on which the share of one replica failed.
   *
   * @param step from 1, over all epochs and runs
   * @param replica its rank
   * @param what happened, as "the loss is NaN"
   * @param share of transformed lists
   */
  public static TrainingFailedException ofShare(
      long step, int replica, String what, ListBatch share) {
    String lists =
        "its share of the batch holds %s lists of %s items"
            .formatted(share.batchSize(), share.validItems());
    return new TrainingFailedException(
        "step %s failed on replica %s: %s; %s. %s"
            .formatted(step, replica, what, content(lists, share), WAY_OUT));
  }

  /** A step whose scores had no loss. */
  static TrainingFailedException ofScores(
      long step, NonFiniteScoreException cause, ListBatch batch) {
    return new TrainingFailedException(
        "the loss of step %s is NaN: %s; %s. %s"
            .formatted(step, cause.getMessage(), content(step, batch), WAY_OUT),
        cause);
  }

  /**
   * Makes sure, before a checkpoint keeps them, that parameters are numbers.
   *
   * @param step the last one taken
   * @param last its batch, where that is known: had an earlier update broken them, it would have
   *     had no loss
   */
  public static void requireFinite(RankingModel model, long step, @Nullable ListBatch last) {
    // The sum is finite only if every parameter is.
    if (!Double.isFinite(model.graph().params().sumNumber().doubleValue())) {
      throw new TrainingFailedException(
          "the update of step %s made parameters that are not finite%s. %s"
              .formatted(step, last == null ? "" : "; " + content(step, last), WAY_OUT));
    }
  }

  /** A validation whose scores are no numbers. */
  public static TrainingFailedException ofValidation(long step, NonFiniteScoreException cause) {
    return new TrainingFailedException(
        "the model has no loss on the validation data after step %s: %s. %s"
            .formatted(step, cause.getMessage(), WAY_OUT),
        cause);
  }

  private static String content(long step, ListBatch batch) {
    long firstList = (step - 1) * batch.batchSize();
    return content(
        "its batch holds lists %s to %s in the order of training, of %s items"
            .formatted(firstList + 1, firstList + batch.batchSize(), batch.validItems()),
        batch);
  }

  private static String content(String lists, ListBatch batch) {
    int width = batch.layout().exampleWidth();
    int worst = -1;
    float largest = 0;
    for (int at = 0; at < batch.examples().length && width > 0; at++) {
      float value = Math.abs(batch.examples()[at]);
      if (batch.mask()[at / width] && !(value <= largest)) {
        largest = value;
        worst = at;
      }
    }
    return worst < 0
        ? lists
        : "%s; the largest feature value, %s after transforms, is '%s' of list %s, item %s of the batch"
            .formatted(
                lists,
                batch.examples()[worst],
                feature(batch, worst % width),
                worst / width / batch.listSize() + 1,
                worst / width % batch.listSize() + 1);
  }

  private static String feature(ListBatch batch, int column) {
    for (DenseColumns dense : batch.layout().exampleDense()) {
      if (column >= dense.offset() && column < dense.offset() + dense.width()) {
        return dense.width() == 1
            ? dense.name()
            : "%s[%s]".formatted(dense.name(), column - dense.offset());
      }
    }
    return "column " + column;
  }
}
