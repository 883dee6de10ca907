package io.rankline.server.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection that costs its processor next to nothing, beside the server it measures: requests
 * lie ready outside of the heap, and of an answer only the head is looked at.
 */
final class Connection implements AutoCloseable {

  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);

  Connection(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** A request as it is sent. */
  static ByteBuffer request(String path, byte[] body) {
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: benchmark\r\nContent-Length: %s\r\n\r\n"
            .formatted(path, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body).flip();
  }

  /** Sends a request and reads its answer; the status. */
  int exchange(ByteBuffer request) throws IOException {
    send(request, request.limit());
    in.clear();
    String head = head();
    int length = head.toLowerCase(Locale.ROOT).indexOf(LENGTH) + LENGTH.length();
    int left =
        Integer.parseInt(head.substring(length, head.indexOf('\r', length)).strip())
            - (in.position() - head.length());
    while (left > 0) {
      in.clear();
      left -= read();
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  /** Sends the first bytes of a request and waits for nothing. */
  void send(ByteBuffer request, int count) throws IOException {
    ByteBuffer bytes = request.slice(0, count);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The head of an answer, with the empty line that ends it. */
  private String head() throws IOException {
    while (true) {
      read();
      String text = StandardCharsets.US_ASCII.decode(in.duplicate().flip()).toString();
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        return text.substring(0, end + 4);
      }
    }
  }

  private int read() throws IOException {
    int read = channel.read(in);
    if (read < 0) {
      throw new EOFException("the server closed the connection");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
