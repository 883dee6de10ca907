package io.rankline.frozen.compiled;

import io.rankline.compiled.CompiledCode;
import io.rankline.frozen.step.TowerLayer;
import io.rankline.frozen.step.Towers;
import java.util.List;
import java.util.Optional;

/**
 * Towers whose products are compiled from C. The bits are those of plain Java, in a third of the
 * time.
 */
public final class CompiledTowers implements Towers {

  private final RowsLibrary library;

  private CompiledTowers(RowsLibrary library) {
    this.library = library;
  }

  /**
   * The compiled arithmetic; empty where the jar was built without a C compiler or for another
   * platform, where the processor lacks AVX2, or where it is not {@linkplain
   * CompiledCode#isWanted() wanted}.
   */
  public static Optional<Towers> find() {
    return CompiledCode.isWanted() ? RowsLibrary.find().map(CompiledTowers::new) : Optional.empty();
  }

  @Override
  public Tower of(List<TowerLayer> layers) {
    return new CompiledTower(
        library, layers.stream().map(layer -> PackedLayer.of(layer, library.panel())).toList());
  }
}
