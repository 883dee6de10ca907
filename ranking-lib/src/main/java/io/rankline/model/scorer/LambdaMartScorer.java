package io.rankline.model.scorer;

import io.rankline.frozen.step.TreeCode;
import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.layer.Forest;
import io.rankline.model.layer.trained.TreeParameters;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import io.rankline.text.Option;
import io.rankline.text.RecordBuilder;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Boosted regression trees on the features of an item and its context: LambdaMART, as XGBoost grows
 * it, with XGBoost's names and defaults but for {@code num_round} and {@code eta}.
 *
 * <p>A training of such a model takes boosting rounds in place of steps: {@code num_round} of them
 * over all epochs. What is minimised is the objective; the loss of the pipeline is measured. The
 * trees become numbers of the network, so that scoring needs no XGBoost; growing them does.
 *
 * @see <a
 *     href="https://www.microsoft.com/en-us/research/publication/from-ranknet-to-lambdarank-to-lambdamart-an-overview/">Burges,
 *     From RankNet to LambdaRank to LambdaMART, 2010</a>
 */
public record LambdaMartScorer(
    @Option(
            fallback = "300",
            aliases = {"num_trees"},
            least = 1,
            meaning = "trees over all epochs; an epoch grows its share of them, and is validated")
        int numRound,
    @Option(
            fallback = "0.1",
            aliases = {"learning_rate"},
            above = 0,
            most = 1,
            meaning =
                "factor of each tree; optimizer and learning_rate of the pipeline are for networks")
        double eta,
    @Option(
            fallback = "6",
            least = 1,
            most = TreeCode.MOST_DEPTH,
            meaning = "splits on the longest way to a leaf")
        int maxDepth,
    @Option(
            fallback = "1",
            least = 0,
            meaning =
                "least sum of second derivatives in a leaf; with lambda gradients a small number")
        double minChildWeight,
    @Option(fallback = "0", least = 0, meaning = "least gain of a split") double gamma,
    @Option(
            fallback = "1",
            above = 0,
            most = 1,
            meaning = "share of the items that a tree is grown on, drawn with the seed")
        double subsample,
    @Option(
            fallback = "1",
            above = 0,
            most = 1,
            meaning = "share of the features that a tree may read, drawn with the seed")
        double colsampleBytree,
    @Option(
            key = "lambda",
            fallback = "1",
            aliases = {"reg_lambda"},
            least = 0,
            meaning = "penalty on the squares of leaves")
        double lambda,
    @Option(
            key = "alpha",
            fallback = "0",
            aliases = {"reg_alpha"},
            least = 0,
            meaning = "penalty on the absolute values of leaves")
        double alpha,
    @Option(fallback = "256", least = 2, meaning = "places of a feature where splits are tried")
        int maxBin,
    @Option(fallback = "ndcg", meaning = "what trees are grown to improve: XGBoost's rank:ndcg")
        BoostingObjective objective,
    @Option(
            fallback = "topk",
            meaning =
                "pairs that have gradients: those with one of the first items of the ranking, or"
                    + " some drawn for each item")
        PairMethod lambdarankPairMethod,
    @Option(
            fallback = "32",
            least = 1,
            meaning = "how many first items, or how many pairs for each item")
        int lambdarankNumPairPerSample,
    @Option(
            fallback = "true",
            meaning = "whether gradients of a list are divided by what they add up to")
        boolean lambdarankNormalization,
    @Option(
            fallback = "true",
            meaning = "whether the gain of a label is 2^label - 1, which takes whole ones up to 31")
        boolean ndcgExpGain)
    implements Scorer {

  private static final String VERTEX = "trees";

  /**
   * Checks all options.
   *
   * @throws IllegalArgumentException naming all that are out of range
   */
  public LambdaMartScorer {
    Faults.in(
            LambdaMartScorer.class,
            numRound,
            eta,
            maxDepth,
            minChildWeight,
            gamma,
            subsample,
            colsampleBytree,
            lambda,
            alpha,
            maxBin,
            objective,
            lambdarankPairMethod,
            lambdarankNumPairPerSample,
            lambdarankNormalization,
            ndcgExpGain)
        .orThrow(FaultsException::onOneLine);
  }

  /** A scorer with nothing but defaults to begin with. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The trees of a network and how they are grown.
   *
   * @param forest how the trees are written
   * @param parameters the trees, [trees, floats of a tree]; what is set here is set in the network
   */
  public record Growing(Forest forest, INDArray parameters, LambdaMartScorer options) {

    /** How many trees are to grow in each of so many epochs; fewer are left for the last. */
    public long roundsOfEpoch(long epochs) {
      return (options.numRound() + epochs - 1) / epochs;
    }

    /** How many trees there are after so many steps of one tree each. */
    public int treesAfter(long steps) {
      return (int) Math.min(steps, options.numRound());
    }

    /** The first trees, one after the other. */
    public float[] trees(int count) {
      return count == 0 ? new float[0] : between(0, count).dup('c').ravel().toFloatVector();
    }

    /**
     * Puts trees into the network.
     *
     * @param first number of the first of them, from 0
     * @param grown the trees, one after the other
     */
    public void set(int first, float[] grown) {
      if (grown.length > 0) {
        int floats = forest.code().length();
        int count = grown.length / floats;
        between(first, count).assign(Nd4j.createFromArray(grown).reshape(count, floats));
      }
    }

    private INDArray between(int first, int count) {
      return parameters.get(NDArrayIndex.interval(first, first + count), NDArrayIndex.all());
    }
  }

  /** What a network is grown by; empty for one that follows gradients. */
  public static Optional<Growing> of(ComputationGraph network) {
    if (network.getVertex(VERTEX) == null
        || !(network.getLayer(VERTEX).conf().getLayer() instanceof Forest forest)) {
      return Optional.empty();
    }
    Section text = Section.of(Hocon.parseJson(forest.boosting(), "boosting"));
    LambdaMartScorer options =
        Objects.requireNonNull(RecordCodec.of(LambdaMartScorer.class).read(text));
    INDArray trees = network.getLayer(VERTEX).getParam(TreeParameters.TREES);
    return Optional.of(new Growing(forest, trees, options));
  }

  @Override
  public ScoringScope scope() {
    return ScoringScope.ITEM;
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    Node rows = graph.rows();
    if (rows.trainable()) {
      throw new IllegalArgumentException(
          "scorer lambdamart reads numbers, and the model has embeddings of tokens, which trees"
              + " cannot learn; leave those features out, or transform them to numbers");
    }
    Forest forest =
        new Forest(
            rows.width(),
            numRound,
            maxDepth,
            Hocon.render(RecordCodec.write(this)),
            Optimizer.of("sgd").withLearningRate(eta).updater());
    SortedMap<String, Node> logits = new TreeMap<>();
    logits.put(SINGLE_TASK, graph.add(VERTEX, forest, 1, rows));
    return logits;
  }

  /** Options of a {@link LambdaMartScorer}. */
  public static final class Builder extends RecordBuilder<LambdaMartScorer, Builder> {

    private Builder() {
      super(LambdaMartScorer.class);
    }

    /** Trees over all epochs. */
    public Builder numRound(int trees) {
      return set("numRound", trees);
    }

    /** Factor of each tree. */
    public Builder eta(double rate) {
      return set("eta", rate);
    }

    /** Splits on the longest way to a leaf. */
    public Builder maxDepth(int splits) {
      return set("maxDepth", splits);
    }
  }
}
