package io.rankline.pipeline.input.pass;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Slots one after the other. */
interface SlotSource extends Closeable {

  /** The next slot, or null at the end. */
  @Nullable Slot next() throws IOException;

  @Override
  void close();
}
