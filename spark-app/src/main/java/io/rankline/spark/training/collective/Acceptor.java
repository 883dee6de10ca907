package io.rankline.spark.training.collective;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The accepting side of a greeting: finds out whether a caller is the previous rank. */
final class Acceptor {

  /** Refusal, greeting and proof of the accepting side. */
  static final int REPLY_BYTES = Integer.BYTES + Hello.BYTES + Proof.BYTES;

  private final NewConnection connection;
  private final Hello mine;
  private final Proof proof;
  private final int due;
  private byte[] theirs = new byte[0];

  Acceptor(NewConnection connection, Hello mine, Proof proof, int due) {
    this.connection = connection;
    this.mine = mine;
    this.proof = proof;
    this.due = due;
    connection.expect(Hello.BYTES);
  }

  NewConnection connection() {
    return connection;
  }

  /**
   * Goes on with what has come.
   *
   * @return whether the caller is the previous rank, beyond doubt; false if more has to come
   * @throws IOException if the caller is not, with the reason
   */
  boolean advance() throws IOException {
    byte[] message = connection.received();
    if (message == null) {
      return false;
    }
    if (theirs.length == 0) {
      reply(message);
      return false;
    }
    byte[] expected = proof.ofConnector(theirs, mine.bytes());
    Refusal refusal = Proof.holds(expected, message) ? Refusal.NONE : Refusal.SECRET;
    connection.say(ByteBuffer.allocate(Integer.BYTES).putInt(0, refusal.code()));
    if (refusal != Refusal.NONE) {
      throw new IOException(refusal.words());
    }
    return true;
  }

  private void reply(byte[] hello) throws IOException {
    Hello caller = Hello.of(hello);
    if (caller == null) {
      throw new IOException("it does not speak the ring's protocol");
    }
    Refusal refusal = caller.refusalBy(mine, due);
    ByteBuffer reply = ByteBuffer.allocate(REPLY_BYTES).putInt(refusal.code());
    if (refusal != Refusal.NONE) {
      connection.say(reply.clear());
      throw new IOException(refusal.words());
    }
    theirs = hello;
    reply.put(mine.bytes()).put(proof.ofAcceptor(theirs, mine.bytes()));
    connection.expect(Proof.BYTES);
    connection.say(reply.flip());
  }
}
