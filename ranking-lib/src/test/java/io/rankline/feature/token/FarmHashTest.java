package io.rankline.feature.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.guava.hash.HashFunction;
import org.nd4j.shade.guava.hash.Hashing;

class FarmHashTest {

  private static final HashFunction ORACLE = Hashing.farmHashFingerprint64();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyLengthAgreesWithGuava(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[700];
    random.nextBytes(bytes);
    for (int length = 0; length <= 600; length++) {
      int start = random.nextInt(bytes.length - length);

      assertThat(FarmHash.fingerprint64(bytes, start, length))
          .as("%d bytes from %d", length, start)
          .isEqualTo(ORACLE.hashBytes(bytes, start, length).asLong());
    }
  }

  /** The fingerprints that TensorFlow's string_to_hash_bucket_op_test.py is written around. */
  @ParameterizedTest
  @CsvSource({
    "a, 12917804110809363939",
    "b, 11795596070477164822",
    "c, 11430444447143000872",
    "d, 4470636696479570465"
  })
  void lettersHaveTheFingerprintsOfTensorFlowsTest(String letter, String unsigned) {
    byte[] bytes = letter.getBytes(StandardCharsets.UTF_8);

    assertThat(Long.toUnsignedString(FarmHash.fingerprint64(bytes, 0, bytes.length)))
        .isEqualTo(unsigned);
  }

  /** TensorFlow: string_to_hash_bucket_fast(["a", "b", "c", "d"], 10) is [9, 2, 2, 5]. */
  @ParameterizedTest
  @CsvSource({"a, 9", "b, 2", "c, 2", "d, 5"})
  void hashBucketsAreThoseOfTensorFlowsTest(String letter, int bucket) {
    byte[] bytes = letter.getBytes(StandardCharsets.UTF_8);

    assertThat(new HashBuckets(10).idOf(bytes, 0, bytes.length)).isEqualTo(bucket);
  }

  @Test
  void integersAreHashedByTheirDigits() {
    for (long value : new long[] {0, 7, -1, 1234567890123L, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);

      assertThat(new HashBuckets(1 << 30).idOf(value))
          .isEqualTo(new HashBuckets(1 << 30).idOf(digits, 0, digits.length));
    }
  }
}
