package io.rankline.spark.training.collective.benchmark;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * A rank on the Netty that Spark ships: an event loop of one thread, which sends, receives and
 * adds, while the caller waits. Chunks and additions are those of the ring of the application. What
 * is sent is not copied; what is received comes in buffers of Netty's. No frames, no checks, no
 * time-outs.
 */
final class NettyRing implements Closeable {

  /** Over what Netty waits for its channels. */
  enum Transport {
    NIO,
    EPOLL
  }

  private final int rank;
  private final int size;
  private final int chunkFloats;
  private final EventLoopGroup loop;
  private final Channel server;
  private final Transport transport;
  private final CompletableFuture<Channel> previous = new CompletableFuture<>();
  private final Deque<ByteBuf> received = new ArrayDeque<>();
  private final ByteBuffer splitWord = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
  private final TiledSum tiles = new TiledSum();

  private ByteBuffer values = ByteBuffer.allocateDirect(0);
  private FloatBuffer floats = values.asFloatBuffer();
  private CompletableFuture<Void> done = new CompletableFuture<>();
  private Channel next;
  private int step;
  private int steps;
  private int block;
  private int place;
  private int chunkEnd;
  private int unsent;

  NettyRing(int rank, int size, int chunkBytes, Transport transport) {
    this.rank = rank;
    this.size = size;
    this.chunkFloats = chunkBytes / Float.BYTES;
    this.transport = transport;
    boolean epoll = transport == Transport.EPOLL;
    this.loop = epoll ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
    this.server =
        new ServerBootstrap()
            .group(loop)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(chunkBytes))
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Receiver())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    this.next = server;
  }

  /** Connects to the rank after this one. */
  void connect(NettyRing to) {
    boolean epoll = transport == Transport.EPOLL;
    next =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(to.server.localAddress())
            .syncUninterruptibly()
            .channel();
  }

  /** Sums over all ranks, in the same blocks and chunks as the ring of the application. */
  void sum(ByteBuffer summed) throws Exception {
    Channel from = previous.get();
    CompletableFuture<Void> end = new CompletableFuture<>();
    loop.execute(() -> start(summed, end, from));
    end.get();
  }

  private void start(ByteBuffer summed, CompletableFuture<Void> end, Channel from) {
    values = summed;
    floats = summed.asFloatBuffer();
    done = end;
    steps = 2 * (size - 1);
    step = -1;
    unsent = 1;
    for (int at = start(rank); at < start(rank + 1); at += chunkFloats) {
      send(at, Math.min(start(rank + 1), at + chunkFloats));
    }
    next.flush();
    nextStep();
    take();
    from.config().setAutoRead(true);
  }

  private void send(int at, int end) {
    ByteBuffer chunk = values.duplicate().limit(end * Float.BYTES).position(at * Float.BYTES);
    unsent++;
    next.write(Unpooled.wrappedBuffer(chunk))
        .addListener((ChannelFutureListener) NettyRing.this::sent);
  }

  private void sent(ChannelFuture written) {
    if (!written.isSuccess()) {
      done.completeExceptionally(written.cause());
    }
    if (--unsent == 0) {
      done.complete(null);
    }
  }

  private void nextStep() {
    step++;
    block = Math.floorMod(rank - step - 1, size);
    place = start(block);
    chunkEnd = Math.min(start(block + 1), place + chunkFloats);
  }

  private int start(int ofBlock) {
    return (int) ((long) floats.capacity() * ofBlock / size);
  }

  /** Takes what has come, as far as it is of this sum. */
  private void take() {
    while (step < steps && !received.isEmpty()) {
      ByteBuf bytes = received.element();
      if (!bytes.isReadable()) {
        received.remove().release();
      } else if (splitWord.position() > 0 || bytes.readableBytes() < Float.BYTES) {
        splitWord.put(bytes.readByte());
        if (!splitWord.hasRemaining()) {
          take(splitWord.clear().asFloatBuffer(), 1);
        }
      } else {
        int count = Math.min(bytes.readableBytes() / Float.BYTES, chunkEnd - place);
        ByteBuffer memory = bytes.nioBuffer(bytes.readerIndex(), count * Float.BYTES);
        bytes.skipBytes(count * Float.BYTES);
        take(memory.order(ByteOrder.nativeOrder()).asFloatBuffer(), count);
      }
    }
  }

  private void take(FloatBuffer came, int count) {
    if (step < size - 1) {
      tiles.add(floats, place, came, count);
    } else {
      floats.put(place, came, 0, count);
    }
    place += count;
    if (place < chunkEnd) {
      return;
    }
    if (step + 1 < steps) {
      int length = (place - start(block)) % chunkFloats;
      send(place - (length == 0 ? chunkFloats : length), place);
      next.flush();
    }
    chunkEnd = Math.min(start(block + 1), place + chunkFloats);
    if (place == start(block + 1)) {
      nextStep();
      if (step == steps) {
        previous.join().config().setAutoRead(false);
        sent(next.newSucceededFuture());
      }
    }
  }

  @Override
  public void close() {
    loop.shutdownGracefully().syncUninterruptibly();
  }

  private final class Receiver extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      previous.complete(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      received.add((ByteBuf) message);
      take();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      done.completeExceptionally(cause);
    }
  }
}
