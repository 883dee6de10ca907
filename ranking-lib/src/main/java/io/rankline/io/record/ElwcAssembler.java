package io.rankline.io.record;

import io.rankline.io.example.ExampleWriter;
import io.rankline.io.example.WireOutput;

/**
 * Puts Examples together to ExampleListWithContext records. Items keep the order in which they were
 * added; each Example is copied as it is.
 */
public final class ElwcAssembler {

  private static final int EXAMPLES = 1;
  private static final int CONTEXT = 2;

  private final WireOutput record = new WireOutput();

  /** Adds an item. */
  public void add(byte[] example) {
    record.header(EXAMPLES, example.length);
    record.bytes(example, 0, example.length);
  }

  /** Adds an item. */
  public void add(ExampleWriter example) {
    record.header(EXAMPLES, example.encodedSize());
    example.writeTo(record);
  }

  /** The record of the items added, with that context, which may be empty; starts a new one. */
  public byte[] build(byte[] context) {
    if (context.length > 0) {
      record.header(CONTEXT, context.length);
      record.bytes(context, 0, context.length);
    }
    return take();
  }

  /** The record of the items added, with that context, which may be empty; starts a new one. */
  public byte[] build(ExampleWriter context) {
    if (!context.isEmpty()) {
      record.header(CONTEXT, context.encodedSize());
      context.writeTo(record);
    }
    return take();
  }

  private byte[] take() {
    byte[] bytes = record.toByteArray();
    record.clear();
    return bytes;
  }
}
