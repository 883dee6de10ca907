package io.rankline.server.rest;

import io.rankline.data.RankingList;
import io.rankline.model.ScoreParts;
import io.rankline.server.json.Json;
import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonNumber;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonText;
import io.rankline.server.json.Json.JsonWord;
import io.rankline.server.json.Json.Member;
import io.rankline.server.json.JsonWriter;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** {@code :rank} and {@code :explain}, one list of features by name, as people write it. */
final class RankCall {

  private final SignatureCall signatures;

  /** What is known of a query and its items. */
  private record Features(Map<String, Object> context, List<Map<String, Object>> items) {}

  RankCall(SignatureCall signatures) {
    this.signatures = signatures;
  }

  /** {@code :rank}: the scores. */
  RestCall rank(JsonObject request) throws RequestFault {
    Features features = features(request);
    return lease ->
        answer(
            features,
            () -> {
              RankingList list = lease.model().listOf(features.context(), features.items());
              return text(lease.scores(list), features.items().size());
            });
  }

  /** {@code :explain}: the scores of a GAM, and what each feature adds to them. */
  RestCall explain(JsonObject request) throws RequestFault {
    Features features = features(request);
    return lease ->
        answer(
            features,
            () ->
                text(
                    lease
                        .model()
                        .explain(lease.model().listOf(features.context(), features.items()))));
  }

  private static RestAnswer answer(Features features, Supplier<byte[]> text) throws RequestFault {
    try {
      return RestAnswer.ok(text.get(), features.items().size());
    } catch (IllegalArgumentException e) {
      throw RequestFault.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Features features(JsonObject request) throws RequestFault {
    for (Member member : request.members()) {
      if (!member.name().equals("context") && !member.name().equals("items")) {
        throw RequestFault.invalid(
            "unknown key '%s'; a request has 'items' and perhaps 'context'"
                .formatted(member.name()));
      }
    }
    Optional<Json> named = request.find("items");
    if (named.isEmpty() || !(named.get() instanceof JsonArray array)) {
      throw RequestFault.invalid(
          "'items' must be a list of objects with features by name, got %s"
              .formatted(named.map(RequestText::shown).orElse("nothing")));
    }
    Map<String, Object> context =
        features(request.find("context").orElse(new JsonObject(List.of())), "context");
    signatures.requireFewItems(array.values().size());
    List<Map<String, Object>> items = new ArrayList<>(array.values().size());
    for (Json item : array.values()) {
      items.add(features(item, "item %s".formatted(items.size())));
    }
    return new Features(context, items);
  }

  private static byte[] text(ScoreParts explained) {
    JsonWriter json = new JsonWriter().arraysOnOneLine();
    json.beginObject();
    scoresAndOrder(json, explained.scores());
    json.name("parts").beginObject();
    for (int feature = 0; feature < explained.features().size(); feature++) {
      json.name(explained.features().get(feature)).beginArray();
      for (int item = 0; item < explained.scores().length; item++) {
        json.number(explained.part(item, feature));
      }
      json.endArray();
    }
    return json.endObject().endObject().toBytes();
  }

  private static byte[] text(SortedMap<String, float[]> scores, int items) {
    JsonWriter json = new JsonWriter().arraysOnOneLine();
    json.beginObject();
    if (scores.size() > 1) {
      json.name("scores").beginObject();
      scores.forEach(
          (task, values) -> {
            json.name(task);
            write(json, values, items);
          });
      return json.endObject().endObject().toBytes();
    }
    float[] values = scores.values().iterator().next();
    if (values.length == items) {
      scoresAndOrder(json, values);
    } else {
      json.name("scores");
      write(json, values, items);
    }
    return json.endObject().toBytes();
  }

  private static void scoresAndOrder(JsonWriter json, float[] scores) {
    json.name("scores");
    write(json, scores, scores.length);
    json.name("order").beginArray();
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> scores[i]).reversed())
        .forEach(i -> json.raw(i.toString()));
    json.endArray();
  }

  /** A score an item, or a list of them where a loss has several. */
  private static void write(JsonWriter json, float[] values, int items) {
    int each = items == 0 ? 1 : values.length / items;
    json.beginArray();
    for (int i = 0; i < values.length; i++) {
      if (each > 1 && i % each == 0) {
        json.beginArray();
      }
      json.number(values[i]);
      if (each > 1 && i % each == each - 1) {
        json.endArray();
      }
    }
    json.endArray();
  }

  /** Features with the values that the model's reader takes; null is a feature that is missing. */
  private static Map<String, Object> features(Json json, String place) throws RequestFault {
    if (!(json instanceof JsonObject object)) {
      throw RequestFault.invalid(
          "%s must be an object with features by name, got %s"
              .formatted(place, RequestText.shown(json)));
    }
    Map<String, Object> features = new LinkedHashMap<>();
    for (Member member : object.members()) {
      String feature = "%s: feature '%s'".formatted(place, member.name());
      if (member.value() instanceof JsonArray array) {
        List<Object> values = new ArrayList<>(array.values().size());
        for (Json element : array.values()) {
          values.add(value(element, feature));
        }
        features.putIfAbsent(member.name(), values);
      } else if (member.value() != JsonWord.NULL) {
        features.putIfAbsent(member.name(), value(member.value(), feature));
      }
    }
    return features;
  }

  private static Object value(Json json, String feature) throws RequestFault {
    if (json instanceof JsonNumber number) {
      Optional<Long> whole = number.int64();
      return whole.isPresent() ? whole.get() : (Object) number.value();
    }
    if (json instanceof JsonText text) {
      return text.text();
    }
    if (json == JsonWord.TRUE || json == JsonWord.FALSE) {
      return json == JsonWord.TRUE ? 1L : 0L;
    }
    if (RequestText.isBase64(json)) {
      return RequestText.base64(json);
    }
    throw RequestFault.invalid(
        "%s must be a number, a string or a list of them, got %s"
            .formatted(feature, RequestText.shown(json)));
  }
}
