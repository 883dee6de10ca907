package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a neighbour, in both directions, in frames. Nothing here blocks: what the channel
 * does not take stays in the buffer of what is to be sent, of which there is one.
 */
final class Link implements AutoCloseable {

  /** Room for the frames that may come behind one of data: one ABORT or CLOSED. */
  private static final int RESERVE = 2 * Frame.HEAD_BYTES + Frame.TEXT_BYTES;

  private final Peer peer;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Wire out;
  private final Wire in;
  private int outStart;
  private int outEnd;
  private int inStart;
  private int inEnd;
  private long bytesSent;
  private long heardNanos;
  private boolean ended;

  /** Whether the channel was full: that it takes more then shows that the other side reads. */
  private boolean refused;

  /** Takes over a channel that does not block. */
  Link(Peer peer, SocketChannel channel, Selector selector, int outBytes, int inBytes)
      throws IOException {
    this.peer = peer;
    this.channel = channel;
    this.key = channel.register(selector, 0);
    this.out = new Wire(Frame.HEAD_BYTES + outBytes + RESERVE);
    this.in = new Wire(Frame.HEAD_BYTES + inBytes + RESERVE);
  }

  Peer peer() {
    return peer;
  }

  Wire out() {
    return out;
  }

  Wire in() {
    return in;
  }

  long bytesSent() {
    return bytesSent;
  }

  /** When the other side last showed that it lives, on the clock of System.nanoTime. */
  long heardNanos() {
    return heardNanos;
  }

  /** Whether nothing more can come: the other side has closed its end, or reading has failed. */
  boolean hasEnded() {
    return ended;
  }

  boolean hasUnsent() {
    return outEnd > outStart;
  }

  /**
   * Puts the head of a frame into the buffer and makes room for that many words after it.
   *
   * @return the place of the first of these words
   */
  int stage(Frame frame, int words) {
    int at = outEnd;
    ByteBuffer bytes = out.bytes;
    bytes.putInt(at, frame.type().mark());
    bytes.putInt(at + 4, frame.sequence());
    bytes.putInt(at + 8, frame.arrived());
    bytes.putInt(at + 12, frame.total());
    bytes.putInt(at + 16, frame.offset());
    bytes.putInt(at + 20, frame.length());
    outEnd = at + Frame.HEAD_BYTES + words * Integer.BYTES;
    return (at + Frame.HEAD_BYTES) / Integer.BYTES;
  }

  /** Puts a last frame behind whatever is unsent. */
  void stageEnd(FrameType type, int culprit, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(utf8, Math.min(utf8.length, Frame.TEXT_BYTES));
    int words = (cut.length + Integer.BYTES - 1) / Integer.BYTES;
    int place = stage(new Frame(type, 0, 0, culprit, 0, cut.length), words);
    out.bytes.put(place * Integer.BYTES, cut);
  }

  /** Sends what the channel takes; true if that was anything. */
  boolean flush() throws IOException {
    if (outStart == outEnd) {
      return false;
    }
    ByteBuffer bytes = out.bytes;
    bytes.limit(outEnd).position(outStart);
    int sent = channel.write(bytes);
    bytes.clear();
    outStart += sent;
    bytesSent += sent;
    if (outStart == outEnd) {
      outStart = 0;
      outEnd = 0;
    }
    if (sent > 0 && refused) {
      heardNanos = System.nanoTime();
    }
    refused = hasUnsent();
    return sent > 0;
  }

  /** Reads what has come, as far as there is room; true if that was anything. */
  boolean read() throws IOException {
    ByteBuffer bytes = in.bytes;
    if (inStart > 0) {
      bytes.limit(inEnd).position(inStart);
      bytes.compact();
      inEnd -= inStart;
      inStart = 0;
    }
    bytes.limit(bytes.capacity()).position(inEnd);
    int count;
    try {
      count = channel.read(bytes);
    } catch (IOException e) {
      ended = true;
      throw e;
    } finally {
      bytes.clear();
    }
    if (count < 0) {
      ended = true;
      return false;
    }
    if (count > 0) {
      inEnd += count;
      heardNanos = System.nanoTime();
    }
    return count > 0;
  }

  /** Whole words that were read and not taken. */
  int availableWords() {
    return (inEnd - inStart) / Integer.BYTES;
  }

  /** Takes words; returns the place of the first. */
  int takeWords(int words) {
    int place = inStart / Integer.BYTES;
    inStart += words * Integer.BYTES;
    return place;
  }

  /**
   * Takes the head of the next frame, or null where it has not come yet. The text of an ABORT has
   * come with its head.
   *
   * @throws RingException if the bytes are no frame
   */
  @Nullable Frame nextFrame() throws RingException {
    if (inEnd - inStart < Frame.HEAD_BYTES) {
      return null;
    }
    ByteBuffer bytes = in.bytes;
    int mark = bytes.getInt(inStart);
    FrameType type = FrameType.ofMark(mark);
    int length = bytes.getInt(inStart + 20);
    if (type == null || length < 0 || (type == FrameType.ABORT && length > Frame.TEXT_BYTES)) {
      throw new RingException(
          peer.rank(),
          "%s sent what is no frame of a ring (it starts with 0x%08x): its stream is damaged"
              .formatted(peer, mark),
          null);
    }
    if (type == FrameType.ABORT && inEnd - inStart < Frame.HEAD_BYTES + length) {
      return null;
    }
    Frame frame =
        new Frame(
            type,
            bytes.getInt(inStart + 4),
            bytes.getInt(inStart + 8),
            bytes.getInt(inStart + 12),
            bytes.getInt(inStart + 16),
            length);
    inStart += Frame.HEAD_BYTES;
    return frame;
  }

  /** The text of an ABORT whose head was taken; nothing is read from the link after it. */
  String text(Frame abort) {
    byte[] utf8 = new byte[abort.length()];
    in.bytes.get(inStart, utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Reads and forgets what has come; false if that was nothing. */
  boolean discard() throws IOException {
    inStart = inEnd;
    return !ended && read();
  }

  /** Says that nothing more will be sent. */
  void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** What the selector is to wait for. */
  void await(int operations) {
    if (key.interestOps() != operations) {
      key.interestOps(operations);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
