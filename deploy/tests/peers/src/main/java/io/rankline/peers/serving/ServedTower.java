package io.rankline.peers.serving;

import io.rankline.data.RankingList;
import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.parity.ParityLists;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One tower as an export of Rankline and as a file of ONNX, and the lists it scores. */
final class ServedTower {

  /** Features of an item. */
  static final int FEATURES = 136;

  /** Widths of the hidden layers. */
  static final List<Integer> HIDDEN = List.of(1024, 512, 256);

  private static final RecordSpec RECORDS =
      RecordSpec.of(Map.of(), Map.of("features", FixedLenFeature.float32(FEATURES)));

  private ServedTower() {}

  /** Writes both. */
  static void write(Path folder) throws IOException {
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(RECORDS.context(), RECORDS.examples()),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder()
                    .hiddenLayerDims(HIDDEN.stream().mapToInt(Integer::intValue).toArray())
                    .build(),
                "__list_mask__",
                "tower")
            .build(TrainingSettings.builder().loss("softmax_loss").seed(1).build());
    ModelExport export = ModelExport.builder(model, RECORDS).build();
    SavedRankingModel.save(storage(folder.resolve("rankline")), export);
    EngineExport.write(
        EngineModel.of(SavedRankingModel.of(export)),
        ExportFormat.ONNX,
        storage(folder.resolve("onnx")),
        ParityLists.COUNT);
  }

  private static Folder storage(Path folder) {
    return Storage.ofClassPath().folder(folder.toString());
  }

  /** The features of a list, the same in every process. */
  static float[] features(int items) {
    SplittableRandom random = new SplittableRandom(items);
    float[] features = new float[items * FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1, 1);
    }
    return features;
  }

  /** A list of these features. */
  static RankingList list(float[] features) {
    int items = features.length / FEATURES;
    return new RankingList(
        RECORDS.layout(),
        items,
        items,
        new float[0],
        features,
        new float[0],
        new float[0],
        List.of(),
        List.of());
  }
}
