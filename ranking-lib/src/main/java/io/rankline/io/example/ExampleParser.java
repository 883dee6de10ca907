package io.rankline.io.example;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Example messages into the arrays of a list.
 *
 * <p>Records of one writer repeat themselves: feature after feature, all bytes up to the value are
 * those of the item before. The parser keeps these bytes for each key and remembers which key
 * follows which. Where the guess holds, one comparison of some 30 bytes replaces the parsing; where
 * it does not, the entry is parsed field by field.
 */
public final class ExampleParser {

  private static final int TAG_1 = 1 << 3 | WireInput.LENGTH_DELIMITED;
  private static final int TAG_2 = 2 << 3 | WireInput.LENGTH_DELIMITED;
  private static final int TAG_3 = 3 << 3 | WireInput.LENGTH_DELIMITED;
  private static final int UNKNOWN = -1;

  /** Bounds on what is remembered of keys that were not asked for. */
  private static final int MAX_IGNORED_KEYS = 4096;

  private static final int MAX_IGNORED_KEY_LENGTH = 256;

  private final WireInput in;
  private final SlotWriter writer;
  private final FeatureValues values;
  private final AnyEntry anyEntry;
  private final int slotCount;
  private final KeyTable keys = new KeyTable();

  /** By key: the bytes of its entry up to the value, as they stood last time. */
  private final byte[] @Nullable [] prefixes;

  /** By key: number of bytes of the value. */
  private final int[] valueLengths;

  /** By key: the key that came after it; the entry after the last key is for the start. */
  private final int[] followers;

  /** By slot: whether its values are floats. */
  private final boolean[] floats;

  private final int start;
  private int current;

