package io.rankline.spark.training.collective;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection whose two sides do not know each other yet: messages of known size, one by one. */
final class NewConnection implements AutoCloseable {

  private final SocketChannel channel;
  private byte[] message = new byte[0];
  private ByteBuffer expected = ByteBuffer.wrap(message);

  NewConnection(SocketChannel channel) {
    this.channel = channel;
  }

  SocketChannel channel() {
    return channel;
  }

  /** The next message has that many bytes. */
  void expect(int bytes) {
    message = new byte[bytes];
    expected = ByteBuffer.wrap(message);
  }

  /**
   * The message, or null while a part of it has not come. Not a byte is read beyond it.
   *
   * @throws EOFException if the other side has closed
   */
  byte @Nullable [] received() throws IOException {
    while (expected.hasRemaining()) {
      int count = channel.read(expected);
      if (count < 0) {
        throw new EOFException("the other side closed the connection");
      }
      if (count == 0) {
        return null;
      }
    }
    return message;
  }

  /** Sends a few bytes, which the empty buffer of a new connection takes at once. */
  void say(ByteBuffer message) throws IOException {
    channel.write(message);
    if (message.hasRemaining()) {
      throw new IOException("a new connection does not take " + message.limit() + " bytes");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
