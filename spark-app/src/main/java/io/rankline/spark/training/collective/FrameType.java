package io.rankline.spark.training.collective;

import org.jspecify.annotations.Nullable;

/** What a frame carries. */
enum FrameType {
  /** Values of a sum. */
  SUM(1, "a sum of"),
  /** What each rank gives to all. */
  GATHER(2, "an exchange of"),
  /** Nothing: the sender is there and waits. */
  ALIVE(3, ""),
  /** Why the ring ends; text. */
  ABORT(4, ""),
  /** The sender is done with the ring. */
  CLOSED(5, "");

  /** Upper bits of the first word of every frame: "RNG" in ASCII. */
  private static final int MARK = 0x524E_4700;

  private final int code;
  private final String activity;

  FrameType(int code, String activity) {
    this.code = code;
    this.activity = activity;
  }

  int mark() {
    return MARK | code;
  }

  /** "a sum of", for messages. */
  String activity() {
    return activity;
  }

  boolean isData() {
    return this == SUM || this == GATHER;
  }

  /** The type with that first word, or null if no frame starts so. */
  static @Nullable FrameType ofMark(int mark) {
    for (FrameType type : values()) {
      if (type.mark() == mark) {
        return type;
      }
    }
    return null;
  }
}
