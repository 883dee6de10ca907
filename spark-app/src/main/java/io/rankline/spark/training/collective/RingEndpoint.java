package io.rankline.spark.training.collective;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a rank listens for the one before it. It is opened first, so that its address can be given
 * to the others; {@link #join} then makes the ring, once.
 */
public final class RingEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RingEndpoint.class);

  /** Connections that may wait to be looked at; strangers take places, too. */
  private static final int BACKLOG = 64;

  private final RingSettings settings;
  private final ServerSocketChannel server;
  private final String address;

  private RingEndpoint(RingSettings settings, ServerSocketChannel server, int port) {
    this.settings = settings;
    this.server = server;
    this.address = Peer.address(settings.bindAddress(), port);
  }

  /**
   * Listens on the settings' address, on the first of its ports that is free.
   *
   * @throws RingException if the address is not one of this machine or no port is free
   */
  public static RingEndpoint open(RingSettings settings) throws RingException {
    InetSocketAddress any = new InetSocketAddress(settings.bindAddress(), 0);
    if (any.isUnresolved()) {
      throw new RingException(
          RingException.NOBODY,
          "bindAddress '%s' cannot be resolved; give an address of this machine"
              .formatted(settings.bindAddress()),
          null);
    }
    IOException last = null;
    for (int i = 0; i < Math.max(1, settings.portCount()); i++) {
      int port = settings.portCount() == 0 ? 0 : settings.firstPort() + i;
      try {
        return listen(settings, new InetSocketAddress(any.getAddress(), port));
      } catch (BindException e) {
        last = e;
      } catch (IOException e) {
        throw new RingException(
            RingException.NOBODY,
            "cannot listen on %s port %s: %s"
                .formatted(settings.bindAddress(), port, e.getMessage()),
            e);
      }
    }
    throw new RingException(RingException.NOBODY, cannotBind(settings), last);
  }

  private static RingEndpoint listen(RingSettings settings, InetSocketAddress place)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(place, BACKLOG);
      server.configureBlocking(false);
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      return new RingEndpoint(settings, server, port);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static String cannotBind(RingSettings settings) {
    if (settings.portCount() == 0) {
      return "cannot listen on any port of %s; bindAddress must be an address of this machine"
          .formatted(settings.bindAddress());
    }
    return "no free port on %s in %s to %s; raise portCount (one port for each rank of a machine), move firstPort, or set portCount to 0 for any free port"
        .formatted(
            settings.bindAddress(),
            settings.firstPort(),
            settings.firstPort() + settings.portCount() - 1);
  }

  /** Where this rank listens: the settings' bindAddress and the port, "host:port". */
  public String address() {
    return address;
  }

  /**
   * Connects to the next rank and waits for the one before, both of which have to prove that they
   * belong to the job. Strangers are turned away and logged. The endpoint stops listening after it.
   *
   * @param addresses what {@link #address} gives on every rank, in the order of ranks
   * @param rank place of this rank in the list, from 0
   * @throws IllegalArgumentException if an address stands twice in the list or this rank's is not
   *     at its place
   * @throws RingException if a neighbour does not come in time or is turned away
   */
  public Ring join(List<String> addresses, int rank) throws RingException {
    if (rank < 0 || rank >= addresses.size() || !address.equals(addresses.get(rank))) {
      throw new IllegalArgumentException(
          "addresses must hold %s at place %s, got %s".formatted(address, rank, addresses));
    }
    if (new HashSet<>(addresses).size() < addresses.size()) {
      throw new IllegalArgumentException("addresses must differ, got " + addresses);
    }
    if (!server.isOpen()) {
      throw new IllegalStateException("endpoint " + address + " has joined a ring or is closed");
    }
    try {
      return addresses.size() == 1
          ? new Ring(new Peer(rank, address))
          : Joining.join(server, addresses, rank, settings);
    } finally {
      close();
    }
  }

  /** Stops listening; a ring that was joined continues. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("closing {} failed", address, e);
    }
  }
}
