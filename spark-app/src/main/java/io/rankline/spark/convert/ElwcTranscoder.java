package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.io.record.ElwcContext;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.record.RecordDecoder;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.text.ByteText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes ELWC records of records of any list format. Without a spec, everything the record holds is
 * kept as it is; with one, what the spec names, checked and with its defaults. One for each thread.
 */
final class ElwcTranscoder implements RecordWalker.Visitor {

  private final RecordFormat format;
  private final String queryFeature;
  private final @Nullable LeftOut leftOut;
  private final RecordWalker walker;
  private final @Nullable RecordDecoder decoder;
  private final @Nullable ElwcEncoder encoder;
  private final ElwcAssembler record = new ElwcAssembler();
  private final ExampleWriter context = new ExampleWriter();
  private final List<ExampleWriter> items = new ArrayList<>();
  private int size;
  private @Nullable String query;

  /**
   * A transcoder.
   *
   * @param spec what to keep, or null for everything
   * @param queryFeature context feature that distinguishes queries
   */
  ElwcTranscoder(RecordFormat format, @Nullable RecordSpec spec, String queryFeature) {
    this(format, spec, queryFeature, null);
  }

  /** The same without some features. */
  ElwcTranscoder(
      RecordFormat format,
      @Nullable RecordSpec spec,
      String queryFeature,
      @Nullable LeftOut leftOut) {
    this.leftOut = leftOut != null && leftOut.isAny() ? leftOut : null;
    this.format = format;
    this.queryFeature = queryFeature;
    this.walker = new RecordWalker(format);
    this.decoder = spec == null ? null : format.decoder(spec);
    this.encoder = spec == null ? null : new ElwcEncoder(spec);
  }

  /** The record as ELWC. */
  byte[] transcode(byte[] bytes, int from, int length) throws CorruptRecordException {
    query = null;
    context.clear();
    walker.walk(bytes, from, length, this);
    if (decoder != null && encoder != null) {
      return encoder.encode(decoder.decode(bytes, from, length));
    }
    if (format == RecordFormat.ELWC && leftOut == null) {
      return ElwcContext.merged(Arrays.copyOfRange(bytes, from, from + length));
    }
    for (int i = 0; i < size; i++) {
      record.add(items.get(i));
    }
    return record.build(context);
  }

  /** The query of the record last transcoded, or null where its context has no such feature. */
  @Nullable String query() {
    return query;
  }

  @Override
  public void startList(int count) {
    size = count;
    while (items.size() < count) {
      items.add(new ExampleWriter());
    }
    for (int i = 0; i < count; i++) {
      items.get(i).clear();
    }
  }

  @Override
  public void feature(int item, String name, FeatureValues values) throws CorruptRecordException {
    if (leftOut != null && leftOut.isLeftOut(name)) {
      return;
    }
    requireNumbers(item, name, values);
    boolean ofContext = item == RecordWalker.CONTEXT;
    if (ofContext && name.equals(queryFeature)) {
      query = queryText(values);
    }
    if (format != RecordFormat.ELWC || leftOut != null) {
      (ofContext ? context : items.get(item)).copy(name, values);
    }
  }

  /** A query as text, other queries as other texts: an integer or bytes; null for anything else. */
  static @Nullable String queryText(FeatureValues values) {
    if (values.count() != 1 || values.dtype() == null) {
      return null;
    }
    return switch (values.dtype()) {
      case INT64 -> String.valueOf(values.longs()[0]);
      case STRING -> ByteText.of(values.strings().get(0));
      case FLOAT32 -> null;
    };
  }

  static void requireNumbers(int item, String name, FeatureValues values)
      throws CorruptRecordException {
    if (values.dtype() == DType.FLOAT32) {
      for (int v = 0; v < values.count(); v++) {
        if (Float.isNaN(values.floats()[v])) {
          throw new CorruptRecordException(
              "feature '%s' of %s is NaN"
                  .formatted(name, item == RecordWalker.CONTEXT ? "the context" : "item " + item));
        }
      }
    }
  }
}