  public ExampleParser(WireInput in, List<FeatureSlot> slots, boolean examples) {
    this.in = in;
    this.writer = new SlotWriter(in, slots, examples);
    this.values = new FeatureValues(in);
    this.anyEntry = new AnyEntry(in, values);
    this.slotCount = slots.size();
    int capacity = slotCount + MAX_IGNORED_KEYS + 1;
    this.start = capacity - 1;
    this.prefixes = new byte[capacity][];
    this.valueLengths = new int[capacity];
    this.followers = new int[capacity];
    Arrays.fill(followers, UNKNOWN);
    this.floats = new boolean[slotCount];
    for (FeatureSlot slot : slots) {
      floats[keys.size()] = slot.dtype() == DType.FLOAT32;
      keys.add(slot.name().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Starts a list: forgets whether a row had features. */
  public void startList() {
    writer.startList();
  }

  /** Whether a row of the list held one of the features asked for. */
  public boolean hasFeatures() {
    return writer.isAnySeen();
  }

  public void startRow(FeatureSink sink, int row) {
    writer.startRow(sink, row);
    current = start;
  }

  public void endRow() throws CorruptRecordException {
    writer.endRow();
  }

  /** Adds the Example message in the input's bytes [from, to) to the open row. */
  public void mergeExample(int from, int to) throws CorruptRecordException {
    in.seek(from);
    while (in.position() < to) {
      int tag = in.tag(to);
      if (tag >>> 3 != 1) {
        in.skip(tag, to);
        continue;
      }
      if (tag != TAG_1) {
        throw in.wrongWireType("features of Example", tag, WireInput.LENGTH_DELIMITED);
      }
      int end = in.lengthDelimited(to);
      mergeFeatures(in.position(), end);
      in.seek(end);
    }
  }

  /** Adds the Features message in the input's bytes [from, to) to the open row. */
  public void mergeFeatures(int from, int to) throws CorruptRecordException {
    byte[] bytes = in.bytes();
    int at = from;
    while (at < to) {
      int guess = followers[current];
      if (guess != UNKNOWN) {
        byte[] prefix = prefixes[guess];
        int length = valueLengths[guess];
        if (prefix != null
            && length <= to - at - prefix.length
            && KeyTable.stands(prefix, bytes, at)
            && accept(guess, at + prefix.length)) {
          current = guess;
          at += prefix.length + length;
          continue;
        }
      }
      int next = lookUp(bytes, at, to);
      at = next == UNKNOWN ? parseEntry(at, to) : next;
    }
  }

  /**
   * Takes an entry whose key is another than the guess, but that looks as the last one of its own
   * key did; gives where the next entry starts, or -1 where it must be parsed after all.
   */
  private int lookUp(byte[] bytes, int at, int to) {
    if (to - at < 6 || bytes[at] != TAG_1) {
      return UNKNOWN;
    }
    int keyTagAt = at + 2;
    int entryLength = bytes[at + 1];
    if (entryLength < 0) {
      if (bytes[keyTagAt] < 0) {
        return UNKNOWN; // 16 kilobytes and more: rare, and expensive to read anyway
      }
      entryLength = (entryLength & 0x7f) | (bytes[keyTagAt++] << 7);
    }
    int keyLength = bytes[keyTagAt + 1];
    int keyStart = keyTagAt + 2;
    if (bytes[keyTagAt] != TAG_1
        || keyLength < 0
        || keyLength > to - keyStart
        || entryLength > to - keyTagAt
        || keyLength > entryLength - 2) {
      return UNKNOWN;
    }
    int key = keys.find(bytes, keyStart, keyStart + keyLength);
    if (key == UNKNOWN) {
      return UNKNOWN;
    }
    if (key >= slotCount) {
      follow(key);
      return keyTagAt + entryLength;
    }
    byte[] prefix = prefixes[key];
    if (prefix == null
        || valueLengths[key] > to - at - prefix.length
        || !KeyTable.stands(prefix, bytes, at)
        || !accept(key, at + prefix.length)) {
      return UNKNOWN;
    }
    follow(key);
    return at + prefix.length + valueLengths[key];
  }

  /**
   * Takes a value whose entry looks as it did last time; false where it must be parsed after all.
   */
  private boolean accept(int key, int valueAt) {
    if (key >= slotCount) {
      return true;
    }
    if (floats[key]) {
      writer.setFloats(key, valueAt);
      return true;
    }
    byte number = in.bytes()[valueAt];
    if (number < 0) {
      return false;
    }
    writer.setNumber(key, number);
    return true;
  }

  /** Reads one field of Features and gives where the next one starts. */
  private int parseEntry(int at, int to) throws CorruptRecordException {
    in.seek(at);
    int tag = in.tag(to);
    if (tag >>> 3 != 1) {
      in.skip(tag, to);
      return in.position();
    }
    if (tag != TAG_1) {
      throw in.wrongWireType("feature of Features", tag, WireInput.LENGTH_DELIMITED);
    }
    int entryEnd = in.lengthDelimited(to);
    int entryStart = in.position();
    if (!parseUsualEntry(at, entryEnd)) {
      in.seek(entryStart);
      anyEntry.read(entryEnd);
      int key = keys.find(in.bytes(), anyEntry.keyStart(), anyEntry.keyEnd());
      if (key != UNKNOWN && key < slotCount) {
        writer.set(key, values);
      }
    }
    return entryEnd;
  }

  /** An entry that is its key and then its value, each once; false where it is not. */
  private boolean parseUsualEntry(int at, int entryEnd) throws CorruptRecordException {
    if (in.position() == entryEnd || in.tag(entryEnd) != TAG_1) {
      return false;
    }
    int keyEnd = in.lengthDelimited(entryEnd);
    int keyStart = in.position();
    in.seek(keyEnd);
    if (keyEnd == entryEnd || in.tag(entryEnd) != TAG_2) {
      return false;
    }
    int valueEnd = in.lengthDelimited(entryEnd);
    if (valueEnd != entryEnd) {
      return false;
    }
    int valueStart = in.position();
    int key = keys.find(in.bytes(), keyStart, keyEnd);
    if (key == UNKNOWN || key >= slotCount) {
      key = key == UNKNOWN ? remember(keyStart, keyEnd) : key;
      if (key != UNKNOWN) {
        setTemplate(key, at, keyEnd, entryEnd);
      }
    } else if (!parseUsualValue(key, at, valueStart, valueEnd)) {
      values.clear();
      try {
        values.merge(valueStart, valueEnd);
      } catch (CorruptRecordException e) {
        throw writer.fault(writer.slot(key), "cannot be read: " + e.fault(), e);
      }
      writer.set(key, values);
    }
    follow(key);
    return true;
  }

  /** Packed floats of the right number, or one small integer; false for anything else. */
  private boolean parseUsualValue(int key, int at, int from, int to) throws CorruptRecordException {
    FeatureSlot slot = writer.slot(key);
    if (slot.target() == FeatureSlot.Target.COLUMN || slot.dtype() == DType.STRING) {
      return false;
    }
    boolean floats = slot.dtype() == DType.FLOAT32;
    in.seek(from);
    if (from == to || in.tag(to) != (floats ? TAG_2 : TAG_3) || in.lengthDelimited(to) != to) {
      return false;
    }
    if (in.position() == to || in.tag(to) != TAG_1 || in.lengthDelimited(to) != to) {
      return false;
    }
    int valueAt = in.position();
    if (to - valueAt != (floats ? slot.width() * Float.BYTES : 1) || !accept(key, valueAt)) {
      return false;
    }
    setTemplate(key, at, valueAt, to);
    return true;
  }

  private void setTemplate(int key, int from, int valueAt, int to) {
    byte[] known = prefixes[key];
    if (known == null || !Arrays.equals(known, 0, known.length, in.bytes(), from, valueAt)) {
      prefixes[key] = Arrays.copyOfRange(in.bytes(), from, valueAt);
    }
    valueLengths[key] = to - valueAt;
  }

  private int remember(int keyStart, int keyEnd) {
    if (keys.size() == start || keyEnd - keyStart > MAX_IGNORED_KEY_LENGTH) {
      return UNKNOWN;
    }
    return keys.add(Arrays.copyOfRange(in.bytes(), keyStart, keyEnd));
  }

  private void follow(int key) {
    if (key != UNKNOWN) {
      followers[current] = key;
      current = key;
    }
  }
}
