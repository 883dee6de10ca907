package io.rankline.model.input;

import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Pooling;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a text says of an {@link Embedding}: one kind of index, and how its vectors are made. */
record EmbeddingText(
    @Option(meaning = "tokens of a file") @Nullable VocabularyText vocabulary,
    @Option(least = 1, words = COUNT_RULE, meaning = "number of ids that tokens are hashed to")
        @Nullable Integer hashBuckets,
    @Option(meaning = "integers that are ids already") @Nullable IdentityText identity,
    @Option(least = 1, words = COUNT_RULE, meaning = "width of the table") int dimension,
    @Option(fallback = "mean", meaning = "what becomes of several tokens") Pooling pooling,
    @Option(fallback = "", meaning = "name of the table; features that name the same one share it")
        String table,
    @Option(
            fallback = "0",
            least = 0,
            words = "must be a whole number of 0 or more",
            meaning = "tokens after so many are left out; 0 keeps all")
        int maxTokens) {

  @SuppressWarnings("UnusedVariable") // options above use it
  private static final String COUNT_RULE = "must be a whole number of 1 or more";

  EmbeddingText {
    Faults faults =
        Faults.in(
            EmbeddingText.class,
            vocabulary,
            hashBuckets,
            identity,
            dimension,
            pooling,
            table,
            maxTokens);
    Map<String, @Nullable Object> kinds = new TreeMap<>();
    kinds.put("hash_buckets", hashBuckets);
    kinds.put("identity", identity);
    kinds.put("vocabulary", vocabulary);
    SortedSet<String> given = new TreeSet<>(kinds.keySet());
    given.removeIf(kind -> kinds.get(kind) == null);
    faults
        .addUnless(
            given.size() == 1,
            "",
            "must have one of %s, got %s",
            String.join(", ", kinds.keySet()),
            given.isEmpty() ? "none" : given)
        .orThrow();
  }

  static EmbeddingText of(Embedding embedding) {
    TokenIndex index = embedding.index();
    return new EmbeddingText(
        index instanceof VocabularyIndex words ? VocabularyText.of(words) : null,
        index instanceof HashBuckets buckets ? buckets.size() : null,
        index instanceof IdentityIndex ids ? new IdentityText(ids.size(), ids.others()) : null,
        embedding.dimension(),
        embedding.pooling(),
        embedding.table(),
        embedding.maxTokens());
  }

  /** The embedding of an index that needs no file. */
  Embedding embedding() {
    return embedding(
        hashBuckets == null
            ? Objects.requireNonNull(identity).index()
            : new HashBuckets(hashBuckets));
  }

  Embedding embedding(TokenIndex index) {
    return new Embedding(index, dimension, pooling, table, maxTokens);
  }
}
