package io.rankline.server.rest;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.server.json.ByteArrays;
import io.rankline.server.json.JsonWriter;
import io.rankline.server.model.ModelLease;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import io.rankline.serving.SignatureName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;

/** Made-up requests, so that those of users do not meet code that has never run. */
public final class RestWarmUp {

  /** Of a short list: more of them run than of long ones in the same time. */
  private static final int ITEMS = 20;

  /** Far above what a made-up request has. */
  private static final int MOST_VALUES = 10_000_000;

  private final PredictCall predict;
  private final RankCall rank;

  /** Requests of their own limits. */
  public RestWarmUp() {
    SignatureCall signatures = new SignatureCall(ITEMS);
    this.predict = new PredictCall(signatures);
    this.rank = new RankCall(signatures);
  }

  /**
   * Reads, scores and answers made-up requests for a while. A model that refuses them is left
   * alone: it may have rules of its own.
   */
  public void run(ModelLease lease, Duration time) {
    RecordSpec features = lease.model().requests();
    ByteArrays arrays = new ByteArrays(1);
    byte[] ranked = rankBody(features);
    byte[] predicted = predictBody(features);
    long end = System.nanoTime() + time.toNanos();
    try {
      do {
        rank.rank(RequestText.parse(new RequestBody(arrays, ranked), MOST_VALUES)).on(lease);
        RequestBody body = new RequestBody(arrays, predicted);
        body.lookAhead();
        predict.read(RequestText.parse(body, MOST_VALUES)).on(lease);
      } while (System.nanoTime() < end);
    } catch (RequestFault e) {
      return; // a made-up list may be one that no user would send
    }
  }

  private static byte[] rankBody(RecordSpec features) {
    JsonWriter json = new JsonWriter().beginObject();
    write(json.name("context"), features.context());
    json.name("items").beginArray();
    for (int item = 0; item < ITEMS; item++) {
      write(json, features.examples());
    }
    return json.endArray().endObject().toBytes();
  }

  private static void write(JsonWriter json, Map<String, FeatureSpec> features) {
    json.beginObject();
    features.forEach(
        (name, spec) -> {
          json.name(name).beginArray();
          for (int i = 0; i < width(spec); i++) {
            if (spec.dtype() == DType.STRING) {
              json.text("a");
            } else {
              json.raw(spec.dtype() == DType.INT64 ? "1" : "0.5");
            }
          }
          json.endArray();
        });
    json.endObject();
  }

  private static byte[] predictBody(RecordSpec features) {
    ElwcAssembler record = new ElwcAssembler();
    for (int item = 0; item < ITEMS; item++) {
      record.add(example(features.examples()));
    }
    String elwc =
        Base64.getEncoder().encodeToString(record.build(example(features.context()).toByteArray()));
    return "{\"signature_name\": \"%s\", \"instances\": [{\"b64\": \"%s\"}]}"
        .formatted(SignatureName.PREDICT.key(), elwc)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static ExampleWriter example(Map<String, FeatureSpec> features) {
    ExampleWriter example = new ExampleWriter();
    features.forEach(
        (name, spec) -> {
          int width = width(spec);
          switch (spec.dtype()) {
            case FLOAT32 -> example.floats(name, new float[width], 0, width);
            case INT64 -> example.longs(name, new long[width], 0, width);
            case STRING ->
                example.strings(
                    name, Collections.nCopies(width, "a".getBytes(StandardCharsets.US_ASCII)));
          }
        });
    return example;
  }

  private static int width(FeatureSpec spec) {
    return spec instanceof FixedLenFeature fixed ? fixed.width() : 1;
  }
}
