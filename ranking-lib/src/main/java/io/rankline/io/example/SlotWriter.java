package io.rankline.io.example;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of features into the arrays of a list, row by row, and checks them against their
 * specs. What a row was not given gets its default when the row ends. Of a feature that a row is
 * given twice the last one counts, as in protobuf's maps: an earlier one may break its spec.
 */
public final class SlotWriter {

  private final WireInput in;
  private final FeatureSlot[] slots;
  private final boolean examples;
  private final int[] seen;
  private int stamp;
  private int seenCount;
  private boolean anySeen;
  private int row;
  private @Nullable FeatureSink sink;

  /** By slot: what is wrong with its value in the open row. */
  private final @Nullable CorruptRecordException[] faults;

  private int faultCount;

  /** By slot: its first place in the dense block of a row, or -1 where it is no dense feature. */
  private final int[] denseOffsets;

  private final int[] widths;
  private float[] dense = {};
  private int denseBase;

  /**
   * A writer of these features.
   *
   * @param examples whether rows are items (or the one context), for messages
   */
  public SlotWriter(WireInput in, List<FeatureSlot> slots, boolean examples) {
    this.in = in;
    this.slots = slots.toArray(new FeatureSlot[0]);
    this.examples = examples;
    this.seen = new int[slots.size()];
    this.faults = new CorruptRecordException[slots.size()];
    this.denseOffsets = new int[slots.size()];
    this.widths = new int[slots.size()];
    for (int s = 0; s < denseOffsets.length; s++) {
      FeatureSlot slot = this.slots[s];
      denseOffsets[s] = slot.target() == FeatureSlot.Target.DENSE ? slot.index() : -1;
      widths[s] = slot.width();
    }
  }

  public FeatureSlot slot(int slot) {
    return slots[slot];
  }

  public void startRow(FeatureSink newSink, int newRow) {
    sink = newSink;
    row = newRow;
    dense = newSink.dense();
    denseBase = newRow * newSink.stride();
    stamp++;
    seenCount = 0;
    if (faultCount > 0) {
      Arrays.fill(faults, null);
      faultCount = 0;
    }
  }

  /** Forgets which rows had features. */
  void startList() {
    anySeen = false;
  }

  /** Whether a row since then had one. */
  boolean isAnySeen() {
    return anySeen;
  }

  /** Packed floats of exactly the slot's width, at {@code at} in the input. */
  void setFloats(int slotId, int at) {
    boolean inBlock = denseOffsets[slotId] >= 0;
    float[] target = inBlock ? dense : target(slots[slotId]);
    int to = inBlock ? denseBase + denseOffsets[slotId] : offset(slots[slotId]);
    int width = widths[slotId];
    boolean numbers = true;
    for (int i = 0; i < width; i++) {
      float value = in.floatAt(at + i * Float.BYTES);
      target[to + i] = value;
      numbers &= !Float.isNaN(value);
    }
    markSeen(slotId);
    if (!numbers) {
      refuse(slotId, "is NaN");
    }
  }

  /** One integer of a label or weight. */
  void setNumber(int slotId, long value) {
    FeatureSlot slot = slots[slotId];
    target(slot)[offset(slot)] = value;
    markSeen(slotId);
  }

  /** Whatever the record holds for the slot; no type means that it holds nothing. */
  public void set(int slotId, FeatureValues values) {
    FeatureSlot slot = slots[slotId];
    DType actual = values.dtype();
    if (actual == null) {
      forget(slotId);
      return;
    }
    if (actual != slot.dtype()) {
      refuse(
          slotId,
          "holds %s, but the spec asks for %s"
              .formatted(actual.wireName(), slot.dtype().wireName()));
      return;
    }
    int count = values.count();
    if (slot.width() != FeatureSlot.ANY_WIDTH && count != slot.width()) {
      refuse(slotId, "has %s values, but the spec asks for %s".formatted(count, slot.width()));
      return;
    }
    if (actual == DType.FLOAT32) {
      for (int i = 0; i < count; i++) {
        if (Float.isNaN(values.floats()[i])) {
          refuse(slotId, "is NaN");
          return;
        }
      }
    }
    if (slot.target() == FeatureSlot.Target.COLUMN) {
      sink().columns()[slot.index()].set(values, in.bytes());
    } else {
      float[] target = target(slot);
      int to = offset(slot);
      for (int i = 0; i < count; i++) {
        target[to + i] = actual == DType.FLOAT32 ? values.floats()[i] : values.longs()[i];
      }
    }
    markSeen(slotId);
  }

