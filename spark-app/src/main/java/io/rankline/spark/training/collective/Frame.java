package io.rankline.spark.training.collective;

/**
 * The head of a frame: six words in the byte order of the machines, which is checked when they
 * meet.
 *
 * @param type what the frame carries
 * @param sequence number of the operation, counted from 1 on every rank
 * @param arrived how many ranks the sender knows to have come to the operation: itself and those
 *     right before it in the ring
 * @param total words of the whole operation, which all ranks must agree on; of ABORT and CLOSED the
 *     rank to blame
 * @param offset word of the operation's data that the frame starts at
 * @param length words of data in the frame; of ABORT the bytes of its text
 */
record Frame(FrameType type, int sequence, int arrived, int total, int offset, int length) {

  static final int HEAD_BYTES = 6 * Integer.BYTES;

  /** Longest text of an ABORT, in bytes; longer ones are cut. */
  static final int TEXT_BYTES = 2048;
}
