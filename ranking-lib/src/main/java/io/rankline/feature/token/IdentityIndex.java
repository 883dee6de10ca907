package io.rankline.feature.token;

/**
 * Integers that are ids already.
 *
 * @param size number of ids, 1 or more
 * @param others what becomes of integers outside of [0, size)
 */
public record IdentityIndex(int size, Others others) implements TokenIndex {

  /** What becomes of integers that are no id. */
  public enum Others {
    /** They are refused. */
    ERROR,
    /** They are ignored. */
    NONE
  }

  public IdentityIndex {
    if (size < 1) {
      throw new IllegalArgumentException("identity must have 1 id or more, got " + size);
    }
  }

  /** Integers from 0 to {@code size - 1}; others are refused. */
  public static IdentityIndex of(int size) {
    return new IdentityIndex(size, Others.ERROR);
  }

  @Override
  public boolean takesText() {
    return false;
  }

  @Override
  public int idOf(byte[] bytes, int start, int length) {
    throw new IllegalArgumentException("identity takes int64 values, got text");
  }

  @Override
  public int idOf(long value) {
    if (value >= 0 && value < size) {
      return (int) value;
    }
    if (others == Others.NONE) {
      return NONE;
    }
    throw new IllegalArgumentException(
        "id must be from 0 to %s, got %s".formatted(size - 1, value));
  }
}
