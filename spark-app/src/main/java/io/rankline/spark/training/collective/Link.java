package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a neighbour, in both directions, in frames. Nothing here blocks: what the channel
 * does not take stays to be sent, of which there is one frame at a time. Its data is sent from the
 * memory where it lies, which has to stay as it is until then.
 */
final class Link implements AutoCloseable {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Room for a last frame, an ABORT or CLOSED, behind another one. */
  private static final int RESERVE = 2 * Frame.HEAD_BYTES + Frame.TEXT_BYTES;

  private final Peer peer;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer head = direct(Frame.HEAD_BYTES);
  private final ByteBuffer end = direct(Frame.HEAD_BYTES + Frame.TEXT_BYTES);

  /** What is to be sent: the head of a frame, its data, a last frame. */
  private final ByteBuffer[] out = {head.limit(0), NOTHING, end.limit(0)};

  private final ByteBuffer in;
  private final FloatBuffer inFloats;
  private final ByteBuffer[] placeAndIn;
  private int inStart;
  private int inEnd;
  private long bytesSent;
  private long heardNanos;
  private boolean ended;

  /** Whether the channel was full: that it takes more then shows that the other side reads. */
  private boolean refused;

  /** Takes over a channel that does not block. */
  Link(Peer peer, SocketChannel channel, Selector selector, int inBytes) throws IOException {
    this.peer = peer;
    this.channel = channel;
    this.key = channel.register(selector, 0);
    this.in = direct(Frame.HEAD_BYTES + inBytes + RESERVE);
    this.inFloats = in.asFloatBuffer();
    this.placeAndIn = new ByteBuffer[] {NOTHING, in};
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  Peer peer() {
    return peer;
  }

  /** What was read, as bytes. */
  ByteBuffer in() {
    return in;
  }

  /** What was read, as words. */
  FloatBuffer floats() {
    return inFloats;
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
    return out[0].hasRemaining() || out[1].hasRemaining() || out[2].hasRemaining();
  }

  /** Makes a frame without data what is to be sent, where nothing is unsent. */
  void stage(Frame frame) {
    stage(frame, NOTHING);
  }

  /** Makes a frame and its data what is to be sent, where nothing is unsent. */
  void stage(Frame frame, ByteBuffer data) {
    put(head.clear(), frame);
    head.flip();
    out[1] = data;
  }

  /** Puts a last frame behind whatever is unsent. */
  void stageEnd(FrameType type, int culprit, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(utf8, Math.min(utf8.length, Frame.TEXT_BYTES));
    put(end.clear(), new Frame(type, 0, 0, culprit, 0, cut.length));
    end.put(cut).flip();
  }

  private static void put(ByteBuffer bytes, Frame frame) {
    bytes
        .putInt(frame.type().mark())
        .putInt(frame.sequence())
        .putInt(frame.arrived())
        .putInt(frame.total())
        .putInt(frame.offset())
        .putInt(frame.length());
  }

  /** Sends what the channel takes; true if that was anything. */
  boolean flush() throws IOException {
    if (!hasUnsent()) {
      return false;
    }
    long sent = channel.write(out);
    bytesSent += sent;
    if (!out[1].hasRemaining()) {
      // The memory is the caller's.
      out[1] = NOTHING;
    }
    if (sent > 0 && refused) {
      heardNanos = System.nanoTime();
    }
    refused = hasUnsent();
    return sent > 0;
  }

  /** Reads what has come, as far as there is room; true if that was anything. */
  boolean read() throws IOException {
    return read(in.capacity());
  }

  /** Reads what has come of a head, and not what follows it; true if that was anything. */
  boolean readHead() throws IOException {
    // A head that is there and was not taken is that of an ABORT, whose text is missing.
    return read(available() < Frame.HEAD_BYTES ? Frame.HEAD_BYTES : in.capacity());
  }

  private boolean read(int most) throws IOException {
    if (inStart > 0) {
      in.limit(inEnd).position(inStart);
      in.compact();
      inEnd -= inStart;
      inStart = 0;
    }
    in.limit(most).position(inEnd);
    placeAndIn[0] = NOTHING;
    return readOnce();
  }

  /**
   * Reads data into its place, and behind it what has come of the next head; to be called where
   * everything that was read has been taken. True if that was anything.
   */
  boolean readInto(ByteBuffer place) throws IOException {
    inStart = 0;
    inEnd = 0;
    in.limit(Frame.HEAD_BYTES).position(0);
    placeAndIn[0] = place;
    return readOnce();
  }

  private boolean readOnce() throws IOException {
    long count;
    try {
      count = placeAndIn[0].hasRemaining() ? channel.read(placeAndIn) : channel.read(in);
      inEnd = in.position();
    } catch (IOException e) {
      ended = true;
      throw e;
    } finally {
      placeAndIn[0] = NOTHING;
      in.clear();
    }
    if (count < 0) {
      ended = true;
      return false;
    }
    if (count > 0) {
      heardNanos = System.nanoTime();
    }
    return count > 0;
  }

  /** Bytes that were read and not taken. */
  int available() {
    return inEnd - inStart;
  }

  /** Takes bytes; returns the place of the first. */
  int take(int bytes) {
    int place = inStart;
    inStart += bytes;
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
    int mark = in.getInt(inStart);
    FrameType type = FrameType.ofMark(mark);
    int length = in.getInt(inStart + 20);
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
            in.getInt(inStart + 4),
            in.getInt(inStart + 8),
            in.getInt(inStart + 12),
            in.getInt(inStart + 16),
            length);
    inStart += Frame.HEAD_BYTES;
    return frame;
  }

  /** The text of an ABORT whose head was taken; nothing is read from the link after it. */
  String text(Frame abort) {
    byte[] utf8 = new byte[abort.length()];
    in.get(inStart, utf8);
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
