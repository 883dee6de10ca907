package io.rankline.spark.training.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of a new connection say first, always in big-endian order.
 *
 * @param version of the protocol
 * @param order byte order of everything that follows: 1 for big-endian, 2 for little-endian
 * @param authenticated 1 if the sender has a secret and wants proof of it, else 0
 * @param rank of the sender
 * @param size ranks in the ring, N
 * @param job SHA-256 of the job's name and of all addresses in the order of ranks
 * @param nonce 32 random bytes, fresh for every connection, which proofs are made of
 */
record Hello(
    int version, int order, int authenticated, int rank, int size, byte[] job, byte[] nonce) {

  static final int HASH_BYTES = 32;
  static final int BYTES = 6 * Integer.BYTES + 2 * HASH_BYTES;

  private static final int MARK = 0x524E_4C4B;
  private static final int VERSION = 1;
  private static final int ORDER = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? 1 : 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  static Hello of(int rank, List<String> addresses, RingSettings settings) {
    byte[] nonce = new byte[HASH_BYTES];
    RANDOM.nextBytes(nonce);
    return new Hello(
        VERSION,
        ORDER,
        settings.secret() == null ? 0 : 1,
        rank,
        addresses.size(),
        jobHash(settings.job(), addresses),
        nonce);
  }

  private static byte[] jobHash(String job, List<String> addresses) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(job.getBytes(StandardCharsets.UTF_8));
      for (String address : addresses) {
        // A separator that stands in no name, so that no two lists read the same.
        hash.update((byte) 0);
        hash.update(address.getBytes(StandardCharsets.UTF_8));
      }
      return hash.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putInt(MARK)
        .putInt(version)
        .putInt(order)
        .putInt(authenticated)
        .putInt(rank)
        .putInt(size)
        .put(job)
        .put(nonce)
        .array();
  }

  /** Reads what another side said; null if it is no greeting of a ring. */
  static @Nullable Hello of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt() != MARK) {
      return null;
    }
    int version = buffer.getInt();
    int order = buffer.getInt();
    int authenticated = buffer.getInt();
    int rank = buffer.getInt();
    int size = buffer.getInt();
    byte[] job = new byte[HASH_BYTES];
    byte[] nonce = new byte[HASH_BYTES];
    buffer.get(job).get(nonce);
    return new Hello(version, order, authenticated, rank, size, job, nonce);
  }

  /** Why the side that said this is turned away, if rank {@code due} is expected. */
  Refusal refusalBy(Hello mine, int due) {
    if (version != mine.version) {
      return Refusal.VERSION;
    }
    if (order != mine.order) {
      return Refusal.BYTE_ORDER;
    }
    if (authenticated != mine.authenticated) {
      return Refusal.SECRET;
    }
    if (size != mine.size || !MessageDigest.isEqual(job, mine.job)) {
      return Refusal.JOB;
    }
    return rank == due ? Refusal.NONE : Refusal.RANK;
  }
}
