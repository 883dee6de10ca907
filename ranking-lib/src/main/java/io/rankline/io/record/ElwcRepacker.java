package io.rankline.io.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.proto.BytesList;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.FeatureList;
import io.rankline.io.proto.FeatureLists;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.SequenceExample;
import java.util.Map;
import java.util.TreeMap;

/** Puts the list of an ELWC record into the record of another format. */
public final class ElwcRepacker {

  private ElwcRepacker() {}

  /**
   * The same list as one record of {@link RecordFormat#EIE} or {@link RecordFormat#SEQ}; the record
   * itself for {@link RecordFormat#ELWC}.
   *
   * <p>In a SequenceExample, an item that lacks a feature which another item has holds an empty
   * frame.
   *
   * @throws CorruptRecordException for bytes that are no ELWC record
   * @throws IllegalArgumentException for {@link RecordFormat#TF_EXAMPLE}, which holds no lists
   */
  public static byte[] repack(byte[] elwc, RecordFormat target) throws CorruptRecordException {
    return switch (target) {
      case ELWC -> elwc;
      case EIE -> exampleInExample(parse(elwc)).toByteArray();
      case SEQ -> sequence(parse(elwc)).toByteArray();
      case TF_EXAMPLE ->
          throw new IllegalArgumentException("a tf_example record holds one item, not a list");
    };
  }

  private static Example exampleInExample(ExampleListWithContext list) {
    BytesList.Builder items = BytesList.newBuilder();
    list.getExamplesList().forEach(item -> items.addValue(item.toByteString()));
    ByteString context = list.getContext().toByteString();
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(EieDecoder.CONTEXT, bytes(BytesList.newBuilder().addValue(context)))
                .putFeature(EieDecoder.EXAMPLES, bytes(items)))
        .build();
  }

  private static SequenceExample sequence(ExampleListWithContext list)
      throws CorruptRecordException {
    Map<String, FeatureList.Builder> lists = new TreeMap<>();
    for (Example item : list.getExamplesList()) {
      for (String name : item.getFeatures().getFeatureMap().keySet()) {
        lists.computeIfAbsent(name, key -> FeatureList.newBuilder());
      }
    }
    if (lists.isEmpty() && list.getExamplesCount() > 0) {
      throw new CorruptRecordException(
          "none of %s items has a feature, and a SequenceExample counts items by their features"
              .formatted(list.getExamplesCount()));
    }
    FeatureLists.Builder frames = FeatureLists.newBuilder();
    lists.forEach(
        (name, feature) -> {
          for (Example item : list.getExamplesList()) {
            feature.addFeature(
                item.getFeatures().getFeatureOrDefault(name, Feature.getDefaultInstance()));
          }
          frames.putFeatureList(name, feature.build());
        });
    return SequenceExample.newBuilder()
        .setContext(list.getContext().getFeatures())
        .setFeatureLists(frames)
        .build();
  }

  private static Feature bytes(BytesList.Builder values) {
    return Feature.newBuilder().setBytesList(values).build();
  }

  static ExampleListWithContext parse(byte[] elwc) throws CorruptRecordException {
    try {
      return ExampleListWithContext.parseFrom(elwc);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptRecordException("is no ELWC record: " + e.getMessage(), null, e);
    }
  }
}
