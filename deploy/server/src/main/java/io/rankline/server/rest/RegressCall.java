package io.rankline.server.rest;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.server.json.Json;
import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.JsonWriter;
import io.rankline.server.model.ModelLease;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import io.rankline.serving.SignatureName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code :regress} and {@code :classify}, with examples of features by name. */
final class RegressCall {

  private final SignatureCall signatures;

  RegressCall(SignatureCall signatures) {
    this.signatures = signatures;
  }

  /** The examples of a request, each on the features of the context. */
  private static List<JsonExample> examples(JsonObject request) throws RequestFault {
    Optional<Json> context = request.find("context");
    JsonExample shared = JsonExample.of(context.orElse(new JsonObject(List.of())));
    Optional<Json> examples = request.find("examples");
    if (examples.isEmpty()) {
      // TensorFlow Serving says classify for regress, too.
      throw RequestText.wrong(
          request, "When method is classify, key 'examples' is expected and was not found");
    }
    if (!(examples.get() instanceof JsonArray array)) {
      throw RequestText.wrong(request, "Expecting 'examples' value to be an list/array");
    }
    if (array.values().isEmpty()) {
      throw RequestText.wrong(request, "'examples' value is an empty array");
    }
    List<JsonExample> all = new ArrayList<>();
    for (Json example : array.values()) {
      all.add(JsonExample.of(example).on(shared));
    }
    return all;
  }

  RestCall regress(JsonObject request) throws RequestFault {
    String key = RequestText.signature(request);
    List<JsonExample> examples = examples(request);
    return lease -> regress(key, examples, lease);
  }

  RestCall classify(JsonObject request) throws RequestFault {
    String key = RequestText.signature(request);
    examples(request);
    return lease -> {
      throw SignatureCall.noClasses(lease, key);
    };
  }

  private RestAnswer regress(String key, List<JsonExample> examples, ModelLease lease)
      throws RequestFault {
    SignatureName signature = SignatureCall.toRegress(lease, key);
    Map<String, FeatureSpec> features = features(lease.model().requests());
    List<ByteBuffer> records = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      if (signature == SignatureName.REGRESS) {
        examples.get(i).require(features, i);
      }
      records.add(ByteBuffer.wrap(examples.get(i).toBytes()));
    }
    float[] scores = SignatureCall.oneEach(signatures.of(lease, signature, records));
    JsonWriter json = new JsonWriter();
    json.beginObject().name("results").arraysOnOneLine().beginArray();
    for (float score : scores) {
      json.number(score);
    }
    return RestAnswer.ok(json.endArray().endObject().toBytes(), scores.length);
  }

  private static Map<String, FeatureSpec> features(RecordSpec requests) {
    Map<String, FeatureSpec> features = new HashMap<>(requests.context());
    features.putAll(requests.examples());
    return features;
  }
}
