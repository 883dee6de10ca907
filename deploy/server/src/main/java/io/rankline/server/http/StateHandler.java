package io.rankline.server.http;

import io.rankline.server.metrics.ServerMetrics;
import io.rankline.server.model.ServedModels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Whether the server is alive and ready, for whoever starts and routes, and its metrics. */
final class StateHandler extends Handler.Abstract.NonBlocking {

  private static final String LIVE = "/v2/health/live";
  private static final String READY = "/v2/health/ready";

  private final ServedModels models;
  private final ServerMetrics metrics;
  private final ApiKeys keys;
  private final String metricsPath;

  StateHandler(ServedModels models, ServerMetrics metrics, ApiKeys keys, String metricsPath) {
    this.models = models;
    this.metrics = metrics;
    this.keys = keys;
    this.metricsPath = metricsPath;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (path == null || !reads) {
      return false;
    }
    if (path.equals(LIVE)) {
      text(response, HttpStatus.OK_200, "live\n", callback);
    } else if (path.equals(READY)) {
      List<String> missing = models.notReady();
      text(
          response,
          missing.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503,
          missing.isEmpty()
              ? "ready\n"
              : "no version of %s is served yet\n".formatted(String.join(", ", missing)),
          callback);
    } else if (path.equals(metricsPath)) {
      boolean allowed = keys.allow(request.getHeaders());
      text(
          response,
          allowed ? HttpStatus.OK_200 : HttpStatus.UNAUTHORIZED_401,
          allowed ? metrics.text() : "an API key is needed\n",
          callback);
    } else {
      return false;
    }
    return true;
  }

  private static void text(Response response, int status, String text, Callback callback) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
