package io.rankline.export;

import io.rankline.export.engine.EngineModel;
import io.rankline.export.graph.RawTrees;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.OneHot;
import io.rankline.frozen.step.TreeCode;
import io.rankline.model.RankingModel;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.nd4j.linalg.factory.Nd4j;

/** Trees that nobody has grown, whose splits stand where values are. */
final class GrownTrees {

  private static final double SHARE_OF_LEAVES = 0.2;

  private final List<EncodedFeature> columns;
  private final RecordSpec records;
  private final SplittableRandom random = new SplittableRandom(17);

  private GrownTrees(List<EncodedFeature> columns, RecordSpec records) {
    this.columns = columns;
    this.records = records;
  }

  /** Fills the trees of a model that has some. */
  static void growIn(RankingModel model, RecordSpec records) {
    LambdaMartScorer.of(model.graph())
        .ifPresent(
            growing -> {
              GrownTrees grown = new GrownTrees(columns(model, records), records);
              TreeCode code = growing.forest().code();
              // The last one stays empty, as in a training that has stopped early.
              for (int t = 0; t < growing.options().numRound() - 1; t++) {
                float[] tree = code.empty();
                grown.grow(code, tree, 0, t % 5 == 4 ? 0 : code.depth());
                growing.parameters().putRow(t, Nd4j.createFromArray(tree));
              }
            });
  }

  private static List<EncodedFeature> columns(RankingModel model, RecordSpec records) {
    try {
      EngineModel engine =
          EngineModel.of(SavedRankingModel.of(ModelExport.builder(model, records).build()));
      return RawTrees.columns(engine, Objects.requireNonNull(RawTrees.only(engine.layers())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void grow(TreeCode code, float[] tree, int node, int depth) {
    if (depth == 0 || (node > 0 && random.nextDouble() < SHARE_OF_LEAVES)) {
      code.leaf(tree, node, (float) random.nextGaussian());
      return;
    }
    int column = random.nextInt(columns.size());
    code.split(tree, node, column, threshold(column));
    grow(code, tree, TreeCode.below(node), depth - 1);
    grow(code, tree, TreeCode.below(node) + 1, depth - 1);
  }

  /** What transforms make of a value that items often have, or of another. */
  private float threshold(int column) {
    EncodedFeature feature = columns.get(column);
    float[] values = new float[feature.inputWidth()];
    boolean isNumber = feature.chain().transforms().stream().anyMatch(OneHot.class::isInstance);
    Arrays.fill(values, isNumber ? random.nextInt(3) : value(feature));
    float threshold =
        feature.chain().apply(values, 1, values.length)[column - columns.indexOf(feature)];
    return Float.isNaN(threshold) ? 0 : threshold;
  }

  private float value(EncodedFeature feature) {
    float some = (float) (random.nextGaussian() * Math.exp(random.nextDouble(-1, 5)));
    float often =
        records.examples().get(feature.name()) instanceof FixedLenFeature fixed
                && fixed.hasDefault()
                && fixed.defaultValues().get(0) instanceof Number number
            ? number.floatValue()
            : 0;
    return random.nextBoolean() ? often : some;
  }
}
