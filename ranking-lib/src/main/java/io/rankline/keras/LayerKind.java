package io.rankline.keras;

import java.util.Set;

/** Layers whose weights can be taken. */
enum LayerKind {
  DENSE("dense layer"),
  BATCH_NORM("batch norm"),
  EMBEDDING("embedding");

  private final String words;

  LayerKind(String words) {
    this.words = words;
  }

  /** What it is called, in the singular. */
  String words() {
    return words;
  }

  /** Whether tensors of these roles are such a layer, all of it. */
  boolean isMadeOf(Set<String> roles) {
    return roles.containsAll(needed()) && known().containsAll(roles);
  }

  /** Whether tensors of these roles are such a layer, perhaps not all of it. */
  boolean isPartOf(Set<String> roles) {
    return roles.stream().anyMatch(known()::contains);
  }

  /** Whether a name that a type stands behind, {@code dense/kernel (int8)}, is of such a layer. */
  boolean isNamedIn(String nameAndType) {
    return known().stream().anyMatch(role -> nameAndType.contains("/" + role + " ("));
  }

  private Set<String> needed() {
    return switch (this) {
      case DENSE -> Set.of("kernel");
      case BATCH_NORM -> Set.of("moving_mean", "moving_variance");
      case EMBEDDING -> Set.of("embeddings");
    };
  }

  private Set<String> known() {
    return switch (this) {
      case DENSE -> Set.of("kernel", "bias");
      case BATCH_NORM -> Set.of("gamma", "beta", "moving_mean", "moving_variance");
      case EMBEDDING -> Set.of("embeddings");
    };
  }
}
