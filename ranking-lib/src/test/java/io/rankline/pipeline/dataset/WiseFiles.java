package io.rankline.pipeline.dataset;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Files of lists whose items have a price and a wisdom, and trainings on them.
 *
 * @param folder where all of it lies
 */
record WiseFiles(Path folder) {

  static final LabelSpec LABEL =
      LabelSpec.of("clicks", FixedLenFeature.float32(1).withDefault(-1f));

  static final FixedLenFeature NUMBER = FixedLenFeature.float32(1).withDefault(0f);

  static final Map<String, FeatureSpec> PRICE = Map.of("price", NUMBER);
  static final Map<String, FeatureSpec> WISDOM = Map.of("wisdom", NUMBER);

  static final RecordSpec WRITTEN =
      RecordSpec.of(Map.of(), Map.of("price", NUMBER, "wisdom", NUMBER)).withLabels(LABEL);

  /** Prices of 10, 20, …, labels of 0, 1, …, and that wisdom. */
  static RankingList list(float... wisdom) {
    float[] examples = new float[2 * wisdom.length];
    float[] labels = new float[wisdom.length];
    for (int i = 0; i < wisdom.length; i++) {
      examples[2 * i] = 10 * (i + 1);
      examples[2 * i + 1] = wisdom[i];
      labels[i] = i;
    }
    return new RankingList(
        WRITTEN.layout(),
        wisdom.length,
        wisdom.length,
        new float[0],
        examples,
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  static ListBatch first(RankingDataset dataset) throws IOException {
    try (BatchStream<ListBatch> batches = dataset.open(UnaryOperator.identity(), 0)) {
      return Objects.requireNonNull(batches.next());
    }
  }

  void write(String name, RankingList... lists) throws IOException {
    write(name, WRITTEN, lists);
  }

  void write(String name, RecordSpec spec, RankingList... lists) throws IOException {
    try (TfRecordWriter writer = new TfRecordWriter(Files.newOutputStream(folder.resolve(name)))) {
      ElwcEncoder encoder = new ElwcEncoder(spec);
      for (RankingList list : lists) {
        writer.write(encoder.encode(list));
      }
    }
  }

  /** How they are read. */
  DatasetHparams hparams() {
    return DatasetHparams.builder()
        .trainInputPattern(folder + "/train*")
        .validInputPattern(folder + "/valid")
        .trainBatchSize(1)
        .validBatchSize(2)
        .shuffleBufferSize(1)
        .build();
  }

  /** A training of one epoch into the folder of its name; each name has a seed of its own. */
  SimplePipeline pipeline(
      Map<String, FeatureSpec> features, AbstractDatasetBuilder data, String name) {
    return new SimplePipeline(
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(2).useBatchNorm(false).build(),
            "mask",
            name),
        data,
        PipelineHparams.builder()
            .modelDir(folder + "/" + name)
            .numEpochs(1)
            .stepsPerEpoch(2)
            .learningRate(0.1)
            .seed(name.hashCode())
            .loss("softmax_loss")
            .build());
  }
}