  /**
   * Gives every slot that the row lacks its default.
   *
   * @throws CorruptRecordException for a value that breaks its spec, or is missing without default
   */
  public void endRow() throws CorruptRecordException {
    if (faultCount > 0) {
      throw firstFault();
    }
    anySeen |= seenCount > 0;
    if (seenCount < slots.length) {
      for (int s = 0; s < slots.length; s++) {
        if (seen[s] != stamp) {
          setDefault(slots[s]);
        }
      }
    }
    for (ColumnBuilder column : sink().columns()) {
      column.endRow();
    }
  }

  /** One slot's default in the open row. */
  void setDefault(FeatureSlot slot) throws CorruptRecordException {
    if (slot.defaultRow() != null) {
      sink().columns()[slot.index()].set(slot.defaultRow());
    } else if (slot.defaultNumbers() != null) {
      float[] numbers = slot.defaultNumbers();
      System.arraycopy(numbers, 0, target(slot), offset(slot), numbers.length);
    } else {
      throw fault(slot, "is missing and has no default");
    }
  }

  public CorruptRecordException fault(FeatureSlot slot, String what) {
    return fault(slot, what, null);
  }

  public CorruptRecordException fault(FeatureSlot slot, String what, @Nullable Throwable cause) {
    String place = examples ? "of item " + row : "of the context";
    return new CorruptRecordException(
        "feature '%s' %s %s".formatted(slot.name(), place, what), slot.name(), cause);
  }

  private CorruptRecordException firstFault() {
    return Arrays.stream(faults).filter(Objects::nonNull).findFirst().orElseThrow();
  }

  private void refuse(int slotId, String what) {
    faultCount += faults[slotId] == null ? 1 : 0;
    faults[slotId] = fault(slots[slotId], what);
  }

  private void acquit(int slotId) {
    faultCount -= faults[slotId] == null ? 0 : 1;
    faults[slotId] = null;
  }

  private void markSeen(int slot) {
    if (faultCount > 0) {
      acquit(slot);
    }
    if (seen[slot] != stamp) {
      seen[slot] = stamp;
      seenCount++;
    }
  }

  private void forget(int slotId) {
    if (faultCount > 0) {
      acquit(slotId);
    }
    if (seen[slotId] == stamp) {
      seen[slotId] = stamp - 1;
      seenCount--;
    }
    FeatureSlot slot = slots[slotId];
    if (slot.target() == FeatureSlot.Target.COLUMN) {
      sink().columns()[slot.index()].clearRow();
    }
  }

  private float[] target(FeatureSlot slot) {
    FeatureSink arrays = sink();
    return switch (slot.target()) {
      case DENSE -> arrays.dense();
      case LABEL -> arrays.labels();
      case WEIGHT -> arrays.weights();
      case COLUMN -> throw new IllegalStateException("a column is no dense target");
    };
  }

  private int offset(FeatureSlot slot) {
    FeatureSink arrays = sink();
    return switch (slot.target()) {
      case DENSE -> row * arrays.stride() + slot.index();
      case LABEL -> slot.index() * arrays.rows() + row;
      case WEIGHT, COLUMN -> row;
    };
  }

  private FeatureSink sink() {
    if (sink == null) {
      throw new IllegalStateException("no row is open");
    }
    return sink;
  }
}
