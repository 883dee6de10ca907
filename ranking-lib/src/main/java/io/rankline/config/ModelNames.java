package io.rankline.config;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/** What the section {@code model} names. */
record ModelNames(
    @Option(
            fallback = "ranking_model",
            filled = "must be a name",
            meaning = "shown in logs and reports")
        String name,
    @Option(
            fallback = "__list_mask__",
            filled = "must be a name",
            meaning = "name of the mask among the network's inputs")
        String maskFeatureName) {

  ModelNames {
    Faults.in(ModelNames.class, name, maskFeatureName).orThrow();
  }
}
