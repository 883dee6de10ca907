package io.rankline.server.rest;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.server.json.Json;
import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.JsonWriter;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
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
    return lease -> regress(key, examples, lease.model());
  }

  /** A ranker has scores without classes, which TensorFlow Serving refuses to classify by. */
  RestCall classify(JsonObject request) throws RequestFault {
    String key = RequestText.signature(request);
    examples(request);
    return lease -> {
      signature(lease.model(), key);
      throw new RequestFault(
          StatusCode.FAILED_PRECONDITION,
          ("Expected classification signature outputs to contain at least one of \"classes\" or"
                  + " \"scores\". Signature was: %s with outputs %s")
              .formatted(key, String.join(", ", lease.model().signatures().outputs())));
    };
  }

  private RestAnswer regress(String key, List<JsonExample> examples, SavedRankingModel model)
      throws RequestFault {
    if (!model.scoresSingleItems()) {
      throw RequestFault.invalid(RankingScorer.NEEDS_LISTS);
    }
    SignatureName signature = signature(model, key);
    if (model.tasks().size() != 1) {
      throw RequestFault.invalid("Expected one output Tensor.");
    }
    Map<String, FeatureSpec> features = features(model.requests());
    List<byte[]> records = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      if (signature == SignatureName.REGRESS) {
        examples.get(i).require(features, i);
      }
      records.add(examples.get(i).toBytes());
    }
    Scores scores = signatures.of(model, signature, records);
    float[][] rows = scores.outputs().values().iterator().next();
    if (rows[0].length != 1) {
      throw RequestFault.invalid(
          ("Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got"
                  + " [%s,%s]")
              .formatted(rows.length, rows[0].length));
    }
    JsonWriter json = new JsonWriter();
    json.beginObject().name("results").arraysOnOneLine().beginArray();
    for (float[] row : rows) {
      json.number(row[0]);
    }
    return RestAnswer.ok(json.endArray().endObject().toBytes(), rows.length);
  }

  private static SignatureName signature(SavedRankingModel model, String key) throws RequestFault {
    SignatureName signature = model.signatures().keys().get(key);
    if (signature == null) {
      throw RequestFault.invalid("No signature was found with the name: %s".formatted(key));
    }
    return signature;
  }

  private static Map<String, FeatureSpec> features(RecordSpec requests) {
    Map<String, FeatureSpec> features = new HashMap<>(requests.context());
    features.putAll(requests.examples());
    return features;
  }
}
