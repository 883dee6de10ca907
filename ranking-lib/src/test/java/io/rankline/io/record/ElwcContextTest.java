package io.rankline.io.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.proto.BytesList;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.Int64List;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** A record has one context, however many fields of it came. */
class ElwcContextTest {

  private static final Feature DE =
      Feature.newBuilder()
          .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8("de")))
          .build();

  private static final ExampleListWithContext LIST =
      ExampleListWithContext.newBuilder()
          .addExamples(context("price", number(3)))
          .setContext(context("country", DE))
          .build();

  @Test
  void aNumberComesToTheRestOfTheContext() throws Exception {
    byte[] with = ElwcContext.with(LIST.toByteArray(), "qid", 4);

    ExampleListWithContext list = ExampleListWithContext.parseFrom(with);
    assertThat(list.getContext().getFeatures().getFeatureMap())
        .containsOnlyKeys("country", "qid")
        .containsEntry("country", DE)
        .containsEntry("qid", number(4));
    assertThat(list.getExamplesList()).isEqualTo(LIST.getExamplesList());
    assertThat(ElwcContext.merged(with)).isSameAs(with);
  }

  @Test
  void aNumberReplacesWhatHadItsName() throws Exception {
    byte[] with = ElwcContext.with(LIST.toByteArray(), "country", 4);

    assertThat(ExampleListWithContext.parseFrom(with).getContext())
        .isEqualTo(context("country", number(4)));
  }

  @Test
  void aListWithoutContextGetsOne() throws Exception {
    byte[] with = ElwcContext.with(LIST.toBuilder().clearContext().build().toByteArray(), "qid", 4);

    assertThat(ExampleListWithContext.parseFrom(with).getContext())
        .isEqualTo(context("qid", number(4)));
  }

  @Test
  void severalContextsBecomeOne() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(LIST.toByteArray());
    bytes.writeBytes(
        ExampleListWithContext.newBuilder()
            .setContext(context("qid", number(4)))
            .build()
            .toByteArray());

    byte[] merged = ElwcContext.merged(bytes.toByteArray());

    assertThat(merged).isNotEqualTo(bytes.toByteArray());
    assertThat(ElwcContext.merged(merged)).isSameAs(merged);
    assertThat(parse(merged)).isEqualTo(parse(bytes.toByteArray()));
  }

  @Test
  void bytesThatAreNoRecordAreRefused() {
    assertThatThrownBy(() -> ElwcContext.merged(new byte[] {0x12, 0x7f}))
        .isInstanceOf(CorruptRecordException.class);
    assertThatThrownBy(() -> ElwcContext.with(new byte[] {0x12, 0x7f}, "qid", 1))
        .isInstanceOf(CorruptRecordException.class);
  }

  private static ExampleListWithContext parse(byte[] record) throws InvalidProtocolBufferException {
    return ExampleListWithContext.parseFrom(record);
  }

  private static Example context(String name, Feature value) {
    return Example.newBuilder().setFeatures(Features.newBuilder().putFeature(name, value)).build();
  }

  private static Feature number(long value) {
    return Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(value)).build();
  }
}
