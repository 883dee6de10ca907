package io.rankline.feature.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * FarmHash Fingerprint64, the hash of TensorFlow's {@code string_to_hash_bucket_fast}: the same
 * number for the same bytes, for ever.
 *
 * @see <a href="https://github.com/google/farmhash">the FarmHash family</a>
 */
final class FarmHash {

  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;

  /** The seed that makes the hash a fingerprint. */
  private static final long SEED = 81;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private FarmHash() {}

  /** The fingerprint of {@code length} bytes from {@code start}. */
  static long fingerprint64(byte[] bytes, int start, int length) {
    if (length <= 16) {
      return upTo16(bytes, start, length);
    }
    if (length <= 32) {
      return upTo32(bytes, start, length);
    }
    return length <= 64 ? upTo64(bytes, start, length) : longer(bytes, start, length, SEED);
  }

  private static long upTo16(byte[] b, int at, int n) {
    long mul = K2 + n * 2L;
    if (n >= 8) {
      long first = word(b, at) + K2;
      long last = word(b, at + n - 8);
      long c = Long.rotateRight(last, 37) * mul + first;
      long d = (Long.rotateRight(first, 25) + last) * mul;
      return mix(c, d, mul);
    }
    if (n >= 4) {
      return mix(n + (half(b, at) << 3), half(b, at + n - 4), mul);
    }
    if (n > 0) {
      int low = (b[at] & 0xff) + ((b[at + (n >> 1)] & 0xff) << 8);
      int high = n + ((b[at + n - 1] & 0xff) << 2);
      return shiftMix(low * K2 ^ high * K0) * K2;
    }
    return K2;
  }

  private static long upTo32(byte[] b, int at, int n) {
    long mul = K2 + n * 2L;
    long w = word(b, at) * K1;
    long x = word(b, at + 8);
    long y = word(b, at + n - 8) * mul;
    long z = word(b, at + n - 16) * K2;
    return mix(
        Long.rotateRight(w + x, 43) + Long.rotateRight(y, 30) + z,
        w + Long.rotateRight(x + K2, 18) + y,
        mul);
  }

  private static long upTo64(byte[] b, int at, int n) {
    long mul = K2 + n * 2L;
    long p = word(b, at) * K2;
    long q = word(b, at + 8);
    long r = word(b, at + n - 8) * mul;
    long s = word(b, at + n - 16) * K2;
    long y = Long.rotateRight(p + q, 43) + Long.rotateRight(r, 30) + s;
    long z = mix(y, p + Long.rotateRight(q + K2, 18) + r, mul);
    long e = word(b, at + 16) * mul;
    long f = word(b, at + 24);
    long g = (y + word(b, at + n - 32)) * mul;
    long h = (z + word(b, at + n - 24)) * mul;
    return mix(
        Long.rotateRight(e + f, 43) + Long.rotateRight(g, 30) + h,
        e + Long.rotateRight(f + p, 18) + g,
        mul);
  }

  /** Blocks of 64 bytes; the last block is the last 64 bytes, some of them read twice. */
  private static long longer(byte[] b, int start, int n, long seed) {
    long x = seed * K2 + word(b, start);
    long y = seed * K1 + 113;
    long z = shiftMix(y * K2 + 113) * K2;
    long[] v = new long[2];
    long[] w = new long[2];
    int end = start + ((n - 1) / 64) * 64;
    int last = start + n - 64;
    for (int at = start; at < end; at += 64) {
      x = Long.rotateRight(x + y + v[0] + word(b, at + 8), 37) * K1;
      y = Long.rotateRight(y + v[1] + word(b, at + 48), 42) * K1;
      x ^= w[1];
      y += v[0] + word(b, at + 40);
      z = Long.rotateRight(z + w[0], 33) * K1;
      weak32(b, at, v[1] * K1, x + w[0], v);
      weak32(b, at + 32, z + w[1], y + word(b, at + 16), w);
      long swapped = x;
      x = z;
      z = swapped;
    }
    long mul = K1 + ((z & 0xff) << 1);
    w[0] += (n - 1) & 63;
    v[0] += w[0];
    w[0] += v[0];
    x = Long.rotateRight(x + y + v[0] + word(b, last + 8), 37) * mul;
    y = Long.rotateRight(y + v[1] + word(b, last + 48), 42) * mul;
    x ^= w[1] * 9;
    y += v[0] * 9 + word(b, last + 40);
    z = Long.rotateRight(z + w[0], 33) * mul;
    weak32(b, last, v[1] * mul, x + w[0], v);
    weak32(b, last + 32, z + w[1], y + word(b, last + 16), w);
    return mix(mix(v[0], w[0], mul) + shiftMix(y) * K0 + x, mix(v[1], w[1], mul) + z, mul);
  }

  /** Folds 32 bytes and two seeds into two words. */
  private static void weak32(byte[] b, int at, long seedA, long seedB, long[] into) {
    long first = word(b, at);
    long last = word(b, at + 24);
    long a = seedA + first;
    long c = a;
    long mixed = Long.rotateRight(seedB + a + last, 21);
    a += word(b, at + 8);
    a += word(b, at + 16);
    mixed += Long.rotateRight(a, 44);
    into[0] = a + last;
    into[1] = mixed + c;
  }

  private static long mix(long low, long high, long mul) {
    long a = (low ^ high) * mul;
    a ^= a >>> 47;
    long b = (high ^ a) * mul;
    b ^= b >>> 47;
    return b * mul;
  }

  private static long shiftMix(long value) {
    return value ^ value >>> 47;
  }

  private static long word(byte[] b, int at) {
    return (long) LONGS.get(b, at);
  }

  private static long half(byte[] b, int at) {
    return (int) INTS.get(b, at) & 0xffffffffL;
  }
}
