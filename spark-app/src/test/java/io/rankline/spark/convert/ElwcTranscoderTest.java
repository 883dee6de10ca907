package io.rankline.spark.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
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
import io.rankline.io.record.RecordFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElwcTranscoderTest {

  private static final Example CONTEXT =
      example("qid", Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(31)));
  private static final Example CHEAP = example("price", price(0.5f));
  private static final Example DEAR = example("price", price(900));
  private static final ExampleListWithContext ELWC =
      ExampleListWithContext.newBuilder()
          .addExamples(CHEAP)
          .addExamples(DEAR)
          .setContext(CONTEXT)
          .build();

  @Test
  void elwcStaysAsItIs() throws CorruptRecordException {
    ElwcTranscoder transcoder = new ElwcTranscoder(RecordFormat.ELWC, null, "qid");

    byte[] transcoded = transcode(transcoder, ELWC.toByteArray());

    assertThat(transcoded).isEqualTo(ELWC.toByteArray());
    assertThat(transcoder.query()).isEqualTo("31");
  }

  @Test
  void examplesInAnExampleBecomeItems() throws Exception {
    ElwcTranscoder transcoder = new ElwcTranscoder(RecordFormat.EIE, null, "qid");
    Example eie =
        Example.newBuilder()
            .setFeatures(
                Features.newBuilder()
                    .putFeature("serialized_context", bytes(CONTEXT))
                    .putFeature("serialized_examples", bytes(CHEAP, DEAR)))
            .build();

    byte[] transcoded = transcode(transcoder, eie.toByteArray());

    assertThat(ExampleListWithContext.parseFrom(transcoded)).isEqualTo(ELWC);
    assertThat(transcoder.query()).isEqualTo("31");
  }

  @Test
  void framesOfASequenceBecomeItems() throws Exception {
    ElwcTranscoder transcoder = new ElwcTranscoder(RecordFormat.SEQ, null, "qid");
    SequenceExample seq =
        SequenceExample.newBuilder()
            .setContext(CONTEXT.getFeatures())
            .setFeatureLists(
                FeatureLists.newBuilder()
                    .putFeatureList(
                        "price",
                        FeatureList.newBuilder()
                            .addFeature(price(0.5f))
                            .addFeature(price(900))
                            .build()))
            .build();

    byte[] transcoded = transcode(transcoder, seq.toByteArray());

    assertThat(ExampleListWithContext.parseFrom(transcoded)).isEqualTo(ELWC);
  }

  @Test
  void aSpecChecksAndPrunes() throws Exception {
    RecordSpec prices = RecordSpec.of(Map.of(), Map.of("price", FixedLenFeature.float32(1)));
    RecordSpec stars = RecordSpec.of(Map.of(), Map.of("stars", FixedLenFeature.int64(1)));

    byte[] pruned =
        transcode(new ElwcTranscoder(RecordFormat.ELWC, prices, "qid"), ELWC.toByteArray());

    assertThat(ExampleListWithContext.parseFrom(pruned))
        .isEqualTo(ELWC.toBuilder().clearContext().build());
    assertThatThrownBy(
            () ->
                transcode(new ElwcTranscoder(RecordFormat.ELWC, stars, "qid"), ELWC.toByteArray()))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("feature 'stars' of item 0 is missing and has no default");
  }

  @Test
  void notANumberIsRefused() {
    byte[] record =
        ExampleListWithContext.newBuilder()
            .addExamples(CHEAP)
            .addExamples(example("price", price(Float.NaN)))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> transcode(new ElwcTranscoder(RecordFormat.ELWC, null, "qid"), record))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("feature 'price' of item 1 is NaN");
  }

  private static byte[] transcode(ElwcTranscoder transcoder, byte[] record)
      throws CorruptRecordException {
    return transcoder.transcode(record, 0, record.length);
  }

  private static Feature.Builder price(float value) {
    return Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(value));
  }

  private static Example example(String name, Feature.Builder feature) {
    return Example.newBuilder()
        .setFeatures(Features.newBuilder().putFeature(name, feature.build()))
        .build();
  }

  private static Feature bytes(Example... examples) {
    BytesList.Builder list = BytesList.newBuilder();
    for (Example example : examples) {
      list.addValue(ByteString.copyFrom(example.toByteArray()));
    }
    return Feature.newBuilder().setBytesList(list).build();
  }
}
