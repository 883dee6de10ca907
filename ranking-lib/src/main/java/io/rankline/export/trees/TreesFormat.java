package io.rankline.export.trees;

import io.rankline.export.engine.EngineFiles;
import io.rankline.export.engine.EngineFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.parity.NumberRange;
import io.rankline.export.solr.Missing;
import io.rankline.export.solr.SolrFeature;
import io.rankline.export.solr.SolrModelText;
import io.rankline.feature.transform.OneHot;
import io.rankline.feature.transform.Transform;
import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.model.input.EncodedFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trees: {@code trees.json} as XGBoost dumps them, {@code model.json} as it saves them, and {@code
 * solr-model.json} with {@code features.json} for Solr.
 *
 * <p>Boosted trees are written as they were grown. A generalised additive model becomes a tree a
 * feature, which is the feature's curve in steps. The steps are closest where the curve is
 * steepest. How far they are from it at most, over all features, is the tolerance of the export.
 * Below the first edge and above the last one, the first and the last step hold.
 *
 * @param leaves of a tree, on average, 2 or more: twice as many halve the tolerance. Features that
 *     move scores more have more of them
 */
public record TreesFormat(int leaves) implements EngineFormat {

  private static final int LEAST_LEAVES = 2;

  /** Leaves where nothing else is said. */
  public static final int DEFAULT_LEAVES = 256;

  static final String DUMP_FILE = "trees.json";
  static final String BOOSTER_FILE = "model.json";
  static final String SOLR_FILE = "solr-model.json";

  private static final String FILES =
      "%s is XGBoost's dump (Elasticsearch, OpenSearch, Vespa), %s its model, %s with %s Solr's"
          .formatted(DUMP_FILE, BOOSTER_FILE, SOLR_FILE, SolrFeature.FILE);

  public TreesFormat {
    if (leaves < LEAST_LEAVES) {
      throw new IllegalArgumentException("leaves must be 2 or more, got " + leaves);
    }
  }

  @Override
  public EngineFiles write(EngineModel model, Folder folder) throws IOException {
    Optional<Forest> grown = Forest.of(model);
    if (grown.isPresent()) {
      write(model, grown.get(), folder);
      return new EngineFiles(
          0, List.of("trees as they were grown: scores are the same floats", FILES));
    }
    AdditiveModel sum = AdditiveModel.of(model);
    List<Part> parts = sum.parts().stream().map(part -> part(model, part)).toList();
    double variation = parts.stream().mapToDouble(Part::weight).sum();
    List<String> names = new ArrayList<>();
    List<Tree> trees = new ArrayList<>();
    List<SolrFeature> fields = new ArrayList<>();
    double bound = 0;
    for (Part part : parts) {
      double share = variation == 0 ? 0 : part.weight() / variation;
      int most = (int) Math.round(share * leaves * parts.size());
      Staircase stairs = part.curve().steps(Math.max(LEAST_LEAVES, most));
      bound += stairs.error();
      names.add(part.score().feature().name());
      trees.add(part.tree(stairs));
      fields.add(part.field());
    }
    write(model, new Forest(names, fields, trees), folder);
    return new EngineFiles(
        bound + EngineFiles.ROUNDING,
        List.of(
            String.format(
                Locale.ROOT,
                "scores are steps, %.1e from the model's at most, in the ranges that were compared;"
                    + " beyond them the last step holds",
                bound),
            FILES));
  }

  private static void write(EngineModel model, Forest forest, Folder folder) throws IOException {
    String name = SolrModelText.nameOf(model.description().name());
    folder.write(DUMP_FILE, out -> TreesText.dump(forest.names(), forest.trees(), out));
    folder.write(BOOSTER_FILE, out -> TreesText.booster(forest.names(), forest.trees(), out));
    folder.write(SOLR_FILE, out -> TreesText.solr(name, forest.fields(), forest.trees(), out));
    byte[] fields = SolrFeature.render(name, forest.fields()).getBytes(StandardCharsets.UTF_8);
    folder.write(SolrFeature.FILE, out -> out.write(fields));
  }

  @Override
  public ListScorer read(EngineModel model, Folder folder) throws IOException {
    return TreesScorer.read(model, folder);
  }

  private static Part part(EngineModel model, SubScore score) {
    EncodedFeature feature = score.feature();
    Missing missing = Missing.of(feature, model.description().inputs().inputs().examples());
    for (Transform transform : feature.chain().transforms()) {
      if (transform instanceof OneHot oneHot) {
        return new Part(score, missing, Curve.ofWholeNumbers(score::of, oneHot.depth()));
      }
    }
    NumberRange seen = NumberRange.of(model, feature);
    NumberRange range = Float.isNaN(missing.value()) ? seen : seen.with(missing.value());
    return new Part(score, missing, Curve.over(score::of, range.least(), range.largest()));
  }

  /** A feature on its way to a tree. */
  private record Part(SubScore score, Missing missing, Curve curve) {

    /** Errors go down with the number of leaves, so that the sum of them is least with this. */
    double weight() {
      return Math.sqrt(curve.variation());
    }

    Tree tree(Staircase stairs) {
      return hasOwnLeaf()
          ? StepTree.withMissing(score.group(), stairs, score.of(new float[] {Float.NaN})[0])
          : StepTree.of(score.group(), stairs, instead());
    }

    SolrFeature field() {
      String name = score.feature().name();
      return SolrFeature.ofField(name, name, hasOwnLeaf() ? StepTree.LOWEST : instead());
    }

    /** What a missing value counts as: 0 where the model does not take it. */
    private float instead() {
      return Float.isNaN(missing.value()) ? 0 : missing.value();
    }

    private boolean hasOwnLeaf() {
      return missing.mayBeNothing() && Float.isFinite(score.of(new float[] {Float.NaN})[0]);
    }
  }
}
