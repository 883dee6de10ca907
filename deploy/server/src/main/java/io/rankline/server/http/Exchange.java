package io.rankline.server.http;

import io.rankline.server.rest.RestAnswer;
import io.rankline.server.rest.RestPath;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One POST: its body is read as it comes, waits for a worker, is answered. Whatever ends it comes
 * first and once: an answer, a limit, the time.
 */
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** Clients that are still sending see an answer only if they are listened to for a while. */
  private static final Duration LISTENING = Duration.ofSeconds(2);

  private static final int FIRST_BUFFER = 1 << 12;

  private final RestHandler handler;
  private final RestPath path;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final long started = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private byte[] body = new byte[0];
  private int length;
  private long held;
  private volatile boolean whole;
  private Scheduler.@Nullable Task deadline;

  Exchange(
      RestHandler handler, RestPath path, Request request, Response response, Callback callback) {
    this.handler = handler;
    this.path = path;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  void begin() {
    if (request.getLength() > limits().mostBodyBytes()) {
      end(Unpacking.tooLarge(limits().mostBodyBytes()));
    } else {
      read();
    }
  }

  private HttpLimits limits() {
    return handler.limits();
  }

  /** Takes what has come; is called again when there is more. */
  private void read() {
    while (!ended.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        limitTime();
        request.demand(this::read);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        if (chunk.getFailure() instanceof TimeoutException) {
          end(tooSlow(limits().idleTimeout()));
        } else {
          fail(chunk.getFailure());
        }
        return;
      }
      RequestFault fault = take(chunk);
      boolean last = chunk.isLast();
      chunk.release();
      if (fault != null) {
        end(fault);
        return;
      }
      if (last) {
        whole = true;
        enqueue();
        return;
      }
    }
  }

  /** The time may end the exchange on another thread: nothing is held after that. */
  private synchronized @Nullable RequestFault take(Content.Chunk chunk) {
    if (ended.get()) {
      return null;
    }
    ByteBuffer bytes = chunk.getByteBuffer();
    int more = bytes.remaining();
    if ((long) length + more > limits().mostBodyBytes()) {
      return Unpacking.tooLarge(limits().mostBodyBytes());
    }
    if (length + more > body.length) {
      int size = newSize(length + more);
      if (!handler.held().take(size - body.length)) {
        return new RequestFault(
            StatusCode.RESOURCE_EXHAUSTED,
            "the server holds as many bytes of requests as it may (%s); try again later"
                .formatted(limits().mostHeldBytes()));
      }
      held += size - body.length;
      body = Arrays.copyOf(body, size);
    }
    bytes.get(body, length, more);
    length += more;
    return null;
  }

  /** Four times as much at a time, but not more than the client says that there is. */
  private int newSize(int needed) {
    long grown = Math.max(Math.max(FIRST_BUFFER, needed), 4L * body.length);
    long announced = request.getLength();
    long most = announced < 0 ? limits().mostBodyBytes() : announced;
    return (int) Math.max(needed, Math.min(grown, most));
  }

  private void limitTime() {
    if (deadline == null) {
      deadline =
          request
              .getComponents()
              .getScheduler()
              .schedule(
                  () -> end(tooSlow(limits().requestTimeout())),
                  limits().requestTimeout().toMillis(),
                  TimeUnit.MILLISECONDS);
    }
  }

  private static RequestFault tooSlow(Duration limit) {
    return new RequestFault(
        StatusCode.BODY_TOO_SLOW,
        "the body must be there within %s ms".formatted(limit.toMillis()));
  }

  private void enqueue() {
    if (deadline != null) {
      deadline.cancel();
    }
    if (!ended.get() && !handler.queue().offer(this::work)) {
      end(limits().tooManyWait());
    }
  }

  private void work() {
    try {
      limits().requireInTime(started);
      byte[] sent = length == body.length ? body : Arrays.copyOf(body, length);
      String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
      if (encoding != null && encoding.contains("gzip")) {
        sent = Unpacking.gunzip(sent, limits().mostBodyBytes());
      }
      end(handler.api().answer(path, sent));
    } catch (RequestFault e) {
      end(e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      LOG.error("a request to model {} failed", path.choice().name(), e);
      end(RequestFault.internal(e));
    }
  }

  private void end(RequestFault fault) {
    end(RestAnswer.of(fault));
  }

  private void end(RestAnswer answer) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    release();
    handler.ended(path, answer, System.nanoTime() - started);
    if (whole) {
      handler.write(response, answer, callback);
    } else {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      handler.write(response, answer, Callback.from(this::listen, callback::failed));
    }
  }

  private void fail(Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      release();
      if (deadline != null) {
        deadline.cancel();
      }
      callback.failed(failure);
    }
  }

  private synchronized void release() {
    body = new byte[0];
    handler.held().give(held);
    held = 0;
  }

  /** Reads and drops, so that the connection is not reset before its client has the answer. */
  private void listen() {
    AtomicBoolean heard = new AtomicBoolean();
    Runnable enough =
        () -> {
          if (heard.compareAndSet(false, true)) {
            callback.succeeded();
          }
        };
    Scheduler.Task patience =
        request
            .getComponents()
            .getScheduler()
            .schedule(enough, LISTENING.toMillis(), TimeUnit.MILLISECONDS);
    drop(heard, enough, patience);
  }

  private void drop(AtomicBoolean heard, Runnable enough, Scheduler.Task patience) {
    while (!heard.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(() -> drop(heard, enough, patience));
        return;
      }
      boolean last = Content.Chunk.isFailure(chunk) || chunk.isLast();
      chunk.release();
      if (last) {
        patience.cancel();
        enough.run();
      }
    }
  }
}
