package io.rankline.spark.training.collective;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The calling side of a greeting: connects to the next rank and finds out whether it is the one.
 */
final class Connector implements AutoCloseable {

  /** Between two attempts, where the next rank's machine says that no one listens. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private enum Stage {
    IDLE,
    CONNECTING,
    REPLY,
    VERDICT,
    DONE
  }

  private final Peer peer;
  private final Hello mine;
  private final Proof proof;
  private final Selector selector;
  private @Nullable NewConnection connection;
  private Stage stage = Stage.IDLE;
  private long retryNanos = System.nanoTime();
  private @Nullable IOException lastRefusal;

  Connector(Peer peer, Hello mine, Proof proof, Selector selector) {
    this.peer = peer;
    this.mine = mine;
    this.proof = proof;
    this.selector = selector;
  }

  boolean isDone() {
    return stage == Stage.DONE;
  }

  /** What the last attempt to connect ended with, for the message of a timeout. */
  @Nullable IOException lastRefusal() {
    return lastRefusal;
  }

  /** The connection, once this is done; the caller's from there on. */
  SocketChannel channel() {
    if (connection == null || stage != Stage.DONE) {
      throw new IllegalStateException("not connected to " + peer);
    }
    SocketChannel channel = connection.channel();
    connection = null;
    return channel;
  }

  /** Goes on as far as possible. */
  void advance() throws RingException {
    try {
      switch (stage) {
        case IDLE -> connect();
        case CONNECTING -> finishConnecting();
        case REPLY -> checkReply();
        case VERDICT -> checkVerdict();
        case DONE -> {}
      }
    } catch (RingException e) {
      throw e;
    } catch (IOException e) {
      throw new RingException(
          peer.rank(), "%s cannot be greeted: %s".formatted(peer, e.getMessage()), e);
    }
  }

  private NewConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("no connection to " + peer);
    }
    return connection;
  }

  private void connect() throws IOException {
    if (System.nanoTime() - retryNanos < 0) {
      return;
    }
    var place = peer.socketAddress();
    if (place.isUnresolved()) {
      throw new IOException("the name of its host cannot be resolved");
    }
    SocketChannel channel = SocketChannel.open();
    connection = new NewConnection(channel);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_CONNECT);
    stage = Stage.CONNECTING;
    try {
      channel.connect(place);
    } catch (ConnectException e) {
      retryLater(e);
      return;
    }
    finishConnecting();
  }

  private void finishConnecting() throws IOException {
    NewConnection current = connection();
    try {
      if (!current.channel().finishConnect()) {
        return;
      }
    } catch (ConnectException e) {
      retryLater(e);
      return;
    }
    current.channel().register(selector, SelectionKey.OP_READ);
    current.expect(Acceptor.REPLY_BYTES);
    current.say(ByteBuffer.wrap(mine.bytes()));
    stage = Stage.REPLY;
  }

  private void retryLater(IOException refusal) throws IOException {
    lastRefusal = refusal;
    connection().close();
    connection = null;
    retryNanos = System.nanoTime() + PAUSE_NANOS;
    stage = Stage.IDLE;
  }

  private void checkReply() throws IOException {
    NewConnection current = connection();
    byte[] message = current.received();
    if (message == null) {
      return;
    }
    ByteBuffer reply = ByteBuffer.wrap(message);
    check(reply.getInt());
    byte[] hello = new byte[Hello.BYTES];
    byte[] given = new byte[Proof.BYTES];
    reply.get(hello).get(given);
    Hello theirs = Hello.of(hello);
    Refusal refusal = theirs == null ? Refusal.VERSION : theirs.refusalBy(mine, peer.rank());
    if (refusal == Refusal.NONE && !Proof.holds(proof.ofAcceptor(mine.bytes(), hello), given)) {
      refusal = Refusal.SECRET;
    }
    if (refusal != Refusal.NONE) {
      throw new RingException(
          peer.rank(), "%s is refused: %s".formatted(peer, refusal.words()), null);
    }
    current.expect(Integer.BYTES);
    current.say(ByteBuffer.wrap(proof.ofConnector(mine.bytes(), hello)));
    stage = Stage.VERDICT;
  }

  private void checkVerdict() throws IOException {
    byte[] verdict = connection().received();
    if (verdict != null) {
      check(ByteBuffer.wrap(verdict).getInt());
      stage = Stage.DONE;
    }
  }

  private void check(int code) throws RingException {
    Refusal refusal = Refusal.ofCode(code);
    if (refusal != Refusal.NONE) {
      throw new RingException(
          peer.rank(),
          "%s refuses this rank %s: %s".formatted(peer, mine.rank(), refusal.words()),
          null);
    }
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
    }
  }
}
