package io.rankline.io.record;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.FeatureSink;
import io.rankline.io.example.FeatureSlot;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.example.KeyTable;
import io.rankline.io.example.SlotWriter;
import io.rankline.io.example.Spans;
import io.rankline.io.example.WireInput;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads SequenceExample: {@code Features context = 1; FeatureLists feature_lists = 2}, one feature
 * list an example feature, one frame an item. A list has as many items as its longest feature;
 * those that a shorter one lacks get its default.
 */
final class SeqDecoder implements RecordDecoder {

  private static final int TAG_1 = 1 << 3 | WireInput.LENGTH_DELIMITED;
  private static final int TAG_2 = 2 << 3 | WireInput.LENGTH_DELIMITED;

  private final ListSize listSize;
  private final ListParser list;
  private final WireInput in;
  private final FeatureValues values;
  private final SlotWriter writer;
  private final KeyTable keys = new KeyTable();
  private final Spans[] frames;
  private final Spans contexts = new Spans();

  SeqDecoder(RecordSpec spec, ListSize listSize) {
    List<FeatureSlot> slots = FeatureSlot.ofExamples(spec, spec.layout());
    this.listSize = listSize;
    this.list = new ListParser(spec);
    this.in = list.input();
    this.values = new FeatureValues(in);
    this.writer = new SlotWriter(in, slots, true);
    this.frames = new Spans[slots.size()];
    for (int s = 0; s < frames.length; s++) {
      frames[s] = new Spans();
      keys.add(slots.get(s).name().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    int to = from + length;
    in.reset(bytes, from);
    try {
      findFrames(to);
      int count = 0;
      for (Spans frame : frames) {
        count = Math.max(count, frame.size());
      }
      int size = listSize.of(count);
      list.start(size, count);
      list.contextFeatures(contexts);
      FeatureSink sink = list.exampleSink();
      for (int i = 0; i < size; i++) {
        writer.startRow(sink, i);
        for (int s = 0; s < frames.length; s++) {
          if (i < frames[s].size()) {
            readFrame(s, frames[s].start(i), frames[s].end(i));
          }
        }
        writer.endRow();
      }
      return list.build();
    } catch (CorruptRecordException e) {
      throw OtherFormat.explain(e, RecordFormat.SEQ, bytes, from, length);
    }
  }

  private void readFrame(int slotId, int from, int to) throws CorruptRecordException {
    FeatureSlot slot = writer.slot(slotId);
    values.clear();
    try {
      values.merge(from, to);
    } catch (CorruptRecordException e) {
      throw writer.fault(slot, "cannot be read: " + e.fault(), e);
    }
    if (values.dtype() == null && slot.width() != FeatureSlot.ANY_WIDTH) {
      throw writer.fault(slot, "has an empty frame");
    }
    writer.set(slotId, values);
  }

  private void findFrames(int to) throws CorruptRecordException {
    contexts.clear();
    for (Spans frame : frames) {
      frame.clear();
    }
    while (in.position() < to) {
      int tag = in.tag(to);
      if (tag == TAG_1) {
        int end = in.lengthDelimited(to);
        contexts.add(in.position(), end);
        in.seek(end);
      } else if (tag == TAG_2) {
        findLists(in.lengthDelimited(to));
      } else if (tag >>> 3 == 1 || tag >>> 3 == 2) {
        throw in.wrongWireType(
            (tag >>> 3 == 1 ? "context" : "feature_lists") + " of SequenceExample",
            tag,
            WireInput.LENGTH_DELIMITED);
      } else {
        in.skip(tag, to);
      }
    }
  }

  private void findLists(int to) throws CorruptRecordException {
    while (in.position() < to) {
      int tag = in.tag(to);
      if (tag >>> 3 != 1) {
        in.skip(tag, to);
      } else if (tag != TAG_1) {
        throw in.wrongWireType("feature_list of FeatureLists", tag, WireInput.LENGTH_DELIMITED);
      } else {
        findList(in.lengthDelimited(to));
      }
    }
  }

  /** One map entry. Its value may stand before its key, so the value is looked at last. */
  private void findList(int entryEnd) throws CorruptRecordException {
    int keyStart = entryEnd;
    int keyEnd = entryEnd;
    Spans parts = new Spans();
    while (in.position() < entryEnd) {
      int tag = in.tag(entryEnd);
      if (tag != TAG_1 && tag != TAG_2) {
        if (tag >>> 3 == 1 || tag >>> 3 == 2) {
          throw in.wrongWireType(
              (tag >>> 3 == 1 ? "key" : "value") + " of a feature list",
              tag,
              WireInput.LENGTH_DELIMITED);
        }
        in.skip(tag, entryEnd);
        continue;
      }
      int end = in.lengthDelimited(entryEnd);
      if (tag == TAG_1) {
        keyStart = in.position();
        keyEnd = end;
      } else {
        parts.add(in.position(), end);
      }
      in.seek(end);
    }
    int slot = keys.find(in.bytes(), keyStart, keyEnd);
    if (slot >= 0) {
      frames[slot].clear();
      for (int p = 0; p < parts.size(); p++) {
        findFeatures(frames[slot], parts.start(p), parts.end(p));
      }
    }
    in.seek(entryEnd);
  }

  private void findFeatures(Spans frame, int from, int to) throws CorruptRecordException {
    in.seek(from);
    while (in.position() < to) {
      int tag = in.tag(to);
      if (tag >>> 3 != 1) {
        in.skip(tag, to);
      } else if (tag != TAG_1) {
        throw in.wrongWireType("feature of FeatureList", tag, WireInput.LENGTH_DELIMITED);
      } else {
        int end = in.lengthDelimited(to);
        frame.add(in.position(), end);
        in.seek(end);
      }
    }
  }
}
