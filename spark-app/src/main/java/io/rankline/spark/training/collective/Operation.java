package io.rankline.spark.training.collective;

/**
 * One operation as a plan of steps. The data is cut into N blocks; in step s rank r sends block r -
 * s and receives block r - s - 1, counted modulo N, so what is received in a step is what the next
 * step sends.
 *
 * <p>A sum takes 2 (N - 1) steps: in the first half a rank adds what it receives, after which it
 * holds one block of the sum; in the second half it replaces its own (reduce-scatter, all-gather).
 * An exchange takes the second half alone.
 *
 * <p>A block that was sent in the first half comes back as a sum in the second, which the next rank
 * had a part in: so it has left this rank's memory before it is replaced there.
 *
 * @param sequence number of the operation, counted from 1 on every rank
 * @see <a href="https://doi.org/10.1016/j.jpdc.2008.09.002">Patarasuk and Yuan, Bandwidth optimal
 *     all-reduce algorithms for clusters of workstations, JPDC 2009</a>
 */
record Operation(int sequence, FrameType type, Payload payload, int rank, int size) {

  int steps() {
    return type == FrameType.SUM ? 2 * (size - 1) : size - 1;
  }

  boolean addsIn(int step) {
    return type == FrameType.SUM && step < size - 1;
  }

  int sentBlock(int step) {
    return Math.floorMod(rank - step, size);
  }

  int receivedBlock(int step) {
    return Math.floorMod(rank - step - 1, size);
  }

  /** First word of a block; block N starts at the end. Blocks differ by one word at most. */
  int start(int block) {
    return (int) ((long) payload.words() * block / size);
  }

  int length(int block) {
    return start(block + 1) - start(block);
  }

  /** "operation 17, a sum of 1000 values". */
  String activity() {
    return describe(sequence, type, payload.words());
  }

  /** What a frame says that its sender is in, in the same words. */
  static String activity(Frame frame) {
    return describe(frame.sequence(), frame.type(), frame.total());
  }

  private static String describe(int sequence, FrameType type, int words) {
    return "operation %s, %s %s %s"
        .formatted(sequence, type.activity(), words, type == FrameType.SUM ? "values" : "words");
  }
}
