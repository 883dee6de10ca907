package io.rankline.spark.training.collective;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a rank finds its neighbours: calls the next one and listens for the previous one at the same
 * time, so that it does not matter who comes first. Whoever else connects is turned away, and one
 * that connects and says nothing delays no one.
 */
final class Joining implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

  /** Callers that are heard at a time; beyond it the one that has been there longest has to go. */
  private static final int MOST_CALLERS = 64;

  /** Bytes that a rank's neighbour may say against the direction of the data. */
  private static final int SIGNS_BYTES = 1024;

  private static final long LOOK_MILLIS = 50;

  private final ServerSocketChannel server;
  private final Peer self;
  private final Peer previous;
  private final Peer next;
  private final int size;
  private final RingSettings settings;
  private final Proof proof;
  private final List<String> addresses;
  private final Selector selector;
  private final Connector connector;
  private final Deque<Acceptor> callers = new ArrayDeque<>();
  private final List<String> refused = new ArrayList<>();
  private @Nullable SocketChannel fromPrevious;

  private Joining(
      ServerSocketChannel server, List<String> addresses, int rank, RingSettings settings)
      throws IOException {
    this.server = server;
    this.addresses = addresses;
    this.size = addresses.size();
    this.settings = settings;
    this.self = peer(rank);
    this.previous = peer(rank - 1);
    this.next = peer(rank + 1);
    this.proof = new Proof(settings.secret());
    this.selector = Selector.open();
    this.connector = new Connector(next, Hello.of(rank, addresses, settings), proof, selector);
  }

  private Peer peer(int rank) {
    int place = Math.floorMod(rank, size);
    return new Peer(place, addresses.get(place));
  }

  /** Makes the ring, within the settings' time. */
  static Ring join(
      ServerSocketChannel server, List<String> addresses, int rank, RingSettings settings)
      throws RingException {
    try (Joining joining = new Joining(server, addresses, rank, settings)) {
      Ring ring = joining.join();
      return ring;
    } catch (RingException e) {
      throw e;
    } catch (IOException e) {
      throw new RingException(
          rank, "rank %s at %s cannot join: %s".formatted(rank, addresses.get(rank), e), e);
    }
  }

  private Ring join() throws IOException {
    try {
      server.register(selector, SelectionKey.OP_ACCEPT);
      long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
      while (true) {
        accept();
        hearCallers();
        connector.advance();
        if (fromPrevious != null && connector.isDone()) {
          return ring(fromPrevious, connector.channel());
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new RingException(self.rank(), self + " was interrupted while joining", null);
        }
        if (System.nanoTime() - deadline > 0) {
          throw late();
        }
        selector.select(key -> {}, LOOK_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      if (fromPrevious != null) {
        fromPrevious.close();
      }
      selector.close();
      throw e;
    }
  }

  private Ring ring(SocketChannel from, SocketChannel to) throws IOException {
    server.close();
    for (SocketChannel channel : List.of(from, to)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
    Link fromLink = new Link(previous, from, selector, settings.chunkBytes());
    Link toLink = new Link(next, to, selector, SIGNS_BYTES);
    selector.selectNow();
    return new Ring(self, size, fromLink, toLink, selector, settings);
  }

  private void accept() throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      // A nonce of its own for every caller: proofs of one connection are of no use on another.
      Hello mine = Hello.of(self.rank(), addresses, settings);
      callers.add(new Acceptor(new NewConnection(channel), mine, proof, previous.rank()));
      if (callers.size() > MOST_CALLERS) {
        refuse(callers.remove(), "too many others wait");
      }
    }
  }

  private void hearCallers() throws IOException {
    for (Iterator<Acceptor> each = callers.iterator(); each.hasNext(); ) {
      Acceptor caller = each.next();
      try {
        if (caller.advance()) {
          if (fromPrevious == null) {
            fromPrevious = caller.connection().channel();
          } else {
            refuse(caller, previous + " is already there");
          }
          each.remove();
        }
      } catch (IOException e) {
        refuse(caller, String.valueOf(e.getMessage()));
        each.remove();
      }
    }
  }

  private void refuse(Acceptor caller, String reason) throws IOException {
    String who = String.valueOf(caller.connection().channel().socket().getRemoteSocketAddress());
    LOG.warn("{} refuses a connection from {}: {}", self, who, reason);
    refused.add(who + ": " + reason);
    caller.connection().close();
  }

  private RingException late() {
    String within =
        " within " + settings.connectTimeout().toMillis() / 1000.0 + " s (connectTimeout)";
    if (!connector.isDone()) {
      IOException refusal = connector.lastRefusal();
      String why = refusal == null ? "it did not answer" : String.valueOf(refusal.getMessage());
      return new RingException(
          next.rank(), "%s cannot be reached%s: %s".formatted(next, within, why), refusal);
    }
    String others = refused.isEmpty() ? "" : "; refused: " + String.join(", ", refused);
    return new RingException(
        previous.rank(),
        "%s has not connected to %s%s%s".formatted(previous, self, within, others),
        null);
  }

  @Override
  public void close() throws IOException {
    connector.close();
    for (Acceptor caller : callers) {
      caller.connection().close();
    }
  }
}
