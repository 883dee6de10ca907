package io.rankline.pipeline.benchmark;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.io.DatasetReader;
import io.rankline.metric.RankingMetric;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.nd4j.linalg.activations.Activation;

/**
 * Trains a small ranker on LibSVM files with the pipeline: softmax loss, Adam at 1e-3, 16 lists a
 * batch, features as they are, early stopping on NDCG@10 of the validation queries, whose best
 * epoch is measured on the test queries.
 *
 * @param split the files
 * @param scorer the network
 */
record LetorTraining(LetorSplit split, Scorer scorer) {

  private static final String MASK = "__list_mask__";

  /** Few lists make few steps an epoch, 3 and 10 here, so patience counts many of them. */
  private static final int PATIENCE = 25;

  private static final int EPOCHS = 200;

  /** 256-128-64 without dropout. */
  static DNNScorer network(boolean batchNorm) {
    return DNNScorer.builder()
        .hiddenLayerDims(256, 128, 64)
        .useBatchNorm(batchNorm)
        .batchNormMoment(0.9)
        .dropout(0)
        .build();
  }

  /**
   * No hidden layer would be no tower: one unit without activation stands in front of the score.
   */
  static DNNScorer linear() {
    return DNNScorer.builder()
        .hiddenLayerDims(1)
        .activation(Activation.IDENTITY)
        .useBatchNorm(false)
        .dropout(0)
        .build();
  }

  /** 256-128-64 with batch norm and dropout: what replicas do each in their own way. */
  static DNNScorer networkWithDropout() {
    return DNNScorer.builder()
        .hiddenLayerDims(256, 128, 64)
        .useBatchNorm(true)
        .batchNormMoment(0.9)
        .dropout(0.2)
        .build();
  }

  /**
   * Trains once, on one replica.
   *
   * @param seed of initial parameters and of the order of lists
   * @param modelDir gets the run
   */
  Outcome train(long seed, Path modelDir) throws IOException {
    return train(seed, 1, modelDir);
  }

  /**
   * Trains once.
   *
   * @param replicas that share each batch
   */
  Outcome train(long seed, int replicas, Path modelDir) throws IOException {
    Map<String, FeatureSpec> examples = new TreeMap<>();
    for (int id = 1; id <= split.features(); id++) {
      examples.put("f" + id, FixedLenFeature.float32(1).withDefault(0f));
    }
    DatasetHparams data =
        DatasetHparams.builder()
            .datasetReader(DatasetReader.LIBSVM)
            .trainInputPattern(split.train().toString())
            .validInputPattern(split.valid().toString())
            .testInputPattern(split.test().toString())
            .trainBatchSize(16)
            .validBatchSize(16)
            .seed(seed)
            .build();
    PipelineHparams hparams =
        PipelineHparams.builder()
            .modelDir(modelDir.toString())
            .numEpochs(EPOCHS)
            .loss("softmax_loss")
            .optimizer("adam")
            .learningRate(1e-3)
            .exportBestModel(true)
            .bestExporterMetric("ndcg_10")
            .bestExporterMetricHigherBetter(true)
            .earlyStoppingPatience(PATIENCE)
            .strategy("MirroredStrategy")
            .strategyOption("replicas", Integer.toString(replicas))
            .seed(seed)
            .build();
    ModelBuilder model =
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), examples),
            PreprocessorWithSpec.builder().build(),
            scorer,
            MASK,
            "letor");
    LabelSpec label = LabelSpec.of("relevance", FixedLenFeature.float32(1).withDefault(-1f));
    SimpleDatasetBuilder lists = new SimpleDatasetBuilder(Map.of(), examples, MASK, label, data);
    TrainingResult result = new WithMap(model, lists, hparams).trainAndValidate();
    return new Outcome(
        result.bestEpoch().orElseThrow(),
        result.epochs().get(result.bestEpoch().orElseThrow() - 1).logs(),
        result.testLogs());
  }

  /** The pipeline with mean average precision beside NDCG. */
  private static final class WithMap extends SimplePipeline {
    WithMap(ModelBuilder model, SimpleDatasetBuilder data, PipelineHparams hparams) {
      super(model, data, hparams);
    }

    @Override
    protected List<RankingMetric> buildMetrics() {
      return RankingMetric.parseAll("ndcg@5,ndcg@10,map");
    }
  }

  /**
   * What came out.
   *
   * @param epoch the best one on the validation queries
   * @param logs of that epoch
   * @param testLogs of its model
   */
  record Outcome(int epoch, Map<String, Double> logs, Map<String, Double> testLogs) {

    double valid(String metric) {
      return Objects.requireNonNull(logs.get("val_metric/" + metric), metric);
    }

    double test(String metric) {
      return Objects.requireNonNull(testLogs.get("test_metric/" + metric), metric);
    }
  }
}
