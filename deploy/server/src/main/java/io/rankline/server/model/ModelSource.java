package io.rankline.server.model;

import java.io.IOException;
import java.util.List;

/** Says which models are to be served. */
@FunctionalInterface
public interface ModelSource {

  /**
   * The models as they are to be now; names differ.
   *
   * @throws IOException if that cannot be read
   * @throws IllegalArgumentException if it cannot be understood
   */
  List<ModelSettings> read() throws IOException;
}
