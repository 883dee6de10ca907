package io.rankline.config;

import io.rankline.feature.token.Vocabulary;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A run without the files that it was read from, to be read on another machine. Passwords of tables
 * are not in it: their lists have to be made before.
 *
 * @param text the configuration with includes, overrides and environment in their places
 * @param vocabularies those of its files, by the names that it has for them
 */
public record PackedRun(String text, Map<String, Vocabulary> vocabularies) implements Serializable {

  public PackedRun {
    vocabularies = Map.copyOf(vocabularies);
  }

  /**
   * Reads it.
   *
   * @param overrides in the place of the text's values
   * @throws ConfigurationException with all faults, each with its line
   */
  public RunConfig open(List<String> overrides) {
    return RunConfig.of(
        ConfigText.parse(text, overrides),
        file -> {
          Vocabulary vocabulary = vocabularies.get(file);
          if (vocabulary == null) {
            throw new IllegalArgumentException("vocabulary file %s is not packed".formatted(file));
          }
          return vocabulary;
        });
  }
}
