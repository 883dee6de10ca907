package io.rankline.model;

import io.rankline.data.RankingList;
import io.rankline.frozen.FrozenNetwork;
import io.rankline.frozen.compiled.CompiledTowers;
import io.rankline.frozen.step.Axis;
import io.rankline.frozen.step.InputColumns;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.InputEncoder;
import io.rankline.model.input.TokenFeature;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.scorer.ScoringScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores with a network as it is now, in plain Java: what the network learns later has no
 * influence.
 *
 * <p>Safe for use by several threads at once, which do not wait for each other.
 */
final class FrozenScorer implements ListScorer {

  /** Items that go through the network together: their values stay in cache. */
  private static final int BLOCK = 256;

  private final RankingModel model;
  private final FrozenNetwork network;

  /** Some items of a list. */
  private record Piece(int list, int from, RankingList items) {}

  private FrozenScorer(RankingModel model, FrozenNetwork network) {
    this.model = model;
    this.network = network;
  }

  /** Of a model's network; empty for one with layers or inputs that only DL4J knows. */
  static Optional<FrozenScorer> of(RankingModel model) {
    if (!(model.encoder() instanceof InputEncoder encoder)
        || model.graph().params().dataType() != DataType.FLOAT) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FrozenScorer(
              model,
              FrozenNetwork.of(
                  model.graph().getConfiguration().toJson(),
                  parameters(model.graph().params()),
                  inputs(encoder.plan()),
                  model.maskFeatureName(),
                  CompiledTowers.find().orElse(null))));
    } catch (UnknownLayerException e) {
      return Optional.empty();
    }
  }

  private static float[] parameters(INDArray all) {
    // ND4J's own copy goes number by number.
    return NativeFloats.has(all)
        ? NativeFloats.of(all).toHeap(Math.toIntExact(all.length()))
        : all.toFloatVector();
  }

  private static List<InputColumns> inputs(EncodedInputs plan) {
    List<InputColumns> inputs = new ArrayList<>();
    if (plan.exampleWidth() > 0) {
      inputs.add(new InputColumns(EncodedInputs.EXAMPLE_FEATURES, Axis.ITEMS, plan.exampleWidth()));
    }
    if (plan.contextWidth() > 0) {
      inputs.add(new InputColumns(EncodedInputs.CONTEXT_FEATURES, Axis.LISTS, plan.contextWidth()));
    }
    for (TokenFeature feature : plan.contextTokens()) {
      inputs.add(InputColumns.ofTokens(feature.name(), Axis.LISTS));
    }
    for (TokenFeature feature : plan.exampleTokens()) {
      inputs.add(InputColumns.ofTokens(feature.name(), Axis.ITEMS));
    }
    return inputs;
  }

  @Override
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    List<SortedMap<String, float[]>> scores = model.roomForScores(raw);
    List<List<Piece>> blocks = blocks(raw);
    IntStream each = IntStream.range(0, blocks.size());
    (blocks.size() > 1 ? each.parallel() : each).forEach(k -> score(blocks.get(k), scores));
    return Collections.unmodifiableList(scores);
  }

  private void score(List<Piece> block, List<SortedMap<String, float[]>> scores) {
    List<float[]> found =
        network.scores(
            block.stream().map(piece -> model.encoder().transform(piece.items())).toList());
    int k = 0;
    for (var task : model.tasks().entrySet()) {
      int each = task.getValue().scoresOfItem();
      int at = 0;
      for (Piece piece : block) {
        int count = piece.items().size() * each;
        System.arraycopy(
            found.get(k),
            at,
            scores.get(piece.list()).get(task.getKey()),
            piece.from() * each,
            count);
        at += count;
      }
      k++;
    }
  }

  /** The lists, long ones in pieces where items have nothing to do with each other. */
  private List<List<Piece>> blocks(List<RankingList> lists) {
    List<List<Piece>> blocks = new ArrayList<>();
    List<Piece> block = new ArrayList<>();
    int items = 0;
    for (int q = 0; q < lists.size(); q++) {
      RankingList list = lists.get(q);
      int most = model.scope() == ScoringScope.ITEM ? BLOCK : Math.max(list.size(), 1);
      for (int from = 0; from < list.size(); from += most) {
        int to = Math.min(from + most, list.size());
        if (items + to - from > BLOCK && !block.isEmpty()) {
          blocks.add(block);
          block = new ArrayList<>();
          items = 0;
        }
        boolean isWhole = to - from == list.size();
        block.add(
            new Piece(q, from, isWhole ? list : list.select(IntStream.range(from, to).toArray())));
        items += to - from;
      }
    }
    if (!block.isEmpty()) {
      blocks.add(block);
    }
    return blocks;
  }
}
