package io.rankline.frozen.step;

import io.rankline.frozen.step.Plan.Computed;
import io.rankline.frozen.step.Towers.Tower;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts dense layers that only feed each other together, so that a tower computes them at once. */
final class Chains {

  private final @Nullable Towers towers;
  private final Map<Integer, Integer> uses;

  /** Layers of a tower so far, and the value that they compute. */
  private record Chain(Value input, List<TowerLayer> layers, Value output) {}

  /**
   * Chains.
   *
   * @param towers null for plain Java
   * @param uses how often each value is read, by its place
   */
  Chains(@Nullable Towers towers, Map<Integer, Integer> uses) {
    this.towers = towers;
    this.uses = uses;
  }

  /** The steps, each layer as plain Java or as part of a tower. */
  List<Computed> finish(List<Computed> steps) {
    Map<Integer, Chain> chains = new HashMap<>();
    List<Computed> finished = new ArrayList<>();
    for (Computed computed : steps) {
      if (!(computed.step() instanceof DenseLayer dense)) {
        finished.add(computed);
        continue;
      }
      TowerLayer layer = towers == null ? null : dense.layer().ofTower();
      if (layer == null) {
        finished.add(new Computed(computed.value(), Dense.of(dense.input(), dense.layer())));
        continue;
      }
      Chain below =
          uses.getOrDefault(dense.input().place(), 0) == 1
              ? chains.remove(dense.input().place())
              : null;
      List<TowerLayer> layers = below == null ? new ArrayList<>() : below.layers();
      layers.add(layer);
      if (below != null) {
        finished.removeIf(step -> step.value().equals(below.output()));
      }
      Value input = below == null ? dense.input() : below.input();
      chains.put(computed.value().place(), new Chain(input, layers, computed.value()));
      finished.add(computed);
    }
    finished.replaceAll(
        computed -> {
          Chain chain = chains.get(computed.value().place());
          return chain == null || towers == null
              ? computed
              : new Computed(computed.value(), step(chain.input(), towers.of(chain.layers())));
        });
    return List.copyOf(finished);
  }

  private static Step step(Value input, Tower tower) {
    return (evaluation, out) -> tower.run(evaluation.of(input), evaluation.rows(input.axis()), out);
  }
}
