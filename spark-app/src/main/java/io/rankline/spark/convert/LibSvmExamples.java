package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.record.RecordWalker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Items of LibSVM as Examples, and items of lists as lines of LibSVM. Ids that a line lacks are
 * features that the item lacks. One for each thread.
 */
final class LibSvmExamples implements RecordWalker.Visitor {

  private static final Pattern DOCUMENT = Pattern.compile("^docid *= *(\\S+)");

  private final Naming naming;
  private final ExampleWriter writer = new ExampleWriter();
  private final ExampleWriter context = new ExampleWriter();
  private final List<String> names = new ArrayList<>(List.of(""));

  private final List<SortedMap<Integer, Float>> features = new ArrayList<>();
  private final List<Float> labels = new ArrayList<>();
  private final @Nullable String commentFeature;
  private final @Nullable LeftOut leftOut;
  private @Nullable String query;

  LibSvmExamples(Naming naming) {
    this(naming, null, null);
  }

  /**
   * Items and lines.
   *
   * @param commentFeature the feature that comments become, or null to drop them
   * @param leftOut features of lines that do not become one of the item
   */
  LibSvmExamples(Naming naming, @Nullable String commentFeature, @Nullable LeftOut leftOut) {
    this.naming = naming;
    this.leftOut = leftOut;
    this.commentFeature = commentFeature;
  }

  /** The item of a line, features in the order of their ids. */
  FlatItem item(LibSvmItem line, String comment) throws CorruptRecordException {
    writer.clear();
    for (int k = 0; k < line.ids().length; k++) {
      String name = name(line.ids()[k]);
      if (leftOut == null || !leftOut.isLeftOut(name)) {
        writer.floats(name, line.values(), k, 1);
      }
    }
    if (naming.labelType() == DType.INT64) {
      if (line.label() != Math.rint(line.label())) {
        throw new CorruptRecordException(
            "label %s is no integer; pass --label-dtype float32".formatted(line.label()));
      }
      writer.longs(naming.label(), new long[] {(long) line.label()}, 0, 1);
    } else {
      writer.floats(naming.label(), new float[] {line.label()}, 0, 1);
    }
    if (commentFeature != null && !comment.isEmpty()) {
      writer.strings(commentFeature, List.of(documentOf(comment)));
    }
    context.clear();
    context.longs(naming.query(), new long[] {line.qid()}, 0, 1);
    return new FlatItem(writer.toByteArray(), context.toByteArray());
  }

  /** What LETOR's comments call docid, {@code docid = GX000-00 inc = 1}; else the comment. */
  private static byte[] documentOf(String comment) {
    Matcher document = DOCUMENT.matcher(comment);
    return (document.find() ? document.group(1) : comment).getBytes(StandardCharsets.UTF_8);
  }

  /** The lines of the list that a walker has just shown. */
  List<LibSvmItem> lines() throws CorruptRecordException {
    String text = query;
    if (text == null) {
      throw FlatTargets.noQuery(naming);
    }
    FlatTargets.requireItems(features.size());
    long qid = qid(text);
    List<LibSvmItem> lines = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      Float label = labels.get(i);
      if (label.isNaN()) {
        throw new CorruptRecordException(
            "item %s has no feature '%s' to be its label; --label-column names another"
                .formatted(i, naming.label()));
      }
      SortedMap<Integer, Float> held = features.get(i);
      int[] ids = new int[held.size()];
      float[] values = new float[held.size()];
      int count = 0;
      for (Map.Entry<Integer, Float> entry : held.entrySet()) {
        ids[count] = entry.getKey();
        values[count++] = entry.getValue();
      }
      lines.add(new LibSvmItem(label, qid, ids, values));
    }
    return lines;
  }

  /** Of {@code 007} would come back 7, which is another query. */
  private static long qid(String text) throws CorruptRecordException {
    try {
      long qid = Long.parseLong(text);
      if (qid >= 0 && String.valueOf(qid).equals(text)) {
        return qid;
      }
    } catch (NumberFormatException e) {
      throw noQid(text, e);
    }
    throw noQid(text, null);
  }

  private static CorruptRecordException noQid(String text, @Nullable Throwable cause) {
    return new CorruptRecordException(
        "query '%s' must be an integer of 0 or more to be a qid; --number-queries numbers lists"
            .formatted(text),
        null,
        cause);
  }

  @Override
  public void startList(int items) {
    query = null;
    features.clear();
    labels.clear();
    for (int i = 0; i < items; i++) {
      features.add(new TreeMap<>());
      labels.add(Float.NaN);
    }
  }

  @Override
  public void feature(int item, String name, FeatureValues values) throws CorruptRecordException {
    if (item == RecordWalker.CONTEXT) {
      if (name.equals(naming.query())) {
        query = ElwcTranscoder.queryText(values);
      }
      return;
    }
    int id = naming.featureId(name);
    boolean label = name.equals(naming.label());
    if ((id < 0 && !label) || values.dtype() == null) {
      return;
    }
    if (values.dtype() == DType.STRING || values.count() != 1) {
      throw new CorruptRecordException(
          "feature '%s' of item %s must be one number, has %s of %s"
              .formatted(name, item, values.count(), values.dtype().wireName()));
    }
    float value = FlatTargets.requireFloat(name, item, values);
    if (label) {
      labels.set(item, value);
    } else {
      features.get(item).put(id, value);
    }
  }

  private String name(int id) {
    if (id >= 1 << 16) {
      return naming.featureName(id);
    }
    while (names.size() <= id) {
      names.add(naming.featureName(names.size()));
    }
    return names.get(id);
  }
}
