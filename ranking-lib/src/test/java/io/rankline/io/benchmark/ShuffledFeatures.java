package io.rankline.io.benchmark;

import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.Features;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A writer that gives the features of every item an order of its own: the decoder's worst case. */
final class ShuffledFeatures {

  private ShuffledFeatures() {}

  static byte[] of(byte[] record, Random random) throws InvalidProtocolBufferException {
    ExampleListWithContext.Builder shuffled = ExampleListWithContext.newBuilder();
    for (Example example : ExampleListWithContext.parseFrom(record).getExamplesList()) {
      List<Map.Entry<String, Feature>> entries =
          new ArrayList<>(example.getFeatures().getFeatureMap().entrySet());
      Collections.shuffle(entries, random);
      Features.Builder features = Features.newBuilder();
      entries.forEach(entry -> features.putFeature(entry.getKey(), entry.getValue()));
      shuffled.addExamples(Example.newBuilder().setFeatures(features));
    }
    return shuffled.build().toByteArray();
  }
}
