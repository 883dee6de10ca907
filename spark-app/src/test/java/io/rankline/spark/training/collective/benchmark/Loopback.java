package io.rankline.spark.training.collective.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A connection of this machine with itself, with channels that block. */
record Loopback(SocketChannel from, SocketChannel to) implements Closeable {

  static Loopback open() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel from = SocketChannel.open(server.getLocalAddress());
      SocketChannel to = server.accept();
      from.setOption(StandardSocketOptions.TCP_NODELAY, true);
      to.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new Loopback(from, to);
    }
  }

  static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static void read(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("the other side closed");
      }
    }
  }

  @Override
  public void close() throws IOException {
    from.close();
    to.close();
  }
}
