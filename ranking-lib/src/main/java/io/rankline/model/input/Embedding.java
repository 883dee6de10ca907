package io.rankline.model.input;

import io.rankline.feature.token.Pooling;
import io.rankline.feature.token.TokenIndex;
import java.io.Serializable;

/**
 * How the tokens of a feature become a vector.
 *
 * @param index from token to row of the table
 * @param dimension width of the table, 1 or more
 * @param pooling what becomes of several tokens
 * @param table name of the table; features that name the same one share it. Empty for one of the
 *     feature's own
 * @param maxTokens tokens after so many are left out; 0 keeps all
 */
public record Embedding(
    TokenIndex index, int dimension, Pooling pooling, String table, int maxTokens)
    implements Serializable {

  public Embedding {
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "dimension of an embedding must be 1 or more, got " + dimension);
    }
    if (maxTokens < 0) {
      throw new IllegalArgumentException("max_tokens must be 0 (all) or more, got " + maxTokens);
    }
  }

  /** The mean of all tokens, with a table of the feature's own. */
  public static Embedding of(TokenIndex index, int dimension) {
    return new Embedding(index, dimension, Pooling.MEAN, "", 0);
  }

  /** The same with this pooling. */
  public Embedding withPooling(Pooling newPooling) {
    return new Embedding(index, dimension, newPooling, table, maxTokens);
  }

  /** The same with a table that all features share which name it. */
  public Embedding withTable(String name) {
    return new Embedding(index, dimension, pooling, name, maxTokens);
  }

  /** The same of the first {@code count} tokens. */
  public Embedding withMaxTokens(int count) {
    return new Embedding(index, dimension, pooling, table, count);
  }
}
