package io.rankline.pipeline.replica;

import io.rankline.data.ColumnLayout;
import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.model.RankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One of several copies of a model that train together (synchronous data parallelism): N replicas
 * on b lists each take the step that one would take on N times b lists. All have to start from the
 * same state, and then have the same parameters, to the bit, after every step.
 *
 * <p>Exact up to rounding but for what a network computes over its own share: statistics of batch
 * norm, which every replica takes over its own items and the running ones are averaged; and dropout
 * and noise, which each replica draws for itself.
 */
public final class Replica implements AutoCloseable {

  private final RankingModel model;
  private final ReplicaGroup group;
  private final LossShare share;
  private final StepExchange exchange;
  private final List<TrainingListener> listenersBefore;

  /** What the network computes on where the share has no item: its gradient counts nothing. */
  private final RankingList standIn;

  private @Nullable ListBatch lastBatch;
  private @Nullable RuntimeException failure;

  /**
   * A replica.
   *
   * @param model belongs to the replica until it is closed
   * @param transformed layout of the lists that it will train on
   * @param sharing the same on all replicas
   */
  public Replica(
      RankingModel model, ReplicaGroup group, ListLayout transformed, GradientSharing sharing) {
    this.model = model;
    this.group = group;
    this.standIn = oneItem(transformed);
    this.share = new LossShare(model);
    requireFloat(model);
    this.exchange = sharing.exchange(model.graph(), group, share);
    this.listenersBefore = List.copyOf(model.graph().getListeners());
    List<TrainingListener> listeners = new ArrayList<>();
    // First of all: limits on gradients hold for the average.
    listeners.add(exchange);
    listeners.addAll(listenersBefore);
    model.graph().setListeners(listeners);
  }

  /** The number of the replica, from 0. */
  public int rank() {
    return group.rank();
  }

  /** The model. */
  public RankingModel model() {
    return model;
  }

  /**
   * Takes a step on the replica's share of a batch.
   *
   * @param lists the share, transformed; may be empty, which is taking part with weight 0
   * @param listNumbers numbers of the share's lists in the whole batch, from 0
   * @param batcher pads as the whole batch is padded
   * @return with a loss of NaN, and no step taken that counts, if the share of any replica failed
   * @throws IOException if another replica is gone
   */
  public StepSums step(List<RankingList> lists, long[] listNumbers, ListBatcher batcher)
      throws IOException {
    int longest = 0;
    int items = 0;
    for (RankingList list : lists) {
      int size = batcher.listSize().of(list.size());
      longest = Math.max(longest, size);
      items += size;
    }
    int atLeast =
        batcher.listSize().isAll() && share.needsCommonLength()
            ? Math.toIntExact(group.max(longest))
            : 0;
    ListBatch batch = batcher.batch(items == 0 ? List.of(standIn) : lists, atLeast);
    lastBatch = batch;
    exchange.expect(lists.size(), items);
    share.listNumbers(items == 0 ? null : listNumbers);
    failure = null;
    try {
      takeStep(batch);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return exchange.sums();
  }

  /**
   * Makes all replicas equal in everything, to the bit. To be called by all of them after their
   * last step; with {@link ExactSharing} they are so after every step.
   *
   * @throws IOException if another replica is gone
   */
  public void settle() throws IOException {
    exchange.settle();
  }

  /** How the replicas would go on; the same from each of them once they have settled. */
  public GradientSharing sharing() {
    return exchange.sharing();
  }

  /** Why the replica could not compute its share of the last step; null if it could. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /** The loss of the replica's own share in the last step. */
  public double ownLoss() {
    return exchange.ownLoss();
  }

  /** The replica's own batch of the last step; null before the first. */
  public @Nullable ListBatch lastBatch() {
    return lastBatch;
  }

  /** Gives the model its listeners back; it can then be trained alone. */
  @Override
  public void close() {
    model.graph().setListeners(listenersBefore);
    exchange.release();
    share.listNumbers(null);
  }

  private void takeStep(ListBatch batch) {
    try {
      model.fitTransformed(batch);
    } catch (RuntimeException e) {
      if (exchange.isDone()) {
        throw e;
      }
      // Scores that are NaN, say. The others wait for this share: they are informed, not left
      // alone.
      failure = e;
      exchange.fail();
    }
  }

  private static void requireFloat(RankingModel model) {
    DataType type = model.graph().params().dataType();
    if (type != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "replicas exchange gradients of FLOAT, the network has " + type);
    }
  }

  private static RankingList oneItem(ListLayout layout) {
    float[] weights = new float[layout.weights().count(1)];
    Arrays.fill(weights, 1);
    return new RankingList(
        layout,
        1,
        1,
        new float[layout.contextWidth()],
        layout.paddingRow(),
        new float[layout.labels().size()],
        weights,
        layout.contextColumns().stream().map(ColumnLayout::padding).toList(),
        layout.exampleColumns().stream().map(ColumnLayout::padding).toList());
  }
}
