package io.rankline.model.input;

import io.rankline.feature.token.IdentityIndex;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/** What a text says of an {@link IdentityIndex}. */
record IdentityText(
    @Option(least = 1, words = "must be a whole number of 1 or more", meaning = "number of ids")
        int size,
    @Option(fallback = "error", meaning = "what becomes of integers that are no id")
        IdentityIndex.Others others) {

  IdentityText {
    Faults.in(IdentityText.class, size, others).orThrow();
  }

  IdentityIndex index() {
    return new IdentityIndex(size, others);
  }
}
