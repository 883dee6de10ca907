package io.rankline.server.http;

import io.rankline.server.testing.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The same Jetty with nothing behind it: bodies are dropped as they come, answers are zeros. */
public final class BareServer implements AutoCloseable {

  private final Listener listener;

  private BareServer(Listener listener) {
    this.listener = listener;
  }

  /**
   * Listens at a free port.
   *
   * @param answer bytes of every answer
   */
  public static BareServer start(HttpLimits limits, int answer) throws IOException {
    Listener listener = new Listener(TestServer.SETTINGS, limits);
    listener.start(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            drop(request, response, callback, answer);
            return true;
          }
        });
    return new BareServer(listener);
  }

  /** Its port. */
  public int port() {
    return listener.port();
  }

  private static void drop(Request request, Response response, Callback callback, int answer) {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(() -> drop(request, response, callback, answer));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        callback.failed(chunk.getFailure());
        return;
      }
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer);
        response.write(true, ByteBuffer.allocate(answer), callback);
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.stop();
  }
}
