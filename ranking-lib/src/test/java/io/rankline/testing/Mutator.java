package io.rankline.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a few bytes: flips, cuts, copies, swaps, huge numbers, and words that readers fear. */
public final class Mutator {

  private static final List<String> WORDS =
      List.of(
          "NaN",
          "inf",
          "-1",
          "1e39",
          "9223372036854775808",
          "-0",
          "\"",
          "'",
          "\n",
          "\r\n",
          "\t",
          ",",
          ";",
          ":",
          "#",
          "=",
          "{",
          "}",
          "[",
          "]",
          "${",
          "include ",
          "null",
          "qid:",
          "\u0000",
          "\uFEFF",
          "\uD83D\uDE00",
          "../",
          "0x1p-149",
          "1_000",
          " ");

  private final Random random;

  /** Changes that follow from a seed. */
  public Mutator(long seed) {
    this.random = new Random(seed);
  }

  /** A copy of which one place is changed, or a few; of nothing, nothing. */
  public byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    for (int edits = 1 + random.nextInt(4) * random.nextInt(2);
        edits > 0 && bytes.length > 0;
        edits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(9)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) 0xff;
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> bytes[at] = bytes[random.nextInt(bytes.length)];
        case 5 -> {
          int length = Math.min(random.nextInt(40), bytes.length - at);
          int to = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes.clone(), at, bytes, to, length);
        }
        case 6 -> {
          byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
          bytes = spliced(bytes, at, random.nextInt(2) * word.length, word);
        }
        case 7 -> {
          int length = Math.min(random.nextInt(40), bytes.length - at);
          byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
          bytes = spliced(bytes, random.nextInt(bytes.length), 0, copy);
        }
        default -> {
          byte[] huge = varint(random.nextLong() >>> random.nextInt(64));
          System.arraycopy(huge, 0, bytes, at, Math.min(huge.length, bytes.length - at));
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, int taken, byte[] put) {
    int rest = Math.min(bytes.length, at + taken);
    byte[] all = new byte[at + put.length + bytes.length - rest];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(put, 0, all, at, put.length);
    System.arraycopy(bytes, rest, all, at + put.length, bytes.length - rest);
    return all;
  }

  private static byte[] varint(long value) {
    byte[] bytes = new byte[10];
    int count = 0;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[count++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[count++] = (byte) rest;
    return Arrays.copyOf(bytes, count);
  }
}
