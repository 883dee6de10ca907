package io.rankline.server.rest;

import io.rankline.server.json.JsonWriter;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;

/**
 * What a request is answered.
 *
 * @param code how it ended
 * @param body JSON in UTF-8
 * @param items how many items were scored for it
 */
public record RestAnswer(StatusCode code, byte[] body, long items) {

  static RestAnswer ok(byte[] body, long items) {
    return new RestAnswer(StatusCode.OK, body, items);
  }

  /** The answer of a fault. */
  public static RestAnswer of(RequestFault fault) {
    return new RestAnswer(
        fault.code(),
        new JsonWriter().beginObject().name("error").text(fault.text()).endObject().toBytes(),
        0);
  }
}
