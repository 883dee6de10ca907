package io.rankline.feature.token;

/**
 * Any token, by its hash: FarmHash Fingerprint64 modulo the number of buckets, as TensorFlow's
 * {@code string_to_hash_bucket_fast} and hashed feature columns.
 *
 * @param size number of buckets, 1 or more
 */
public record HashBuckets(int size) implements TokenIndex {

  public HashBuckets {
    if (size < 1) {
      throw new IllegalArgumentException("hash_buckets must be 1 or more, got " + size);
    }
  }

  @Override
  public boolean takesText() {
    return true;
  }

  @Override
  public int idOf(byte[] bytes, int start, int length) {
    return (int) Long.remainderUnsigned(FarmHash.fingerprint64(bytes, start, length), size);
  }

  @Override
  public int idOf(long value) {
    byte[] digits = new byte[DecimalText.LONGEST];
    int start = DecimalText.write(value, digits);
    return idOf(digits, start, digits.length - start);
  }
}
