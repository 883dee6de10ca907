package io.rankline.server.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a request asks for.
 *
 * @param name of the model
 * @param version of it; the highest that is served where there is neither version nor label
 * @param label of a version
 */
public record ModelChoice(String name, OptionalLong version, Optional<String> label) {

  /** The highest version of a model. */
  public static ModelChoice latest(String name) {
    return new ModelChoice(name, OptionalLong.empty(), Optional.empty());
  }
}
