package io.rankline.export.engine;

import java.util.List;

/**
 * What was written for an engine.
 *
 * @param tolerance largest difference that scores of the engine may have, relative to scores above
 *     1
 * @param remarks what a user should know, a sentence each: how to load it, limits of the engine
 */
public record EngineFiles(double tolerance, List<String> remarks) {

  /** What rounding makes of a float32 network: 1e-5. */
  public static final double ROUNDING = 1e-5;

  public EngineFiles {
    remarks = List.copyOf(remarks);
  }
}
