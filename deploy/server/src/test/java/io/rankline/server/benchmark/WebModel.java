package io.rankline.server.benchmark;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Storage;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.model.ModelBuilder;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A model of web search, hidden layers 1024-512-256, and lists of 200 items with 136 features. */
final class WebModel {

  private static final int ITEMS = 200;
  private static final int FEATURES = 136;
  private static final int LISTS = 8;

  /** Where it is asked. */
  static final String PATH = "/v1/models/web:predict";

  private final SavedRankingModel model;
  private final List<byte[]> records = new ArrayList<>();
  private final List<ByteBuffer> requests = new ArrayList<>();

  /** Exports it as version 1 of a base folder, and loads it from there. */
  WebModel(Path base) throws IOException {
    export(base.resolve("1"));
    model = SavedRankingModel.load(base.resolve("1").toString());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < LISTS; i++) {
      byte[] record = record(random);
      records.add(record);
      String body =
          "{\"signature_name\": \"tensorflow/serving/predict\", \"instances\": [{\"b64\": \"%s\"}]}"
              .formatted(Base64.getEncoder().encodeToString(record));
      requests.add(Connection.request(PATH, body.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** Scores one of the lists, here. */
  boolean score(int i) {
    return model.predict(records.get(i % LISTS)).length == ITEMS;
  }

  /** The request for one of the lists. */
  ByteBuffer request(int i) {
    return requests.get(i % LISTS);
  }

  private static byte[] record(SplittableRandom random) {
    ElwcAssembler record = new ElwcAssembler();
    for (int item = 0; item < ITEMS; item++) {
      ExampleWriter example = new ExampleWriter();
      for (int feature = 1; feature <= FEATURES; feature++) {
        example.floats(
            "custom_features_" + feature, new float[] {(float) random.nextDouble(0, 3)}, 0, 1);
      }
      record.add(example);
    }
    return record.build(new byte[0]);
  }

  private static void export(Path folder) throws IOException {
    Map<String, FeatureSpec> features = new TreeMap<>();
    for (int feature = 1; feature <= FEATURES; feature++) {
      features.put("custom_features_" + feature, FixedLenFeature.float32(1).withDefault(0f));
    }
    RecordSpec records = RecordSpec.of(Map.of(), features);
    ModelBuilder builder =
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(1024, 512, 256).useBatchNorm(true).build(),
            "__list_mask__",
            "web");
    SavedRankingModel.save(
        Storage.ofClassPath().folder(folder.toString()),
        ModelExport.builder(
                builder.build(TrainingSettings.builder().loss("softmax_loss").seed(1).build()),
                records)
            .build());
  }
}
