package io.rankline.server.json;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.rankline.compiled.CompiledCode;
import java.lang.ref.Reference;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Compiled from {@code base64.c}, eight groups at a time. Safe for use by several threads. */
final class CompiledBase64 implements Base64Groups {

  /** Of what both sides say to each other; {@code base64.c} has the same. */
  private static final int VERSION = 1;

  /** Characters at a time: they and what they become stay in the processor's cache. */
  private static final int BLOCK = 1 << 15;

  /** What the last vector writes beyond its bytes. */
  private static final int SLACK = 4;

  private final ConcurrentLinkedQueue<Block> blocks = new ConcurrentLinkedQueue<>();

  private CompiledBase64() {}

  private record Block(Memory text, Memory bytes) {}

  /** Empty where there is no compiled code for this machine, or none is wanted. */
  static Optional<CompiledBase64> find() {
    return CompiledCode.isWanted() ? Loaded.LIBRARY : Optional.empty();
  }

  @Override
  public int decode(byte[] text, int from, int to, byte[] out, int at) {
    Block pooled = blocks.poll();
    Block block =
        pooled == null ? new Block(new Memory(BLOCK), new Memory(BLOCK / 4 * 3 + SLACK)) : pooled;
    try {
      return decode(text, from, to, out, at, block);
    } finally {
      Reference.reachabilityFence(block); // an address keeps nothing alive
      blocks.offer(block);
    }
  }

  private static int decode(byte[] text, int from, int to, byte[] out, int at, Block block) {
    int next = from;
    int end = at;
    int taken;
    int count;
    do {
      count = Math.min(BLOCK, to - next) & -4;
      block.text.write(0, text, next, count);
      taken =
          (int)
              Functions.rankline_base64_decode(
                  Pointer.nativeValue(block.text), count, Pointer.nativeValue(block.bytes));
      block.bytes.read(0, out, end, taken / 4 * 3);
      next += taken;
      end += taken / 4 * 3;
    } while (taken == count && to - next >= 4);
    return next - from;
  }

  /** Loaded when it is first asked for. */
  private static final class Loaded {

    static final Optional<CompiledBase64> LIBRARY =
        CompiledCode.vectorBits(
                "base64",
                VERSION,
                () -> Functions.rankline_base64_version(),
                () -> Functions.rankline_vector_bits())
            .map(bits -> new CompiledBase64());
  }

  /** The functions under their names in C. */
  @SuppressWarnings("checkstyle:MethodName")
  private static final class Functions {

    static {
      Native.register(Functions.class, "rankline_base64");
    }

    private Functions() {}

    static native int rankline_base64_version();

    static native int rankline_vector_bits();

    static native long rankline_base64_decode(long text, long length, long out);
  }
}
