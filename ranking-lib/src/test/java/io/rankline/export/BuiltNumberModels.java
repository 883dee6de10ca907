package io.rankline.export;

import io.rankline.export.engine.EngineModel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The models of {@link NumberModels} for a JVM in which ND4J cannot be. */
public final class BuiltNumberModels {

  private static final SortedMap<String, EngineModel> ALL = new TreeMap<>();

  private BuiltNumberModels() {}

  /** The model of a name. */
  public static EngineModel of(String name) {
    return Objects.requireNonNull(all().get(name), name);
  }

  /** The models by name, built in another JVM, once in this one. */
  public static synchronized SortedMap<String, EngineModel> all() {
    if (ALL.isEmpty()) {
      ALL.putAll(BuiltModels.of(NumberModels.class, Path.of("target", "models")));
    }
    return ALL;
  }
}
