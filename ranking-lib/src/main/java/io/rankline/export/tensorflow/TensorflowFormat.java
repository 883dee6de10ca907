package io.rankline.export.tensorflow;

import io.rankline.export.engine.EngineFiles;
import io.rankline.export.engine.EngineFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.graph.InputGraph;
import io.rankline.export.graph.RawTrees;
import io.rankline.export.tensorflow.evaluation.SavedModelScorer;
import io.rankline.export.tensorflow.proto.SavedModel;
import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A SavedModel: one file with graph, weights and signatures. Signatures, inputs and outputs have
 * the names that TF-Ranking gives them.
 */
public final class TensorflowFormat implements EngineFormat {

  /** The file that loaders look for. */
  public static final String FILE = "saved_model.pb";

  /** A format without settings. */
  public TensorflowFormat() {}

  @Override
  public EngineFiles write(EngineModel model, Folder folder) throws IOException {
    EngineModel raw = RawTrees.of(model);
    InputGraph.requireKnown(raw.inputs(), "tensorflow");
    SavedModel saved = ModelGraph.of(raw);
    folder.write(FILE, saved::writeTo);
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "TensorFlow Serving takes the highest of the numbered folders in --model_base_path: name"
            + " this one BASE/NUMBER");
    if (model.description().tasks().values().stream().anyMatch(loss -> loss.scoresOfItem() > 1)) {
      remarks.add(
          "an item has several scores, which TensorFlow Serving's :regress refuses; ask by :predict"
              + " for either signature");
    }
    return new EngineFiles(EngineFiles.ROUNDING, remarks);
  }

  @Override
  public ListScorer read(EngineModel model, Folder folder) throws IOException {
    try (InputStream in = folder.open(FILE)) {
      return SavedModelScorer.of(SavedModel.parseFrom(in), model);
    }
  }
}
