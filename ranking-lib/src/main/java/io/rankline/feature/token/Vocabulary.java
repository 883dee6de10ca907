package io.rankline.feature.token;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Tokens and their ids: the id of a token is its place, from 0.
 *
 * <p>A file has one token a line, UTF-8. Tokens are compared byte by byte, spaces count.
 */
public final class Vocabulary implements Serializable {

  private static final long serialVersionUID = 1;

  private final String name;

  /** All tokens, one after the other. */
  private final byte[] bytes;

  /** End of each token in {@link #bytes}. */
  private final int[] ends;

  /** Open addressing, at most half full: id + 1, or 0 where nothing stands. */
  private final int[] slots;

  private Vocabulary(String name, String file, List<String> tokens, String place) {
    this.name = name;
    byte[][] encoded = new byte[tokens.size()][];
    int length = 0;
    for (int t = 0; t < encoded.length; t++) {
      encoded[t] = tokens.get(t).getBytes(StandardCharsets.UTF_8);
      length = Math.addExact(length, encoded[t].length);
    }
    bytes = new byte[length];
    ends = new int[encoded.length];
    slots = new int[Integer.highestOneBit(Math.max(encoded.length, 1)) << 2];
    int end = 0;
    for (int t = 0; t < encoded.length; t++) {
      int first = idOf(encoded[t], 0, encoded[t].length);
      if (first >= 0) {
        throw new IllegalArgumentException(
            "%s: %s %s repeats '%s' of %s %s"
                .formatted(file, place, t + 1, tokens.get(t), place, first + 1));
      }
      System.arraycopy(encoded[t], 0, bytes, end, encoded[t].length);
      end += encoded[t].length;
      ends[t] = end;
      slots[slotOf(encoded[t], 0, encoded[t].length)] = t + 1;
    }
    if (ends.length == 0) {
      throw new IllegalArgumentException(file + ": a vocabulary needs at least one token");
    }
  }

  /**
   * The vocabulary of a file.
   *
   * @throws IllegalArgumentException if there is no such file, it is empty, a line is empty, a
   *     token stands there twice, or it is not UTF-8; names file and line
   */
  public static Vocabulary ofFile(Path file) {
    String name = Objects.toString(file.getFileName(), file.toString());
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(name, file.toString(), lines);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "vocabulary file %s does not exist; one token a line is expected there".formatted(file),
          e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The vocabulary of an open file, on whatever storage.
   *
   * @param name its name, for messages and for an exported model's assets
   * @throws IllegalArgumentException as {@link #ofFile}
   */
  public static Vocabulary read(String name, BufferedReader lines) throws IOException {
    return read(name, name, lines);
  }

  /**
   * The vocabulary of these tokens.
   *
   * @param name its name, for messages and for an exported model's assets
   * @throws IllegalArgumentException if there is none, one is empty, or one stands there twice
   */
  public static Vocabulary of(String name, List<String> tokens) {
    return checked(name, name, tokens, "token");
  }

  /** File name, or the name given. */
  public String name() {
    return name;
  }

  /** Number of tokens. */
  public int size() {
    return ends.length;
  }

  /** All tokens in the order of their ids. */
  public List<String> tokens() {
    return new AbstractList<>() {
      @Override
      public String get(int id) {
        return new String(bytes, start(id), ends[id] - start(id), StandardCharsets.UTF_8);
      }

      @Override
      public int size() {
        return ends.length;
      }
    };
  }

  /** Writes a file that {@link #ofFile} reads. */
  public void write(Path file) throws IOException {
    Files.write(file, tokens(), StandardCharsets.UTF_8);
  }

  /** The id of a token, or -1. */
  public int idOf(String token) {
    byte[] encoded = token.getBytes(StandardCharsets.UTF_8);
    return idOf(encoded, 0, encoded.length);
  }

  /** The id of the token that stands in {@code length} bytes from {@code start}, or -1. */
  public int idOf(byte[] token, int start, int length) {
    return slots[slotOf(token, start, length)] - 1;
  }

  /** Whether it has the same tokens in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary vocabulary
        && name.equals(vocabulary.name)
        && Arrays.equals(ends, vocabulary.ends)
        && ByteBuffer.wrap(bytes).equals(ByteBuffer.wrap(vocabulary.bytes));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Vocabulary[%s, %s tokens]".formatted(name, ends.length);
  }

  private static Vocabulary read(String name, String place, BufferedReader lines)
      throws IOException {
    List<String> tokens = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      tokens.add(line);
    }
    return checked(name, place, tokens, "line");
  }

  private static Vocabulary checked(String name, String file, List<String> tokens, String place) {
    for (int t = 0; t < tokens.size(); t++) {
      if (tokens.get(t).isEmpty()) {
        throw new IllegalArgumentException(
            "%s: %s %s is empty; a vocabulary has one token a line".formatted(file, place, t + 1));
      }
    }
    return new Vocabulary(name, file, tokens, place);
  }

  private int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  /** The slot where a token stands, or the free one where it would. */
  private int slotOf(byte[] token, int from, int length) {
    int mask = slots.length - 1;
    int slot = (int) FarmHash.fingerprint64(token, from, length) & mask;
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (Arrays.equals(bytes, start(id), ends[id], token, from, from + length)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
