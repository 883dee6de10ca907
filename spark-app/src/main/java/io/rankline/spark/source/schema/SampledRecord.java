package io.rankline.spark.source.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.FeatureList;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.SequenceExample;
import io.rankline.io.record.RecordFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every feature of one record, whatever its format: what a schema is inferred from.
 *
 * @param context features of the query
 * @param items features of each item
 */
record SampledRecord(Map<String, Feature> context, List<Map<String, Feature>> items) {

  private static final String EIE_CONTEXT = "serialized_context";
  private static final String EIE_EXAMPLES = "serialized_examples";

  static SampledRecord parse(RecordFormat format, byte[] record)
      throws InvalidProtocolBufferException {
    return switch (format) {
      case ELWC -> ofElwc(ExampleListWithContext.parseFrom(record));
      case EIE -> ofEie(Example.parseFrom(record).getFeatures());
      case SEQ -> ofSequence(SequenceExample.parseFrom(record));
      case TF_EXAMPLE ->
          new SampledRecord(Map.of(), List.of(featuresOf(Example.parseFrom(record))));
    };
  }

  private static SampledRecord ofElwc(ExampleListWithContext record) {
    return new SampledRecord(
        featuresOf(record.getContext()),
        record.getExamplesList().stream().map(SampledRecord::featuresOf).toList());
  }

  private static SampledRecord ofEie(Features envelope) throws InvalidProtocolBufferException {
    Map<String, Feature> context = Map.of();
    for (ByteString bytes : bytesOf(envelope, EIE_CONTEXT)) {
      context = featuresOf(Example.parseFrom(bytes));
    }
    List<Map<String, Feature>> items = new ArrayList<>();
    for (ByteString bytes : bytesOf(envelope, EIE_EXAMPLES)) {
      items.add(featuresOf(Example.parseFrom(bytes)));
    }
    return new SampledRecord(context, items);
  }

  private static SampledRecord ofSequence(SequenceExample record) {
    Map<String, FeatureList> lists = record.getFeatureLists().getFeatureListMap();
    List<Map<String, Feature>> items = new ArrayList<>();
    lists.forEach(
        (name, list) -> {
          for (int i = 0; i < list.getFeatureCount(); i++) {
            if (i == items.size()) {
              items.add(new HashMap<>());
            }
            items.get(i).put(name, list.getFeature(i));
          }
        });
    return new SampledRecord(record.getContext().getFeatureMap(), items);
  }

  private static List<ByteString> bytesOf(Features features, String name) {
    return features
        .getFeatureOrDefault(name, Feature.getDefaultInstance())
        .getBytesList()
        .getValueList();
  }

  private static Map<String, Feature> featuresOf(Example example) {
    return example.getFeatures().getFeatureMap();
  }
}
