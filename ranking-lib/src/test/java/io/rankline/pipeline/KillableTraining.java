package io.rankline.pipeline;

import io.rankline.data.RankingList;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.io.IOException;
import java.util.List;

/** A training to be killed: the same data, model and settings in every process that runs it. */
public final class KillableTraining {

  private KillableTraining() {}

  /** Trains in that model_dir, or goes on there. */
  public static void main(String[] arguments) throws IOException {
    ModelLists lists = new ModelLists(6, 1, 12, "relevance");
    List<RankingList> train = lists.lists(160, 20);
    List<RankingList> valid = lists.lists(20, 20);
    PipelineHparams hparams =
        PipelineHparams.builder()
            .modelDir(arguments[0])
            .numEpochs(3)
            .checkpointSteps(3)
            .loss("gumbel_approx_ndcg_loss")
            .exportBestModel(true)
            .automaticReduceLr(true)
            .optimizer(
                "{name = adam, learning_rate = 0.01, use_ema = true, gradient_accumulation_steps ="
                    + " 2}")
            .build();
    new SimplePipeline(
            new ModelBuilder(
                lists.inputCreator(),
                PreprocessorWithSpec.builder().build(),
                // Wide enough for a checkpoint to take its time.
                DNNScorer.builder()
                    .hiddenLayerDims(256, 256)
                    .dropout(0.2)
                    .batchNormMoment(0.9)
                    .inputNoiseStddev(0.1)
                    .build(),
                "__list_mask__",
                "killable"),
            NullDatasetBuilder.ofLists(
                train,
                valid,
                lists.spec(),
                DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(8).listSize(20).build()),
            hparams)
        .trainAndValidate();
  }
}
