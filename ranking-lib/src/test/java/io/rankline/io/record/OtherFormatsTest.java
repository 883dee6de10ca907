package io.rankline.io.record;

import static io.rankline.testing.RankingLists.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.proto.BytesList;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.FeatureList;
import io.rankline.io.proto.FeatureLists;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.FloatList;
import io.rankline.io.proto.SequenceExample;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** EIE, SEQ and tf.Example are other envelopes of the same lists. */
class OtherFormatsTest {

  private static final int RECORDS_A_SEED = 30;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void exampleInExampleReadsLikeElwc(long seed)
      throws CorruptRecordException, InvalidProtocolBufferException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();

    for (int i = 0; i < RECORDS_A_SEED; i++) {
      byte[] elwc = random.elwc(spec);
      ExampleListWithContext record = ExampleListWithContext.parseFrom(elwc);
      BytesList.Builder examples = BytesList.newBuilder();
      record.getExamplesList().forEach(example -> examples.addValue(example.toByteString()));
      byte[] eie =
          Example.newBuilder()
              .setFeatures(
                  Features.newBuilder()
                      .putFeature("serialized_context", bytes(record.getContext().toByteString()))
                      .putFeature(
                          "serialized_examples",
                          Feature.newBuilder().setBytesList(examples).build()))
              .build()
              .toByteArray();

      assertSame(
          RecordFormat.EIE.decoder(spec, new ListSize(3)).decode(eie),
          RecordFormat.ELWC.decoder(spec, new ListSize(3)).decode(elwc));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSequenceExampleReadsLikeElwc(long seed)
      throws CorruptRecordException, InvalidProtocolBufferException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();
    RecordDecoder elwc = RecordFormat.ELWC.decoder(spec);
    ElwcEncoder encoder = new ElwcEncoder(spec);

    for (int i = 0; i < RECORDS_A_SEED; i++) {
      // Through the encoder, so that no item lacks a fixed-length feature: a frame has no gaps.
      byte[] record = encoder.encode(elwc.decode(random.elwc(spec)));
      ExampleListWithContext list = ExampleListWithContext.parseFrom(record);

      assertSame(
          RecordFormat.SEQ.decoder(spec, new ListSize(4)).decode(sequence(list).toByteArray()),
          RecordFormat.ELWC.decoder(spec, new ListSize(4)).decode(record));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anItemWithItsContextIsATfExample(long seed) throws CorruptRecordException {
    RandomRecords random = new RandomRecords(seed);
    RecordSpec spec = random.spec();
    RecordDecoder decoder = RecordFormat.TF_EXAMPLE.decoder(spec);
    ElwcEncoder encoder = new ElwcEncoder(spec);

    for (int i = 0; i < RECORDS_A_SEED; i++) {
      RankingList list = RecordFormat.ELWC.decoder(spec).decode(random.elwc(spec));
      for (int item = 0; item < list.size(); item++) {
        RankingList one = decoder.decode(encoder.encodeItem(list, item));
        RankingList expected = list.select(new int[] {item});
        assertThat(one.originalSize()).isEqualTo(1);
        assertThat(one.examples()).isEqualTo(expected.examples());
        assertThat(one.labels()).isEqualTo(expected.labels());
        assertThat(one.context()).isEqualTo(expected.context());
      }
    }
  }

  @Test
  void aSequenceIsAsLongAsItsLongestFeatureAndTheOthersGetDefaults() throws CorruptRecordException {
    RecordSpec spec =
        RecordSpec.of(
                Map.of(),
                Map.of(
                    "long", FixedLenFeature.float32(1),
                    "short", FixedLenFeature.float32(1).withDefault(9f),
                    "absent", FixedLenFeature.float32(1).withDefault(8f)))
            .withLabels(LabelSpec.of("y", FixedLenFeature.float32(1).withDefault(-1f)));
    SequenceExample record =
        sequenceOf(Map.of("long", frames(1, 2, 3), "short", frames(4), "y", frames(0, 1)));

    RankingList list = RecordFormat.SEQ.decoder(spec).decode(record.toByteArray());

    assertThat(list.size()).isEqualTo(3);
    assertThat(list.examples()).containsExactly(8, 1, 4, 8, 2, 9, 8, 3, 9); // absent, long, short
    assertThat(list.labels()).containsExactly(0, 1, -1);
  }

  @Test
  void ofAFeatureListThatStandsTwiceTheLastCounts() throws CorruptRecordException {
    RecordSpec spec = RecordSpec.of(Map.of(), Map.of("f", FixedLenFeature.float32(1)));
    byte[] first = sequenceOf(Map.of("f", frames(1, 2, 3))).toByteArray();
    byte[] second = sequenceOf(Map.of("f", frames(4, 5))).toByteArray();

    RankingList list = RecordFormat.SEQ.decoder(spec).decode(RandomRecords.concat(first, second));

    assertThat(list.examples()).containsExactly(4, 5);
  }

  @Test
  void anEmptyFrameInTheMiddleIsAnError() {
    RecordSpec spec =
        RecordSpec.of(Map.of(), Map.of("f", FixedLenFeature.float32(1).withDefault(0f)));
    FeatureList gap =
        FeatureList.newBuilder()
            .addFeature(number(1))
            .addFeature(Feature.getDefaultInstance())
            .addFeature(number(2))
            .build();

    assertThatThrownBy(
            () -> RecordFormat.SEQ.decoder(spec).decode(sequenceOf(Map.of("f", gap)).toByteArray()))
        .hasMessage("feature 'f' of item 1 has an empty frame");
  }

  @Test
  void exampleInExampleNeedsItsContext() {
    RecordSpec spec = RecordSpec.of(Map.of(), Map.of("f", new VarLenFeature(DType.FLOAT32)));

    assertThatThrownBy(() -> RecordFormat.EIE.decoder(spec).decode(new byte[0]))
        .hasMessage("feature 'serialized_context' of the context is missing and has no default");
  }

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void everyNameIsReadBack(RecordFormat format) {
    assertThat(RecordFormat.ofName(format.wireName())).isEqualTo(format);
    assertThat(RecordFormat.ofName(format.shortName())).isEqualTo(format);
  }

  @Test
  void anUnknownFormatIsToldWithTheKnownOnes() {
    assertThatThrownBy(() -> RecordFormat.ofName("elwcc"))
        .hasMessage(
            "unknown record format 'elwcc'; expected one of elwc (example_list_with_context), eie"
                + " (example_in_example), seq (sequence_example), tfexample (tf_example)");
  }

  @Test
  void aNegativeListSizeIsRefused() {
    RecordSpec spec = RecordSpec.of(Map.of(), Map.of());

    assertThatThrownBy(() -> RecordFormat.ELWC.decoder(spec, new ListSize(-1)))
        .hasMessage("list_size must be 0 (all items) or more, got -1");
  }

  /**
   * The same list, feature by feature; an item without a feature of any length has an empty frame.
   */
  private static SequenceExample sequence(ExampleListWithContext list) {
    TreeSet<String> names = new TreeSet<>();
    list.getExamplesList().forEach(e -> names.addAll(e.getFeatures().getFeatureMap().keySet()));
    FeatureLists.Builder lists = FeatureLists.newBuilder();
    for (String name : names) {
      FeatureList.Builder frames = FeatureList.newBuilder();
      for (Example example : list.getExamplesList()) {
        frames.addFeature(
            example.getFeatures().getFeatureOrDefault(name, Feature.getDefaultInstance()));
      }
      lists.putFeatureList(name, frames.build());
    }
    return SequenceExample.newBuilder()
        .setContext(list.getContext().getFeatures())
        .setFeatureLists(lists)
        .build();
  }

  private static SequenceExample sequenceOf(Map<String, FeatureList> lists) {
    return SequenceExample.newBuilder()
        .setFeatureLists(FeatureLists.newBuilder().putAllFeatureList(lists))
        .build();
  }

  private static FeatureList frames(float... values) {
    FeatureList.Builder frames = FeatureList.newBuilder();
    for (float value : values) {
      frames.addFeature(number(value));
    }
    return frames.build();
  }

  private static Feature number(float value) {
    return Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(value)).build();
  }

  private static Feature bytes(ByteString value) {
    return Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(value)).build();
  }
}
