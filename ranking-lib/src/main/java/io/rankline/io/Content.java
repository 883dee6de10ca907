package io.rankline.io;

/** What is to be in a file. */
public enum Content {
  /** Whatever is there. */
  ANY,
  /** Frames of TFRecord. */
  RECORDS,
  /** Lines. */
  TEXT
}
