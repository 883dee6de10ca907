package io.rankline.server.rest;

import io.rankline.server.json.JsonWriter;
import io.rankline.server.model.ModelLease;
import io.rankline.server.model.VersionStatus;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Answers to a GET: where versions stand, and what a model takes and gives. */
final class MetadataText {

  private static final int INDENTATION = 1;

  private MetadataText() {}

  static byte[] status(List<VersionStatus> versions) {
    JsonWriter json = new JsonWriter(INDENTATION);
    json.beginObject().name("model_version_status").beginArray();
    for (VersionStatus version : versions) {
      json.beginObject();
      json.name("version").text(Long.toString(version.version()));
      json.name("state").text(version.state().name());
      json.name("status").beginObject();
      json.name("error_code").text(version.code().name());
      json.name("error_message").text(version.message());
      json.endObject().endObject();
    }
    return bytes(json.endArray().endObject() + "\n");
  }

  static byte[] metadata(String name, ModelLease lease) {
    JsonWriter spec = new JsonWriter(INDENTATION);
    spec.beginObject();
    spec.name("name").text(name);
    spec.name("signature_name").text("");
    spec.name("version").text(Long.toString(lease.version()));
    spec.endObject();
    return bytes(
        "{\n\"model_spec\":%s\n,\n\"metadata\": {\"signature_def\": %s\n}\n}\n"
            .formatted(spec, signatures(lease.model())));
  }

  private static JsonWriter signatures(SavedRankingModel model) {
    JsonWriter json = new JsonWriter(INDENTATION);
    json.beginObject().name("signature_def").beginObject();
    for (Map.Entry<String, SignatureName> entry : model.signatures().keys().entrySet()) {
      SignatureName signature = entry.getValue();
      json.name(entry.getKey()).beginObject();
      json.name("inputs").beginObject();
      tensor(json, PredictCall.INPUT, "DT_STRING", 1);
      json.endObject().name("outputs").beginObject();
      for (String output : model.signatures().outputs()) {
        tensor(json, output, "DT_FLOAT", signature == SignatureName.PREDICT ? 2 : 1);
      }
      json.endObject();
      json.name("method_name").text(signature.key());
      json.name("defaults").beginObject().endObject();
      json.endObject();
    }
    return json.endObject().endObject();
  }

  private static void tensor(JsonWriter json, String name, String type, int dimensions) {
    json.name(name).beginObject();
    json.name("dtype").text(type);
    json.name("tensor_shape").beginObject().name("dim").beginArray();
    for (int i = 0; i < dimensions; i++) {
      json.beginObject().name("size").text("-1").name("name").text("").endObject();
    }
    json.endArray().name("unknown_rank").raw("false").endObject();
    json.name("name").text(name + ":0");
    json.endObject();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
