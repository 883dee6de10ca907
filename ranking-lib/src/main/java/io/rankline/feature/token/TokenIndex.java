package io.rankline.feature.token;

import java.io.Serializable;

/**
 * Turns tokens into the rows of an embedding table.
 *
 * <p>Tokens are byte strings or integers; what reads only one kind refuses the other. Integers are
 * looked up and hashed by their decimal text, as TensorFlow does.
 */
public sealed interface TokenIndex extends Serializable
    permits HashBuckets, IdentityIndex, VocabularyIndex {

  /** The id of a token that is ignored. */
  int NONE = -1;

  /** Number of ids: they are from 0 to {@code size() - 1}. */
  int size();

  /** Whether it takes byte strings. */
  boolean takesText();

  /**
   * The id of {@code length} bytes from {@code start}, or {@link #NONE}.
   *
   * @throws IllegalArgumentException for a token that it refuses
   */
  int idOf(byte[] bytes, int start, int length);

  /**
   * The id of an integer, or {@link #NONE}.
   *
   * @throws IllegalArgumentException for a token that it refuses
   */
  int idOf(long value);
}
