package io.rankline.server.rest;

import io.rankline.server.json.Json;
import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.Member;
import io.rankline.server.model.ModelLease;
import io.rankline.server.signature.Scores;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import io.rankline.serving.SignatureName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code :predict}, with rows under {@code instances} or columns under {@code inputs}. */
final class PredictCall {

  /** The one input of every signature of a ranker. */
  static final String INPUT = "inputs";

  private static final String ROWS = "instances";
  private static final String COLUMNS = "inputs";

  private final SignatureCall signatures;

  PredictCall(SignatureCall signatures) {
    this.signatures = signatures;
  }

  RestCall read(JsonObject request) throws RequestFault {
    String key = RequestText.signature(request);
    return lease -> answer(request, key, lease);
  }

  /** The signature is looked up before the inputs are read. */
  private RestAnswer answer(JsonObject request, String key, ModelLease lease) throws RequestFault {
    SignatureName signature = lease.signatures().keys().get(key);
    if (signature == null) {
      throw RequestFault.invalid(
          "Serving signature name: \"%s\" not found in signature def".formatted(key));
    }
    Optional<Json> rows = request.find(ROWS);
    Optional<Json> columns = request.find(COLUMNS);
    if (rows.isPresent() && columns.isPresent()) {
      throw RequestText.wrong(
          request,
          "Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist ");
    }
    if (rows.isPresent()) {
      Scores scores = signatures.of(lease, signature, rows(request, rows.get()));
      return RestAnswer.ok(ScoresText.inRows(scores), scores.items());
    }
    if (columns.isPresent()) {
      Scores scores = signatures.of(lease, signature, columns(columns.get()));
      return RestAnswer.ok(ScoresText.inColumns(scores), scores.items());
    }
    throw RequestFault.invalid("Missing 'inputs' or 'instances' key");
  }

  private static List<ByteBuffer> columns(Json columns) throws RequestFault {
    Json values = columns;
    if (columns instanceof JsonObject object && !RequestText.isBase64(columns)) {
      Optional<Json> named = object.find(INPUT);
      if (named.isEmpty()) {
        throw RequestFault.invalid("Missing named input: %s in 'inputs' object.".formatted(INPUT));
      }
      values = named.get();
    }
    TextTensor tensor = TextTensor.of(values);
    requireList(tensor.shape().size() == 1, tensor.shapeText());
    return tensor.values();
  }

  private static List<ByteBuffer> rows(JsonObject request, Json rows) throws RequestFault {
    if (!(rows instanceof JsonArray array)) {
      throw RequestText.wrong(request, "Expecting 'instances' to be an list/array");
    }
    if (array.values().isEmpty()) {
      throw RequestText.wrong(request, "No values in 'instances' array");
    }
    boolean objects = isRowOfNames(array.values().get(0));
    List<ByteBuffer> values = new ArrayList<>();
    TextTensor first = null;
    for (int row = 0; row < array.values().size(); row++) {
      Json element = array.values().get(row);
      if (isRowOfNames(element) != objects) {
        throw RequestFault.invalid(
            (objects
                    ? "Expecting object but got list at item %s of input list"
                    : "Expecting value/list but got object at item %s of input list")
                .formatted(row));
      }
      TextTensor tensor =
          objects ? namedRow((JsonObject) element, row, first) : plainRow(element, row, first);
      first = first == null ? tensor : first;
      values.addAll(tensor.values());
    }
    if (first != null) {
      requireList(
          first.shape().isEmpty(),
          "[" + array.values().size() + first.shapeText().replace("[", ",").replace(",]", "]"));
    }
    return values;
  }

  private static boolean isRowOfNames(Json element) {
    return element instanceof JsonObject && !RequestText.isBase64(element);
  }

  private static TextTensor plainRow(Json element, int row, @Nullable TextTensor first)
      throws RequestFault {
    try {
      return like(TextTensor.of(element), first);
    } catch (RequestFault e) {
      throw RequestFault.invalid(
          "Failed to process element: %s of 'instances' list. Error: %s: %s"
              .formatted(row, e.code(), e.text()));
    }
  }

  private static TextTensor namedRow(JsonObject element, int row, @Nullable TextTensor first)
      throws RequestFault {
    TextTensor tensor = null;
    for (Member member : element.members()) {
      try {
        if (!member.name().equals(INPUT)) {
          throw RequestFault.invalid(
              "JSON object: does not have named input: %s".formatted(member.name()));
        }
        TextTensor read = like(TextTensor.of(member.value()), first);
        tensor = tensor == null ? read : tensor;
      } catch (RequestFault e) {
        throw RequestFault.invalid(
            "Failed to process element: %s key: %s of 'instances' list. Error: %s: %s"
                .formatted(row, member.name(), e.code(), e.text()));
      }
    }
    if (tensor == null) {
      throw RequestFault.invalid(
          ("Failed to process element: %s of 'instances' list. JSON object: %s keys must be equal"
                  + " to: %s")
              .formatted(row, RequestText.shown(element), INPUT));
    }
    return tensor;
  }

  /** All rows have the shape of the first. */
  private static TextTensor like(TextTensor tensor, @Nullable TextTensor first)
      throws RequestFault {
    if (first != null && tensor.values().size() != first.values().size()) {
      throw RequestFault.invalid(
          "Expecting tensor size: %s but got: %s"
              .formatted(first.values().size(), tensor.values().size()));
    }
    if (first != null && !tensor.shape().equals(first.shape())) {
      throw RequestFault.invalid(
          "Expecting shape %s but got: %s".formatted(first.shapeText(), tensor.shapeText()));
    }
    return tensor;
  }

  private static void requireList(boolean isList, String shape) throws RequestFault {
    if (!isList) {
      throw RequestFault.invalid(
          "input '%s' must have shape [-1], a record a row, got shape %s".formatted(INPUT, shape));
    }
  }
}
