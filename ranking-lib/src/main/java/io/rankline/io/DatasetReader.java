package io.rankline.io;

import io.rankline.text.WireNames;

/** What the files of a data set are: {@code dataset_reader}. */
public enum DatasetReader {
  /** TFRecord files of records in one of the formats that {@code format} names. */
  TFRECORD("tfrecord"),
  /** LibSVM text with a query id a line; features are named after their ids. */
  LIBSVM("libsvm");

  private final String wireName;

  DatasetReader(String wireName) {
    this.wireName = wireName;
  }

  /** The name in configuration files. */
  public String wireName() {
    return wireName;
  }

  /**
   * The reader of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static DatasetReader ofWireName(String wireName) {
    return WireNames.find(DatasetReader.class, "dataset_reader", DatasetReader::wireName, wireName);
  }
}
