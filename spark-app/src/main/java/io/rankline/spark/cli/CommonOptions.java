package io.rankline.spark.cli;

import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.terminal.UsageException;
import java.util.function.Function;

/** Values of options that several commands have, read so that a wrong one is wrong usage. */
final class CommonOptions {

  private CommonOptions() {}

  static Compression compression(String name) {
    return read(name, Compression::ofName);
  }

  static RecordFormat recordFormat(String name) {
    return read(name, RecordFormat::ofName);
  }

  static CorruptRecordPolicy corruptRecordPolicy(String name) {
    return read(name, CorruptRecordPolicy::ofWireName);
  }

  private static <T> T read(String name, Function<String, T> reader) {
    try {
      return reader.apply(name);
    } catch (IllegalArgumentException e) {
      UsageException wrong = new UsageException(String.valueOf(e.getMessage()));
      wrong.initCause(e);
      throw wrong;
    }
  }
}
