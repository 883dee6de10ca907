package io.rankline.pipeline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.loss.LossText;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that continues from a checkpoint is the one that was never interrupted. */
class ResumedTrainingTest {

  private static final RecordSpec SPEC =
      RecordSpec.of(Map.of(), Map.of("x", FixedLenFeature.float32(20)))
          .withLabels(LabelSpec.of("utility", FixedLenFeature.float32(1)));

  @TempDir Path disk;

  @ParameterizedTest(name = "workspaces {0}")
  @EnumSource(WorkspaceMode.class)
  void theNextTenStepsAreTheSameToTheBit(WorkspaceMode mode) throws IOException {
    RankingModel uninterrupted = model(mode, "{name = gumbel_approx_ndcg_loss, seed = 3}");
    train(uninterrupted, 0, 7);
    Checkpoints checkpoints = checkpoints(uninterrupted);
    checkpoints.save(uninterrupted.graph(), state(7));
    train(uninterrupted, 7, 17);

    RankingModel resumed = model(mode, "{name = gumbel_approx_ndcg_loss, seed = 3}");
    Checkpoint newest = checkpoints.newest().orElseThrow();
    newest.restoreInto(resumed.graph());
    assertThat(resumed.graph().getIterationCount()).isEqualTo(7);
    train(resumed, Math.toIntExact(newest.state().step()), 17);

    assertThat(resumed.graph().params().toFloatVector())
        .isEqualTo(uninterrupted.graph().params().toFloatVector());
    assertThat(resumed.graph().getUpdater().getUpdaterStateViewArray().toFloatVector())
        .isEqualTo(uninterrupted.graph().getUpdater().getUpdaterStateViewArray().toFloatVector());
    assertThat(resumed.graph().getIterationCount()).isEqualTo(17);
    assertThat(resumed.graph().getEpochCount()).isEqualTo(uninterrupted.graph().getEpochCount());
  }

  @Test
  void aNetworkThatHasTrainedOnIsTakenBack() throws IOException {
    RankingModel model = model(WorkspaceMode.ENABLED, "softmax_loss");
    train(model, 0, 3);
    Checkpoints checkpoints = checkpoints(model);
    checkpoints.save(model.graph(), state(3));
    train(model, 3, 9);
    float[] expected = model.graph().params().toFloatVector();

    checkpoints.newest().orElseThrow().restoreInto(model.graph());
    train(model, 3, 9);

    assertThat(model.graph().params().toFloatVector()).isEqualTo(expected);
  }

  private Checkpoints checkpoints(RankingModel model) {
    Folder folder = Storage.ofClassPath().folder(disk.toString());
    return new Checkpoints(folder, ModelIdentity.of(model.graph(), Map.of()));
  }

  private static CheckpointState state(int step) {
    return new CheckpointState(0, step, step, 42, 1, new TreeMap<>());
  }

  private static RankingModel model(WorkspaceMode mode, String loss) {
    return new ModelBuilder(
            new FeatureSpecInputCreator(SPEC.context(), SPEC.examples()),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder()
                .hiddenLayerDims(16, 8)
                .useBatchNorm(true)
                .inputBatchNorm(true)
                .dropout(0.3)
                .build(),
            "__list_mask__",
            "resumed")
        .build(
            TrainingSettings.builder()
                .loss(LossText.parse(loss))
                .l2(1e-3)
                .seed(5)
                .workspaceMode(mode)
                .build());
  }

  private static void train(RankingModel model, int from, int to) {
    for (int step = from; step < to; step++) {
      model.fit(batch(step));
    }
  }

  private static ListBatch batch(int step) {
    SplittableRandom random = new SplittableRandom(step);
    List<RankingList> lists =
        IntStream.range(0, 6).mapToObj(q -> list(random, 1 + random.nextInt(9))).toList();
    return new ListBatcher(ListSize.ALL).batch(lists);
  }

  private static RankingList list(SplittableRandom random, int size) {
    float[] x = new float[size * 20];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(3);
    }
    return new RankingList(
        SPEC.layout(), size, size, new float[0], x, labels, new float[0], List.of(), List.of());
  }
}
