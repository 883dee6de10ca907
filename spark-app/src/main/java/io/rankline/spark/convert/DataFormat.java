package io.rankline.spark.convert;

import io.rankline.io.record.RecordFormat;
import io.rankline.spark.terminal.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code convert} reads and writes. */
public enum DataFormat {
  LIBSVM(null),
  ELWC(RecordFormat.ELWC),
  EIE(RecordFormat.EIE),
  SEQ(RecordFormat.SEQ),
  /** One Example an item; lists are found by a feature that holds the query. */
  TFEXAMPLE(RecordFormat.TF_EXAMPLE),
  CSV(null),
  PARQUET(null),
  /** A table of the catalog, or of any other source that Spark knows. */
  TABLE(null);

  private final @Nullable RecordFormat records;

  DataFormat(@Nullable RecordFormat records) {
    this.records = records;
  }

  public static DataFormat ofName(String option, String name) {
    return Arrays.stream(values())
        .filter(format -> format != TABLE)
        .filter(format -> format.optionName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "%s: unknown format '%s'; expected one of %s"
                        .formatted(
                            option,
                            name,
                            Arrays.stream(values())
                                .filter(format -> format != TABLE)
                                .map(DataFormat::optionName)
                                .collect(Collectors.joining(", ")))));
  }

  String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of the records, or null where the files are no TFRecord files. */
  @Nullable RecordFormat records() {
    return records;
  }

  public RecordFormat requireRecords() {
    if (records == null) {
      throw new IllegalStateException(this + " has no records");
    }
    return records;
  }

  /** Whether a record is a whole list, so that nothing needs to be grouped by query. */
  public boolean holdsLists() {
    return this == ELWC || this == EIE || this == SEQ;
  }

  /** Whether it has rows, one an item. */
  public boolean isTable() {
    return this == CSV || this == PARQUET || this == TABLE;
  }
}
