package io.rankline.server.http;

import io.rankline.server.rest.RequestBody;
import io.rankline.server.rest.RestAnswer;
import io.rankline.server.rest.RestApi;
import io.rankline.server.rest.RestPath;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import java.nio.ByteBuffer;
import java.time.Duration;
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

  private final RestHandler handler;
  private final RestPath path;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final long started = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final RequestBody body;
  private final boolean isPacked;
  private long held;
  private long heldAhead;
  private volatile boolean whole;
  private boolean atWork;
  private Scheduler.@Nullable Task deadline;

  Exchange(
      RestHandler handler, RestPath path, Request request, Response response, Callback callback) {
    this.handler = handler;
    this.path = path;
    this.request = request;
    this.response = response;
    this.callback = callback;
    long announced = request.getLength();
    body = handler.api().body(announced < 0 ? limits().mostBodyBytes() : announced);
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    isPacked = encoding != null && encoding.contains("gzip");
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
    if ((long) body.length() + more > limits().mostBodyBytes()) {
      return Unpacking.tooLarge(limits().mostBodyBytes());
    }
    if (!hold(body.capacityWith(more) - body.capacity())) {
      return new RequestFault(
          StatusCode.RESOURCE_EXHAUSTED,
          "the server holds as many bytes of requests as it may (%s); try again later"
              .formatted(limits().mostHeldBytes()));
    }
    body.add(bytes);
    if (!isPacked && RestApi.takesRecords(path)) {
      lookAhead();
    }
    return null;
  }

  private boolean hold(long bytes) {
    if (bytes > 0 && !handler.held().take(bytes)) {
      return false;
    }
    held += bytes;
    return true;
  }

  /** Only while a worker waits: what is done here keeps other connections waiting. */
  private void lookAhead() {
    if (handler.queue().hasIdleThread() && hold(body.capacity() - heldAhead)) {
      heldAhead = body.capacity();
      body.lookAhead();
    }
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
    synchronized (this) {
      if (ended.get()) {
        return;
      }
      atWork = true;
    }
    try {
      limits().requireInTime(started);
      end(
          isPacked
              ? handler
                  .api()
                  .answer(path, Unpacking.gunzip(body.toBytes(), limits().mostBodyBytes()))
              : handler.api().answer(path, body));
    } catch (RequestFault e) {
      end(e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      LOG.error("a request to model {} failed", path.choice().name(), e);
      end(RequestFault.internal(e));
    } finally {
      body.release();
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

  /** What a worker looks at it gives back itself. */
  private synchronized void release() {
    if (!atWork) {
      body.release();
    }
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
