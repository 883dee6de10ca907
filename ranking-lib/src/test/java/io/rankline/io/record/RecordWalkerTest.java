package io.rankline.io.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.proto.BytesList;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.FeatureList;
import io.rankline.io.proto.FeatureLists;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.FloatList;
import io.rankline.io.proto.Int64List;
import io.rankline.io.proto.SequenceExample;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordWalkerTest {

  private static final Feature ONE_AND_A_HALF =
      Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(1.5f)).build();
  private static final Feature SEVEN =
      Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(7).addValue(-1)).build();
  private static final Feature TEXT =
      Feature.newBuilder()
          .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8("häuser")))
          .build();

  private static final Example CONTEXT = example("query", TEXT);
  private static final Example FIRST = example("price", ONE_AND_A_HALF);
  private static final Example SECOND = example("clicks", SEVEN);

  @Test
  void showsContextAndItemsOfElwc() throws CorruptRecordException {
    ExampleListWithContext elwc =
        ExampleListWithContext.newBuilder()
            .addExamples(FIRST)
            .addExamples(SECOND)
            .setContext(CONTEXT)
            .build();

    assertThat(shown(RecordFormat.ELWC, elwc.toByteArray()))
        .containsExactly("list 2", "-1 query [häuser]", "0 price [1.5]", "1 clicks [7, -1]");
  }

  @Test
  void showsContextAndItemsOfExampleInExample() throws CorruptRecordException {
    Example eie =
        Example.newBuilder()
            .setFeatures(
                Features.newBuilder()
                    .putFeature("serialized_context", bytes(CONTEXT))
                    .putFeature("serialized_examples", bytes(FIRST, SECOND)))
            .build();

    assertThat(shown(RecordFormat.EIE, eie.toByteArray()))
        .containsExactly("list 2", "-1 query [häuser]", "0 price [1.5]", "1 clicks [7, -1]");
  }

  @Test
  void showsFramesOfSequenceExamplesAsItems() throws CorruptRecordException {
    SequenceExample seq =
        SequenceExample.newBuilder()
            .setContext(CONTEXT.getFeatures())
            .setFeatureLists(
                FeatureLists.newBuilder()
                    .putFeatureList(
                        "price",
                        FeatureList.newBuilder()
                            .addFeature(ONE_AND_A_HALF)
                            .addFeature(ONE_AND_A_HALF)
                            .build()))
            .build();

    assertThat(shown(RecordFormat.SEQ, seq.toByteArray()))
        .containsExactly("list 2", "-1 query [häuser]", "0 price [1.5]", "1 price [1.5]");
  }

  @Test
  void ofAFeatureThatStandsTwiceTheLastIsShown() throws CorruptRecordException {
    byte[] twice = joined(example("price", TEXT), SECOND, FIRST);
    ElwcAssembler items = new ElwcAssembler();
    items.add(twice);
    byte[] contexts = joined(example("query", SEVEN), CONTEXT);

    assertThat(shown(RecordFormat.TF_EXAMPLE, twice))
        .containsExactly("list 1", "0 clicks [7, -1]", "0 price [1.5]");
    assertThat(shown(RecordFormat.ELWC, items.build(contexts)))
        .containsExactly("list 1", "-1 query [häuser]", "0 clicks [7, -1]", "0 price [1.5]");
  }

  @Test
  void ofAFeatureListThatStandsTwiceTheLastIsShown() throws CorruptRecordException {
    byte[] seq =
        joined(
            SequenceExample.newBuilder().setContext(example("query", SEVEN).getFeatures()).build(),
            SequenceExample.newBuilder().setContext(CONTEXT.getFeatures()).build(),
            SequenceExample.newBuilder().setFeatureLists(frames(TEXT)).build(),
            SequenceExample.newBuilder().setFeatureLists(frames(ONE_AND_A_HALF)).build());

    assertThat(shown(RecordFormat.SEQ, seq))
        .containsExactly("list 1", "-1 query [häuser]", "0 price [1.5]");
  }

  @Test
  void showsATfExampleAsOneItem() throws CorruptRecordException {
    assertThat(shown(RecordFormat.TF_EXAMPLE, FIRST.toByteArray()))
        .containsExactly("list 1", "0 price [1.5]");
  }

  @Test
  void tellsTheFormatThatARecordSeemsToHave() {
    Example eie =
        Example.newBuilder()
            .setFeatures(
                Features.newBuilder()
                    .putFeature("serialized_context", bytes(CONTEXT))
                    .putFeature("serialized_examples", bytes(FIRST)))
            .build();
    ExampleListWithContext elwc = ExampleListWithContext.newBuilder().addExamples(FIRST).build();

    assertThat(RecordFormat.guess(elwc.toByteArray())).contains(RecordFormat.ELWC);
    assertThat(RecordFormat.guess(eie.toByteArray())).contains(RecordFormat.EIE);
    assertThat(RecordFormat.guess(FIRST.toByteArray())).contains(RecordFormat.TF_EXAMPLE);
    assertThat(RecordFormat.guess(new byte[] {1, 2, 3})).isEmpty();
  }

  @Test
  void everyCutOfARecordIsACorruptRecordOrAShorterOne() {
    byte[] elwc =
        ExampleListWithContext.newBuilder()
            .addExamples(FIRST)
            .setContext(CONTEXT)
            .build()
            .toByteArray();

    for (int length = 0; length < elwc.length; length++) {
      byte[] cut = Arrays.copyOf(elwc, length);
      try {
        shown(RecordFormat.ELWC, cut);
      } catch (CorruptRecordException expected) {
        assertThat(expected).hasMessageContaining("byte");
      }
    }
  }

  @Test
  void namesTheFormatThatTheRecordHasInstead() {
    assertThatThrownBy(() -> shown(RecordFormat.EIE, FIRST.toByteArray()))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage(
            "feature 'serialized_context' has 0 values, expected one; the record looks like"
                + " tfexample (tf_example), and was read as eie (example_in_example)");
  }

  @Test
  void whatIsWrittenWithoutMessagesIsWhatProtobufWrites() {
    ExampleWriter context = new ExampleWriter();
    context.strings("query", List.of("häuser".getBytes(StandardCharsets.UTF_8)));
    ExampleWriter item = new ExampleWriter();
    ElwcAssembler assembler = new ElwcAssembler();
    item.floats("price", new float[] {0, 1.5f}, 1, 1);
    assembler.add(item);
    item.clear();
    item.longs("clicks", new long[] {7, -1}, 0, 2);
    assembler.add(item.toByteArray());

    byte[] record = assembler.build(context);

    assertThat(record)
        .isEqualTo(
            ExampleListWithContext.newBuilder()
                .addExamples(FIRST)
                .addExamples(SECOND)
                .setContext(CONTEXT)
                .build()
                .toByteArray());
    assertThat(assembler.build(new byte[0])).isEmpty();
  }

  @Test
  void numbersOfAnySizeAreWrittenAsProtobufWritesThem() {
    ExampleWriter writer = new ExampleWriter();
    for (int shift = 0; shift < Long.SIZE; shift++) {
      long[] values = {(1L << shift) - 1, 1L << shift, -(1L << shift)};
      writer.clear();
      writer.longs("n", values, 0, values.length);

      Int64List.Builder list = Int64List.newBuilder();
      Arrays.stream(values).forEach(list::addValue);

      assertThat(writer.toByteArray())
          .as("shift %d", shift)
          .isEqualTo(example("n", Feature.newBuilder().setInt64List(list).build()).toByteArray());
    }
  }

  private static List<String> shown(RecordFormat format, byte[] record)
      throws CorruptRecordException {
    List<String> shown = new ArrayList<>();
    new RecordWalker(format)
        .walk(
            record,
            0,
            record.length,
            new RecordWalker.Visitor() {
              @Override
              public void startList(int items) {
                shown.add("list " + items);
              }

              @Override
              public void feature(int item, String name, FeatureValues values) {
                List<Object> held = new ArrayList<>();
                for (int v = 0; v < values.count(); v++) {
                  if (values.dtype() != null) {
                    held.add(
                        switch (values.dtype()) {
                          case FLOAT32 -> (Object) values.floats()[v];
                          case INT64 -> values.longs()[v];
                          case STRING ->
                              new String(values.strings().get(v), StandardCharsets.UTF_8);
                        });
                  }
                }
                shown.add(item + " " + name + " " + held);
              }
            });
    return shown;
  }

  private static FeatureLists frames(Feature feature) {
    return FeatureLists.newBuilder()
        .putFeatureList("price", FeatureList.newBuilder().addFeature(feature).build())
        .build();
  }

  /** Messages one behind the other are one message, as any reader of protocol buffers has it. */
  private static byte[] joined(MessageLite... messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (MessageLite message : messages) {
      bytes.writeBytes(message.toByteArray());
    }
    return bytes.toByteArray();
  }

  private static Example example(String name, Feature feature) {
    return Example.newBuilder()
        .setFeatures(Features.newBuilder().putFeature(name, feature))
        .build();
  }

  private static Feature bytes(Example... examples) {
    BytesList.Builder list = BytesList.newBuilder();
    for (Example example : examples) {
      list.addValue(example.toByteString());
    }
    return Feature.newBuilder().setBytesList(list).build();
  }
}
