package io.rankline.io.record;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleParser;
import io.rankline.io.example.FeatureSink;
import io.rankline.io.example.FeatureSlot;
import io.rankline.io.example.Spans;
import io.rankline.io.example.WireInput;

/**
 * Reads the Example messages of a list into its arrays: the part that the record formats share once
 * each has found where its messages lie.
 */
final class ListParser {

  private final WireInput in = new WireInput();
  private final ListBuilder list;
  private final ExampleParser context;
  private final ExampleParser examples;
  private FeatureSink exampleSink;

  ListParser(RecordSpec spec) {
    ListLayout layout = spec.layout();
    this.list = new ListBuilder(spec, layout);
    this.context = new ExampleParser(in, FeatureSlot.ofContext(spec, layout), false);
    this.examples = new ExampleParser(in, FeatureSlot.ofExamples(spec, layout), true);
    this.exampleSink = list.exampleSink();
  }

  /** The input that positions below are positions in. */
  WireInput input() {
    return in;
  }

  /** Starts a list of {@code size} items, of {@code originalSize} in the record. */
  void start(int size, int originalSize) throws CorruptRecordException {
    list.start(size, originalSize);
    exampleSink = list.exampleSink();
    context.startList();
    examples.startList();
  }

  /** Whether the list held any of the features asked for, in its context or in an item. */
  boolean hasFeatures() {
    return context.hasFeatures() || examples.hasFeatures();
  }

  /**
   * The context, an Example message in as many parts as the record has it; none is an empty one.
   */
  void context(Spans parts) throws CorruptRecordException {
    context.startRow(list.contextSink(), 0);
    for (int i = 0; i < parts.size(); i++) {
      context.mergeExample(parts.start(i), parts.end(i));
    }
    context.endRow();
  }

  /** The context as Features messages. */
  void contextFeatures(Spans parts) throws CorruptRecordException {
    context.startRow(list.contextSink(), 0);
    for (int i = 0; i < parts.size(); i++) {
      context.mergeFeatures(parts.start(i), parts.end(i));
    }
    context.endRow();
  }

  /** One item, an Example message in the input's bytes [from, to). */
  void item(int item, int from, int to) throws CorruptRecordException {
    examples.startRow(exampleSink, item);
    examples.mergeExample(from, to);
    examples.endRow();
  }

  /** The arrays of the items, for a format that has no Example an item. */
  FeatureSink exampleSink() {
    return exampleSink;
  }

  RankingList build() {
    return list.build();
  }
}
