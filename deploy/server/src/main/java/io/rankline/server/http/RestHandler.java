package io.rankline.server.http;

import io.rankline.server.metrics.Entrypoint;
import io.rankline.server.metrics.ServerMetrics;
import io.rankline.server.rest.RestAnswer;
import io.rankline.server.rest.RestApi;
import io.rankline.server.rest.RestPath;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Everything below {@code /v1/}. */
final class RestHandler extends Handler.Abstract.NonBlocking {

  private final RestApi api;
  private final ServerMetrics metrics;
  private final ApiKeys keys;
  private final HttpLimits limits;
  private final WorkQueue queue;
  private final HeldBytes held;

  RestHandler(
      RestApi api,
      ServerMetrics metrics,
      ApiKeys keys,
      HttpLimits limits,
      WorkQueue queue,
      HeldBytes held) {
    this.api = api;
    this.metrics = metrics;
    this.keys = keys;
    this.limits = limits;
    this.queue = queue;
    this.held = held;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null || !path.toLowerCase(Locale.ROOT).startsWith("/v1/")) {
      return false;
    }
    if (request.getMethod().equals("OPTIONS")) {
      options(request, response, callback);
      return true;
    }
    try {
      if (!keys.allow(request.getHeaders())) {
        throw new RequestFault(StatusCode.UNAUTHENTICATED, ApiKeys.NEEDED);
      }
      RestPath asked = RestPath.parse(request.getMethod(), path);
      if (request.getMethod().equals("GET")) {
        answer(request, response, api.describe(asked), callback);
      } else {
        new Exchange(this, asked, request, response, callback).begin();
      }
    } catch (RequestFault e) {
      answer(request, response, RestAnswer.of(e), callback);
    }
    return true;
  }

  RestApi api() {
    return api;
  }

  HttpLimits limits() {
    return limits;
  }

  WorkQueue queue() {
    return queue;
  }

  HeldBytes held() {
    return held;
  }

  void ended(RestPath path, RestAnswer answer, long nanos) {
    metrics.ended(
        path.choice().name(), path.verb(), Entrypoint.REST, answer.code(), nanos, answer.items());
  }

  /**
   * Answers a request whose body nobody reads. Where that is still on its way, the client is told
   * that the connection ends: else it sends its next request into a closed one.
   */
  private void answer(Request request, Response response, RestAnswer answer, Callback callback) {
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    write(response, answer, callback);
  }

  void write(Response response, RestAnswer answer, Callback callback) {
    response.setStatus(answer.code().http());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    if (answer.code() == StatusCode.UNAUTHENTICATED) {
      headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  /** What browsers ask before they send JSON to another host. */
  private static void options(Request request, Response response, Callback callback) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && (origin.startsWith("http://") || origin.startsWith("https://"))) {
      HttpFields.Mutable headers = response.getHeaders();
      headers.put("Access-Control-Allow-Origin", "*");
      headers.put("Access-Control-Allow-Methods", "POST, GET");
      headers.put("Access-Control-Allow-Headers", "Content-Type");
      response.setStatus(HttpStatus.OK_200);
    } else {
      response.setStatus(HttpStatus.BAD_REQUEST_400);
    }
    callback.succeeded();
  }
}
