package io.rankline.pipeline.replica;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * An update whose values are plus or minus one threshold, or nothing, as words of 32 bits.
 *
 * <p>First come three words: the form, the threshold's bits and the number of values. Few values
 * are a word each, the place counted from 1 and with the value's sign. More than one in sixteen are
 * a bitmap, two bits a place: 1 for plus, 2 for minus.
 *
 * <p>Unlike ND4J's encoders, which cut a message that has become too long, nothing that is taken
 * from a residual is left out of the message.
 */
final class SparseUpdate {

  private static final int FORM = 0;
  private static final int THRESHOLD = 1;
  private static final int COUNT = 2;
  private static final int HEAD = 3;
  private static final int PLACES = 0;
  private static final int BITMAP = 1;
  private static final int PLACES_OF_WORD = 16;

  /** Floats that are on the heap at a time, 8 kB, in the first cache. */
  private static final int TILE = 2048;

  private SparseUpdate() {}

  /**
   * Takes the threshold from every value that reaches it.
   *
   * @param residual what has not been sent so far; keeps the rest
   * @param threshold above 0
   * @return the message
   */
  static int[] take(FloatBuffer residual, float threshold) {
    int length = residual.limit();
    int count = count(residual, threshold);
    boolean places = count <= length / PLACES_OF_WORD;
    int[] message = new int[HEAD + (places ? count : words(length))];
    message[FORM] = places ? PLACES : BITMAP;
    message[THRESHOLD] = Float.floatToRawIntBits(threshold);
    message[COUNT] = count;
    float[] tile = new float[TILE];
    int next = HEAD;
    for (int from = 0; from < length; from += TILE) {
      int size = Math.min(TILE, length - from);
      residual.get(from, tile, 0, size);
      boolean changed = false;
      for (int i = 0; i < size; i++) {
        boolean plus = tile[i] >= threshold;
        if (plus || tile[i] <= -threshold) {
          tile[i] += plus ? -threshold : threshold;
          changed = true;
          int place = from + i;
          if (places) {
            message[next++] = plus ? place + 1 : -(place + 1);
          } else {
            message[HEAD + place / PLACES_OF_WORD] |=
                (plus ? 1 : 2) << (2 * (place % PLACES_OF_WORD));
          }
        }
      }
      if (changed) {
        residual.put(from, tile, 0, size);
      }
    }
    return message;
  }

  /** Number of values in a message. */
  static int count(int[] message) {
    return message[COUNT];
  }

  /**
   * Adds a message to an array.
   *
   * @param message may be longer than what it says
   * @param scale of its values
   * @throws IllegalArgumentException for a message that is none of that array
   */
  static void add(IntBuffer message, float scale, FloatBuffer target) {
    float step = scale * Float.intBitsToFloat(message.get(THRESHOLD));
    int count = message.get(COUNT);
    switch (message.get(FORM)) {
      case PLACES -> {
        for (int k = 0; k < count; k++) {
          int word = message.get(HEAD + k);
          int place = Math.abs(word) - 1;
          if (place < 0 || place >= target.limit()) {
            throw new IllegalArgumentException(
                "an update of %s values has place %s".formatted(target.limit(), place));
          }
          target.put(place, target.get(place) + (word > 0 ? step : -step));
        }
      }
      case BITMAP -> {
        for (int word = 0; word < words(target.limit()); word++) {
          int bits = message.get(HEAD + word);
          for (int place = word * PLACES_OF_WORD; bits != 0; place++, bits >>>= 2) {
            if ((bits & 3) != 0) {
              target.put(place, target.get(place) + ((bits & 3) == 1 ? step : -step));
            }
          }
        }
      }
      default ->
          throw new IllegalArgumentException(
              "an update has form %s, not 0 or 1".formatted(message.get(FORM)));
    }
  }

  private static int words(int length) {
    return (length + PLACES_OF_WORD - 1) / PLACES_OF_WORD;
  }

  private static int count(FloatBuffer residual, float threshold) {
    int length = residual.limit();
    float[] tile = new float[TILE];
    int count = 0;
    for (int from = 0; from < length; from += TILE) {
      int size = Math.min(TILE, length - from);
      residual.get(from, tile, 0, size);
      for (int i = 0; i < size; i++) {
        count += Math.abs(tile[i]) >= threshold ? 1 : 0;
      }
    }
    return count;
  }
}
