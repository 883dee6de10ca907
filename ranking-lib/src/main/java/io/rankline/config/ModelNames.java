package io.rankline.config;

import io.rankline.data.ListBatch;
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
            fallback = ListBatch.MASK_NAME,
            filled = "must be a name",
            meaning = "name of the mask among the network's inputs")
        String maskFeatureName) {

  ModelNames {
    Faults.in(ModelNames.class, name, maskFeatureName).orThrow();
  }
}
