package io.rankline.spark.scoring;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.text.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The items of an ELWC record: what names each of them, and the record again with other features
 * and in another order.
 */
final class ScoredItems {

  private final byte[] record;
  private final List<String> columns;
  private final @Nullable String[][] names;

  /**
   * The items of a record.
   *
   * @param columns features that name an item: its own, or its context's
   */
  ScoredItems(byte[] record, List<String> columns) throws CorruptRecordException {
    this.record = record;
    this.columns = columns;
    Names found = new Names();
    new RecordWalker(RecordFormat.ELWC).walk(record, 0, record.length, found);
    this.names = found.names;
  }

  /** What the features hold that name an item, as text; null where it has none. */
  @Nullable String[] names(int item) {
    return names[item];
  }

  /**
   * The record with items in that order and further features.
   *
   * @param order places of the items that stay
   * @param replaced features that the additions stand in for
   * @param addition writes the further features of an item
   */
  byte[] reordered(int[] order, Set<String> replaced, Addition addition)
      throws CorruptRecordException {
    Copies copies = new Copies(replaced);
    new RecordWalker(RecordFormat.ELWC).walk(record, 0, record.length, copies);
    ElwcAssembler assembler = new ElwcAssembler();
    for (int item : order) {
      ExampleWriter example = copies.items.get(item);
      addition.write(item, example);
      assembler.add(example);
    }
    return assembler.build(copies.context);
  }

  /** Writes features of an item. */
  @FunctionalInterface
  interface Addition {
    void write(int item, ExampleWriter example);
  }

  private final class Names implements RecordWalker.Visitor {
    private @Nullable String[][] names = new String[0][];

    @Override
    public void startList(int items) {
      names = new String[items][columns.size()];
    }

    @Override
    public void feature(int item, String name, FeatureValues values) {
      int column = columns.indexOf(name);
      if (column < 0 || values.dtype() == null || values.count() == 0) {
        return;
      }
      String text = text(values);
      if (item == RecordWalker.CONTEXT) {
        for (String[] ofItem : names) {
          ofItem[column] = ofItem[column] == null ? text : ofItem[column];
        }
      } else {
        names[item][column] = text;
      }
    }

    private static @Nullable String text(FeatureValues values) {
      return values.dtype() == null
          ? null
          : switch (values.dtype()) {
            case FLOAT32 -> String.valueOf(values.floats()[0]);
            case INT64 -> String.valueOf(values.longs()[0]);
            case STRING -> ByteText.of(values.strings().get(0));
          };
    }
  }

  private static final class Copies implements RecordWalker.Visitor {
    private final Set<String> replaced;
    private final List<ExampleWriter> items = new ArrayList<>();
    private final ExampleWriter context = new ExampleWriter();

    Copies(Set<String> replaced) {
      this.replaced = replaced;
    }

    @Override
    public void startList(int count) {
      for (int i = 0; i < count; i++) {
        items.add(new ExampleWriter());
      }
    }

    @Override
    public void feature(int item, String name, FeatureValues values) {
      if (item == RecordWalker.CONTEXT) {
        context.copy(name, values);
      } else if (!replaced.contains(name)) {
        items.get(item).copy(name, values);
      }
    }
  }
}
