package io.rankline.export.onnx;

import io.rankline.export.engine.EngineFiles;
import io.rankline.export.engine.EngineFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.graph.RawTrees;
import io.rankline.export.onnx.interpreter.Interpreter;
import io.rankline.export.onnx.proto.ModelProto;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.TokenFeature;
import io.rankline.text.Hocon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * ONNX: {@code model.onnx}, and beside it {@code features.json}, which says what a client puts
 * where in its inputs.
 *
 * <p>The graph takes values as they are before transforms, NaN where one is missing, and gives the
 * scores of all items of all lists; docs/engines.md has its inputs and outputs.
 */
public final class OnnxFormat implements EngineFormat {

  /** The model. */
  public static final String MODEL_FILE = "model.onnx";

  /** What its inputs hold. */
  public static final String FEATURES_FILE = "features.json";

  static final String NAME = "onnx";

  @Override
  public EngineFiles write(EngineModel model, Folder folder) throws IOException {
    FeaturesText features = FeaturesText.of(model);
    ModelProto file = OnnxWriter.write(RawTrees.of(model), features);
    folder.write(MODEL_FILE, file::writeTo);
    byte[] text = Hocon.renderFormatted(features.describe()).getBytes(StandardCharsets.UTF_8);
    folder.write(FEATURES_FILE, out -> out.write(text));
    SortedMap<String, Vocabulary> vocabularies = ofClients(model.description().inputs());
    if (!vocabularies.isEmpty()) {
      Folder assets = folder.folder(FeaturesText.ASSETS);
      assets.create();
      for (Vocabulary vocabulary : vocabularies.values()) {
        byte[] lines =
            (String.join("\n", vocabulary.tokens()) + "\n").getBytes(StandardCharsets.UTF_8);
        assets.write(vocabulary.name(), out -> out.write(lines));
      }
    }
    return new EngineFiles(
        EngineFiles.ROUNDING,
        List.of(
            "%s says what the inputs of %s hold".formatted(FEATURES_FILE, MODEL_FILE),
            "opset %s, for ONNX Runtime 1.10 or newer".formatted(OnnxWriter.OPSET)));
  }

  @Override
  public ListScorer read(EngineModel model, Folder folder) throws IOException {
    try (InputStream file = folder.open(MODEL_FILE)) {
      return new OnnxScorer(folder, new Interpreter(ModelProto.parseFrom(file)));
    }
  }

  /** The vocabularies that clients look tokens up in. */
  private static SortedMap<String, Vocabulary> ofClients(EncodedInputs plan) {
    SortedMap<String, Vocabulary> vocabularies = new TreeMap<>();
    Stream.concat(plan.contextTokens().stream(), plan.exampleTokens().stream())
        .map(TokenFeature::embedding)
        .forEach(
            embedding -> {
              if (embedding.index() instanceof VocabularyIndex words
                  && !GraphInputs.isLookedUp(words)) {
                vocabularies.put(words.vocabulary().name(), words.vocabulary());
              }
            });
    return vocabularies;
  }
}
