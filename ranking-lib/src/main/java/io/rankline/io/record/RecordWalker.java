package io.rankline.io.record;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.AnyEntry;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.example.Spans;
import io.rankline.io.example.WireInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows everything that a record holds, whatever it is called: for those who do not know yet what
 * to ask for. {@link RecordFormat#decoder} reads what a spec asks for, and faster.
 *
 * <p>Not for several threads at once.
 */
public final class RecordWalker {

  /** The item number of a feature of the context. */
  public static final int CONTEXT = -1;

  private static final int TAG_1 = 1 << 3 | WireInput.LENGTH_DELIMITED;
  private static final int TAG_2 = 2 << 3 | WireInput.LENGTH_DELIMITED;

  /** Receives what a record holds. */
  public interface Visitor {

    /**
     * A list begins.
     *
     * @param items number of its items
     */
    void startList(int items) throws CorruptRecordException;

    /**
     * A feature. One that stands twice in an item is shown once, as it stands there last.
     *
     * @param item number of the item, or {@link #CONTEXT}
     * @param values its values, of a kind unless {@code dtype()} is null; valid during the call
     */
    void feature(int item, String name, FeatureValues values) throws CorruptRecordException;
  }

  private final RecordFormat format;
  private final FormatCheck check;
  private final WireInput in = new WireInput();
  private final WireInput inner = new WireInput();
  private final FeatureValues values = new FeatureValues(in);
  private final AnyEntry entryOfIn = new AnyEntry(in, values);
  private final AnyEntry entryOfInner = new AnyEntry(inner, new FeatureValues(inner));
  private final EntryNames names = new EntryNames();

  /** Where the values of an item's entries lie, and which of these parts are of which entry. */
  private final Spans parts = new Spans();

  private final Spans partsOfEntries = new Spans();

  /** A walker over records of that format; items of tf.Example hold the context as well. */
  public RecordWalker(RecordFormat format) {
    this.format = format;
    this.check = new FormatCheck(format);
  }

  /**
   * Shows the record in {@code bytes[from, from + length)} to {@code visitor}.
   *
   * @throws CorruptRecordException for bytes that are no record of the format, without a place
   */
  public void walk(byte[] bytes, int from, int length, Visitor visitor)
      throws CorruptRecordException {
    int to = from + length;
    in.reset(bytes, from);
    try {
      switch (format) {
        case ELWC -> walkElwc(to, visitor);
        case TF_EXAMPLE -> {
          visitor.startList(1);
          walkExample(in, entryOfIn, from, to, 0, visitor);
        }
        case EIE -> walkEie(from, to, visitor);
        case SEQ -> walkSeq(to, visitor);
      }
      check.check(bytes, from, length);
    } catch (CorruptRecordException e) {
      throw OtherFormat.explain(e, format, bytes, from, length);
    }
  }

  private void walkElwc(int to, Visitor visitor) throws CorruptRecordException {
    Spans examples = new Spans();
    Spans contexts = new Spans();
    fields(in, to, "ExampleListWithContext", examples, contexts);
    visitor.startList(examples.size());
    startItem();
    for (int c = 0; c < contexts.size(); c++) {
      entriesOfExample(in, entryOfIn, contexts.start(c), contexts.end(c));
    }
    show(entryOfIn.values(), CONTEXT, visitor);
    for (int i = 0; i < examples.size(); i++) {
      walkExample(in, entryOfIn, examples.start(i), examples.end(i), i, visitor);
    }
  }

  private void walkEie(int from, int to, Visitor visitor) throws CorruptRecordException {
    List<byte[]> contexts = new ArrayList<>();
    List<byte[]> examples = new ArrayList<>();
    walkExample(
        in,
        entryOfIn,
        from,
        to,
        0,
        new Visitor() {
          @Override
          public void startList(int items) {}

          @Override
          public void feature(int item, String name, FeatureValues parts) {
            List<byte[]> target =
                name.equals(EieDecoder.CONTEXT)
                    ? contexts
                    : name.equals(EieDecoder.EXAMPLES) ? examples : new ArrayList<>();
            target.clear();
            target.addAll(parts.strings());
          }
        });
    if (contexts.size() != 1) {
      throw new CorruptRecordException(
          "feature '%s' has %s values, expected one".formatted(EieDecoder.CONTEXT, contexts.size()),
          EieDecoder.CONTEXT,
          null);
    }
    visitor.startList(examples.size());
    walkWhole(contexts.get(0), CONTEXT, visitor);
    for (int i = 0; i < examples.size(); i++) {
      walkWhole(examples.get(i), i, visitor);
    }
  }

  private void walkWhole(byte[] example, int item, Visitor visitor) throws CorruptRecordException {
    inner.reset(example, 0);
    walkExample(inner, entryOfInner, 0, example.length, item, visitor);
  }

  private void walkSeq(int to, Visitor visitor) throws CorruptRecordException {
    Spans contexts = new Spans();
    Spans lists = new Spans();
    fields(in, to, "SequenceExample", contexts, lists);
    EntryNames listNames = new EntryNames();
    List<Spans> listFrames = new ArrayList<>();
    int items = 0;
    for (int l = 0; l < lists.size(); l++) {
      Spans entries = new Spans();
      in.seek(lists.start(l));
      fields(in, lists.end(l), "FeatureLists", entries, new Spans());
      for (int e = 0; e < entries.size(); e++) {
        Spans nameParts = new Spans();
        Spans valueParts = new Spans();
        in.seek(entries.start(e));
        fields(in, entries.end(e), "a feature list", nameParts, valueParts);
        Spans frames = new Spans();
        for (int v = 0; v < valueParts.size(); v++) {
          in.seek(valueParts.start(v));
          fields(in, valueParts.end(v), "FeatureList", frames, new Spans());
        }
        int last = nameParts.size() - 1;
        listNames.add(
            in.bytes(), last < 0 ? 0 : nameParts.start(last), last < 0 ? 0 : nameParts.end(last));
        listFrames.add(frames);
        items = Math.max(items, frames.size());
      }
    }
    visitor.startList(items);
    startItem();
    for (int c = 0; c < contexts.size(); c++) {
      entries(in, entryOfIn, contexts.start(c), contexts.end(c));
    }
    show(entryOfIn.values(), CONTEXT, visitor);
    for (int f = 0; f < listFrames.size(); f++) {
      if (!listNames.isLast(f)) {
        continue;
      }
      Spans frames = listFrames.get(f);
      for (int i = 0; i < frames.size(); i++) {
        values.clear();
        values.merge(frames.start(i), frames.end(i));
        visitor.feature(i, listNames.of(f), values);
      }
    }
  }

  private void walkExample(
      WireInput input, AnyEntry entry, int from, int to, int item, Visitor visitor)
      throws CorruptRecordException {
    startItem();
    entriesOfExample(input, entry, from, to);
    show(entry.values(), item, visitor);
  }

  private void startItem() {
    names.startItem();
    parts.clear();
    partsOfEntries.clear();
  }

  private void entriesOfExample(WireInput input, AnyEntry entry, int from, int to)
      throws CorruptRecordException {
    Spans messages = new Spans();
    input.seek(from);
    fields(input, to, "Example", messages, new Spans());
    for (int m = 0; m < messages.size(); m++) {
      entries(input, entry, messages.start(m), messages.end(m));
    }
  }

  private void entries(WireInput input, AnyEntry entry, int from, int to)
      throws CorruptRecordException {
    input.seek(from);
    while (input.position() < to) {
      int tag = input.tag(to);
      if (tag >>> 3 != 1) {
        input.skip(tag, to);
        continue;
      }
      if (tag != TAG_1) {
        throw input.wrongWireType("feature of Features", tag, WireInput.LENGTH_DELIMITED);
      }
      int end = input.lengthDelimited(to);
      int first = parts.size();
      entry.readKey(end, parts);
      names.add(input.bytes(), entry.keyStart(), entry.keyEnd());
      partsOfEntries.add(first, parts.size());
      input.seek(end);
    }
  }

  private void show(FeatureValues found, int item, Visitor visitor) throws CorruptRecordException {
    for (int e = 0; e < partsOfEntries.size(); e++) {
      found.clear();
      for (int p = partsOfEntries.start(e); p < partsOfEntries.end(e); p++) {
        found.merge(parts.start(p), parts.end(p));
      }
      if (names.isLast(e)) {
        visitor.feature(item, names.of(e), found);
      }
    }
  }

  /** Where the contents of fields 1 and 2 of a message lie; other fields are passed over. */
  private static void fields(WireInput input, int to, String message, Spans first, Spans second)
      throws CorruptRecordException {
    while (input.position() < to) {
      int tag = input.tag(to);
      if (tag >>> 3 > 2) {
        input.skip(tag, to);
        continue;
      }
      if (tag != TAG_1 && tag != TAG_2) {
        throw input.wrongWireType(
            "field %s of %s".formatted(tag >>> 3, message), tag, WireInput.LENGTH_DELIMITED);
      }
      int end = input.lengthDelimited(to);
      (tag == TAG_1 ? first : second).add(input.position(), end);
      input.seek(end);
    }
  }
}
