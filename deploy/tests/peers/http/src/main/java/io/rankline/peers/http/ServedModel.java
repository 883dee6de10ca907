package io.rankline.peers.http;

import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.engine.EngineModel;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A tower of 1024-512-256 as an export of Rankline and of ONNX, and a request to it. */
public final class ServedModel {

  /** Features of an item. */
  static final int FEATURES = 136;

  private static final int ITEMS = 200;

  private ServedModel() {}

  /** Writes both forms into a folder; in a JVM of its own, as it has ND4J. */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]));
    System.exit(0);
  }

  /** Writes {@code models/1} and {@code onnx}. */
  static void write(Path folder) throws IOException {
    Map<String, FeatureSpec> features = new TreeMap<>();
    for (int feature = 1; feature <= FEATURES; feature++) {
      features.put("custom_features_" + feature, FixedLenFeature.float32(1).withDefault(0f));
    }
    ModelBuilder builder =
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(1024, 512, 256).useBatchNorm(true).build(),
            "__list_mask__",
            "web");
    ModelExport export =
        ModelExport.builder(
                builder.build(TrainingSettings.builder().loss("softmax_loss").seed(1).build()),
                RecordSpec.of(Map.of(), features))
            .build();
    Storage storage = Storage.ofClassPath();
    SavedRankingModel.save(storage.folder(folder.resolve("models/1").toString()), export);
    EngineExport.write(
        EngineModel.of(SavedRankingModel.of(export)),
        ExportFormat.ONNX,
        storage.folder(folder.resolve("onnx").toString()),
        100);
  }

  /** Scores of a list of 200 items are asked for, as ELWC in base64. */
  static byte[] request() {
    SplittableRandom random = new SplittableRandom(1);
    ElwcAssembler record = new ElwcAssembler();
    for (int item = 0; item < ITEMS; item++) {
      ExampleWriter example = new ExampleWriter();
      for (int feature = 1; feature <= FEATURES; feature++) {
        example.floats(
            "custom_features_" + feature, new float[] {(float) random.nextDouble(0, 3)}, 0, 1);
      }
      record.add(example);
    }
    return "{\"signature_name\": \"tensorflow/serving/predict\", \"instances\": [{\"b64\": \"%s\"}]}"
        .formatted(Base64.getEncoder().encodeToString(record.build(new byte[0])))
        .getBytes(StandardCharsets.US_ASCII);
  }
}
