package io.rankline.server.rest;

import io.rankline.server.json.Json;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonText;
import io.rankline.server.json.JsonException;
import io.rankline.server.json.JsonParser;
import io.rankline.server.json.JsonWriter;
import io.rankline.server.status.RequestFault;
import io.rankline.serving.SignatureName;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** What all requests have in common: an object, perhaps the name of a signature, base64. */
final class RequestText {

  private static final String SIGNATURE = "signature_name";

  /** Of a value that a message shows. */
  private static final int LONGEST_SHOWN = 256;

  private RequestText() {}

  static JsonObject parse(RequestBody body, long mostValues) throws RequestFault {
    Json json;
    try {
      json = JsonParser.parse(body.bytes(), body.length(), body.base64(), mostValues);
    } catch (JsonException e) {
      throw RequestFault.invalid("JSON Parse error: " + e.getMessage());
    }
    if (json instanceof JsonObject object) {
      return object;
    }
    throw wrong(json, "Is not object");
  }

  /** The signature that a request names, or the default. */
  static String signature(JsonObject request) throws RequestFault {
    Optional<Json> named = request.find(SIGNATURE);
    if (named.isEmpty()) {
      return SignatureName.SERVING_DEFAULT;
    }
    if (!(named.get() instanceof JsonText text)) {
      throw wrong(request, "not formatted correctly. 'signature_name' key must be a string value.");
    }
    String name = text.text();
    return name.isEmpty() ? SignatureName.SERVING_DEFAULT : name;
  }

  /** Whether a value is an object with {@code b64} alone, and that a text. */
  static boolean isBase64(Json value) {
    return value instanceof JsonObject object
        && object.members().size() == 1
        && object.members().get(0).name().equals("b64")
        && object.members().get(0).value() instanceof JsonText;
  }

  /** The bytes of a value for which {@link #isBase64} holds. */
  static ByteBuffer base64(Json value) throws RequestFault {
    JsonText text = (JsonText) ((JsonObject) value).members().get(0).value();
    if (text.decoded() != null) {
      return text.decoded();
    }
    try {
      return Base64.getDecoder().decode(text.window());
    } catch (IllegalArgumentException e) {
      return base64WithSpace(text);
    }
  }

  private static ByteBuffer base64WithSpace(JsonText text) throws RequestFault {
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(text.text().replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw RequestFault.invalid("Unable to base64 decode");
    }
  }

  static RequestFault wrong(Json value, String rule) {
    return RequestFault.invalid("JSON Value: %s %s".formatted(shown(value), rule));
  }

  static RequestFault wrongType(Json value, String type) {
    return wrong(value, "Type: %s is not of expected type: %s".formatted(value.kind(), type));
  }

  /** A value as messages show it, cut where it is long. */
  static String shown(Json value) {
    return JsonWriter.shown(value, LONGEST_SHOWN);
  }
}
