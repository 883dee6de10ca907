package io.rankline.frozen;

import io.rankline.data.RankingList;
import io.rankline.frozen.step.Additive;
import io.rankline.frozen.step.Evaluation;
import io.rankline.frozen.step.InputColumns;
import io.rankline.frozen.step.NetworkReader;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.Plan.Computed;
import io.rankline.frozen.step.Towers;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.frozen.step.Value;
import io.rankline.text.Hocon;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A trained network that only scores: weights in the order in which they are read, batch norm
 * folded into them, no padding, no DL4J.
 *
 * <p>An item has the same bits in every list of lists, on every thread and every machine: sums are
 * taken in the order of the columns, each term by one fused multiply-add.
 *
 * <p>Safe for use by several threads at once; each has memory of its own, which is kept for later
 * calls.
 */
public final class FrozenNetwork {

  /** Floats, 64 MB: what a list of many thousand items takes is given back. */
  private static final long MOST_KEPT = 1 << 24;

  private final Plan plan;
  private final List<InputColumns> inputs;
  private final ConcurrentLinkedQueue<Evaluation> memory = new ConcurrentLinkedQueue<>();

  private FrozenNetwork(Plan plan, List<InputColumns> inputs) {
    this.plan = plan;
    this.inputs = inputs;
  }

  /**
   * The network of a configuration.
   *
   * @param json DL4J's configuration of a ComputationGraph
   * @param parameters all of them, in DL4J's order; copied
   * @param inputs of the network but the mask, in its order
   * @param mask the name of the mask
   * @param towers arithmetic for dense layers; null for plain Java
   * @throws UnknownLayerException for a layer that plain Java has no arithmetic for
   * @throws IllegalArgumentException for a configuration that does not go with inputs or parameters
   */
  public static FrozenNetwork of(
      String json,
      float[] parameters,
      List<InputColumns> inputs,
      String mask,
      @Nullable Towers towers) {
    return new FrozenNetwork(
        NetworkReader.read(
            Hocon.parseJson(json, "network").unwrapped(), parameters, inputs, mask, towers),
        List.copyOf(inputs));
  }

  /**
   * Scores of the items of some lists.
   *
   * @param lists transformed, of one layout, none of them empty; at least one
   * @return for each output of the network the scores of all items, one list after the other, M an
   *     item
   */
  public List<float[]> scores(List<RankingList> lists) {
    return evaluate(
        lists,
        evaluation -> plan.outputs().stream().map(output -> copy(evaluation, output)).toList());
  }

  /**
   * What the scores of the first output are the sums of, where the network adds something up last.
   *
   * @param lists as in {@link #scores}
   * @return the terms of each item, one list after the other, n an item; empty where the score is
   *     no sum of what single features give
   */
  public Optional<float[]> terms(List<RankingList> lists) {
    int place = plan.outputs().get(0).place();
    for (Computed computed : plan.steps()) {
      if (computed.value().place() == place && computed.step() instanceof Additive sum) {
        return Optional.of(evaluate(lists, sum::products));
      }
    }
    return Optional.empty();
  }

  private <T> T evaluate(List<RankingList> lists, Function<Evaluation, T> result) {
    FrozenBatch batch = FrozenBatch.of(lists);
    Evaluation pooled = memory.poll();
    Evaluation evaluation = pooled == null ? new Evaluation(plan.places()) : pooled;
    evaluation.begin(batch.starts(), batch.ids());
    for (int k = 0; k < inputs.size(); k++) {
      if (!inputs.get(k).isTokens()) {
        evaluation.set(
            plan.inputs().get(k).place(),
            switch (inputs.get(k).axis()) {
              case LISTS -> batch.context();
              case ITEMS -> batch.examples();
            });
      }
    }
    for (Computed computed : plan.steps()) {
      evaluation.compute(computed.value(), computed.step());
    }
    T found = result.apply(evaluation);
    evaluation.end();
    if (evaluation.size() <= MOST_KEPT) {
      memory.offer(evaluation);
    }
    return found;
  }

  private static float[] copy(Evaluation evaluation, Value output) {
    return Arrays.copyOf(evaluation.of(output), evaluation.rows(output.axis()) * output.width());
  }
}
