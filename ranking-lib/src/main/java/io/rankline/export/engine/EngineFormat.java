package io.rankline.export.engine;

import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import java.io.IOException;

/** The form that an engine reads models in. */
public interface EngineFormat {

  /**
   * Writes a model into a folder that is there and empty.
   *
   * @throws UnsupportedModelException if the engine cannot score it; before anything is written
   */
  EngineFiles write(EngineModel model, Folder folder) throws IOException;

  /**
   * A scorer that reads what was written and computes it by the engine's rules, operation by
   * operation, in arithmetic of its own: the check that the files say what the model does.
   *
   * @param model for the names of tasks and the layout of lists; its network is not looked at
   */
  ListScorer read(EngineModel model, Folder folder) throws IOException;
}
