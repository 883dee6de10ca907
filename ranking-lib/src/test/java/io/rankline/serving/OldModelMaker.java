package io.rankline.serving;

import io.rankline.data.ListSize;
import io.rankline.io.DatasetReader;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.Storage;
import io.rankline.io.record.RecordFormat;
import io.rankline.loss.LossText;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.scorer.DNNScorer;
import java.io.IOException;

/**
 * Wrote {@code golden/model-v2}, and {@code golden/model-v1} when there were no data settings. A
 * new format gets a folder of its own beside them, made by a maker like this; the old ones are
 * never written again.
 */
final class OldModelMaker {

  private OldModelMaker() {}

  /** Writes the model to the folder that is named, which must not be an old one. */
  public static void main(String[] arguments) throws IOException {
    RankingModel model =
        ServedModels.trained(
            ServedModels.model(
                DNNScorer.builder().hiddenLayerDims(4).useBatchNorm(true).build(),
                TrainingSettings.builder()
                    .loss(LossText.parse("{name = approx_ndcg_loss, temperature = 0.2}"))
                    .seed(11)
                    .build()));
    SavedRankingModel.save(
        Storage.ofClassPath().folder(arguments[0]),
        ModelExport.builder(model, ServedModels.RECORDS)
            .servingDefault(SignatureName.PREDICT)
            .configuration("model { name = shop }")
            .data(
                new DataSettings(
                    DatasetReader.LIBSVM,
                    RecordFormat.ELWC,
                    QueriesAcrossFiles.JOIN,
                    false,
                    new ListSize(40),
                    ListSize.ALL,
                    true))
            .metric("val_metric/ndcg_5", 0.75)
            .build());
  }
}
