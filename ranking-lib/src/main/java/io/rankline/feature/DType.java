package io.rankline.feature;

import io.rankline.text.WireNames;

/** The kinds of value a record can hold, by TensorFlow's names. */
public enum DType {
  /** 32-bit floats, on the wire a FloatList. */
  FLOAT32("float32"),
  /** 64-bit integers, on the wire an Int64List. */
  INT64("int64"),
  /** Byte strings, mostly UTF-8 text, on the wire a BytesList. */
  STRING("string");

  private final String wireName;

  DType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in specs: {@code float32}, {@code int64} or {@code string}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The type of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static DType ofWireName(String wireName) {
    return WireNames.find(DType.class, "dtype", DType::wireName, wireName);
  }
}
