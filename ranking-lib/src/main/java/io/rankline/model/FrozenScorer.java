package io.rankline.model;

import io.rankline.data.RankingList;
import io.rankline.frozen.FrozenNetwork;
import io.rankline.frozen.step.Axis;
import io.rankline.frozen.step.InputColumns;
import io.rankline.frozen.step.NetworkReader;
import io.rankline.frozen.step.Plan;
import io.rankline.frozen.step.Towers;
import io.rankline.frozen.step.UnknownLayerException;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.FeatureColumns;
import io.rankline.model.input.InputTransform;
import io.rankline.model.input.TokenFeature;
import io.rankline.model.scorer.ScoringScope;
import io.rankline.text.Hocon;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores with a frozen network, without DL4J and ND4J.
 *
 * <p>Safe for use by several threads at once, which do not wait for each other.
 */
public final class FrozenScorer implements ListScorer {

  /** Items that go through the network together: their values stay in cache. */
  private static final int BLOCK = 256;

  private final ModelDescription model;
  private final InputTransform transform;
  private final FrozenNetwork network;

  /** Some items of a list. */
  private record Piece(int list, int from, RankingList items) {}

  private FrozenScorer(ModelDescription model, FrozenNetwork network) {
    this.model = model;
    this.transform = new InputTransform(model.inputs());
    this.network = network;
  }

  /**
   * A scorer with a network.
   *
   * @param json DL4J's configuration of the network
   * @param parameters all of them, in DL4J's order; copied
   * @param towers arithmetic for dense layers; null for plain Java
   * @throws UnknownLayerException for a network with layers that only DL4J knows
   * @throws IllegalArgumentException for a network that does not go with the description
   */
  public static FrozenScorer of(
      ModelDescription model, String json, float[] parameters, @Nullable Towers towers) {
    List<InputColumns> inputs = inputs(model.inputs());
    return new FrozenScorer(
        model, FrozenNetwork.of(json, parameters, inputs, model.maskFeatureName(), towers));
  }

  /**
   * The layers of a network, batch norm folded into them, for those who write it down for another
   * engine.
   *
   * @param json DL4J's configuration of the network
   * @param parameters all of them, in DL4J's order
   * @throws UnknownLayerException for a network with layers that only DL4J knows
   * @throws IllegalArgumentException for a network that does not go with the description
   */
  public static Plan layers(ModelDescription model, String json, float[] parameters) {
    return NetworkReader.layers(
        Hocon.parseJson(json, "network").unwrapped(),
        parameters,
        inputs(model.inputs()),
        model.maskFeatureName());
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
    List<SortedMap<String, float[]>> scores = TaskScores.room(model.tasks(), raw);
    List<List<Piece>> blocks = blocks(raw);
    IntStream each = IntStream.range(0, blocks.size());
    (blocks.size() > 1 ? each.parallel() : each).forEach(k -> score(blocks.get(k), scores));
    return Collections.unmodifiableList(scores);
  }

  @Override
  public Optional<ScoreParts> parts(RankingList raw) {
    List<String> features =
        model.inputs().exampleColumns().stream().map(FeatureColumns::name).toList();
    float[] scores = scores(List.of(raw)).get(0).values().iterator().next();
    if (raw.size() == 0) {
      return Optional.of(new ScoreParts(features, scores, new float[0]));
    }
    return network
        .terms(List.of(transform.apply(raw)))
        .map(terms -> new ScoreParts(features, scores, terms));
  }

  private void score(List<Piece> block, List<SortedMap<String, float[]>> scores) {
    List<float[]> found =
        network.scores(block.stream().map(piece -> transform.apply(piece.items())).toList());
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
