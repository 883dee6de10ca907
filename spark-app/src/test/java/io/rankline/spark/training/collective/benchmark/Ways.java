package io.rankline.spark.training.collective.benchmark;

import io.netty.channel.epoll.Epoll;
import io.rankline.spark.training.collective.Ring;
import io.rankline.spark.training.collective.RingEndpoint;
import io.rankline.spark.training.collective.RingSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** The ways of summing that are compared, open and connected, and the yardstick. */
final class Ways implements AutoCloseable {

  /** A way of summing, by the name that tables use. */
  record Way(String name, Sum sum) {}

  /** What a rank calls. */
  @FunctionalInterface
  interface Sum {
    void of(int rank, ByteBuffer values) throws Exception;
  }

  private final RankThreads threads;
  private final int chunkBytes;
  private final Loopback yardstick = Loopback.open();
  private final List<Closeable> open = new ArrayList<>(List.of(yardstick));
  private final List<Way> all = new ArrayList<>();

  Ways(RankThreads threads, int chunkBytes) throws Exception {
    this.threads = threads;
    this.chunkBytes = chunkBytes;
    List<Ring> rings = rings();
    all.add(new Way("ring", (rank, values) -> rings.get(rank).sum(values)));
    List<BlockingRing> blocking = blockingRings();
    all.add(new Way("two threads", (rank, values) -> blocking.get(rank).sum(values)));
    for (NettyRing.Transport transport : NettyRing.Transport.values()) {
      if (transport == NettyRing.Transport.NIO || Epoll.isAvailable()) {
        List<NettyRing> netty = nettyRings(transport);
        all.add(new Way("Netty " + transport, (rank, values) -> netty.get(rank).sum(values)));
      }
    }
  }

  List<Way> all() {
    return all;
  }

  /** Sends so many bytes through a socket. */
  void copy(long bytes) throws Exception {
    threads.run(
        2,
        side -> {
          ByteBuffer chunk = ByteBuffer.allocateDirect(chunkBytes);
          for (long left = bytes; left > 0; left -= chunk.limit()) {
            chunk.clear().limit((int) Math.min(left, chunk.capacity()));
            if (side == 0) {
              Loopback.write(yardstick.from(), chunk);
            } else {
              Loopback.read(yardstick.to(), chunk);
            }
          }
        });
  }

  private List<Ring> rings() throws Exception {
    RingSettings settings = RingSettings.builder("127.0.0.1").chunkBytes(chunkBytes).build();
    List<RingEndpoint> endpoints = new ArrayList<>();
    for (int rank = 0; rank < threads.ranks(); rank++) {
      endpoints.add(RingEndpoint.open(settings));
    }
    List<String> addresses = endpoints.stream().map(RingEndpoint::address).toList();
    List<Future<Ring>> joined = new ArrayList<>();
    for (int i = 0; i < threads.ranks(); i++) {
      int rank = i;
      joined.add(threads.pool().submit(() -> endpoints.get(rank).join(addresses, rank)));
    }
    List<Ring> rings = new ArrayList<>();
    for (Future<Ring> ring : joined) {
      rings.add(ring.get());
    }
    rings.forEach(ring -> open.add(ring::close));
    return rings;
  }

  private List<BlockingRing> blockingRings() throws Exception {
    int ranks = threads.ranks();
    List<Loopback> links = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      links.add(Loopback.open());
    }
    open.addAll(links);
    List<BlockingRing> rings = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      Loopback before = links.get(Math.floorMod(rank - 1, ranks));
      rings.add(
          new BlockingRing(
              rank, ranks, before.to(), links.get(rank).from(), chunkBytes, threads.pool()));
    }
    return rings;
  }

  private List<NettyRing> nettyRings(NettyRing.Transport transport) {
    List<NettyRing> rings = new ArrayList<>();
    for (int rank = 0; rank < threads.ranks(); rank++) {
      rings.add(new NettyRing(rank, threads.ranks(), chunkBytes, transport));
    }
    for (int rank = 0; rank < rings.size(); rank++) {
      rings.get(rank).connect(rings.get((rank + 1) % rings.size()));
    }
    open.addAll(rings);
    return rings;
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }
}
